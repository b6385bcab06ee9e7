#include <loophole/scenario/node.hpp>

#include <algorithm>

namespace loophole::scenario {

Place place_of(const Files& files, Mark mark) {
  return {mark.file < files.size() ? files[mark.file].name : std::string{}, mark.line, mark.column};
}

const Member* Node::find_member(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.key == key; });
  return found == members.end() ? nullptr : &*found;
}

const Node* Node::find(std::string_view key) const {
  const Member* member = find_member(key);
  return member ? &member->value : nullptr;
}

Node* Node::find(std::string_view key) {
  const auto found = std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

}  // namespace loophole::scenario
