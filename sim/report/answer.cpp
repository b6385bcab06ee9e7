#include "answer_parts.hpp"
#include "page_parts.hpp"
#include "spoken.hpp"

#include <fmt/format.h>

namespace loophole::report {

Json answer_part(const Material& material) {
  Json answer = Json::array();
  const auto add = [&](const Sentence& sentence) {
    if (!sentence.text.empty()) answer.push_back({{"text", sentence.text}, {"from", sentence.from}});
  };
  add(access_sentence(material));
  add(outcome_sentence(material));
  add(hinge_sentence(material));
  return answer;
}

}  // namespace loophole::report
