/// One function object of several, for std::visit: a case for each alternative, and none forgotten.
#pragma once

namespace loophole {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

}  // namespace loophole
