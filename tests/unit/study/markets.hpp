/// Scenarios of small markets with something to draw, as texts.
#pragma once

#include "../engine/observed.hpp"

namespace loophole::test {

/// Two uncertainties, one of a taste and one of a delay; an event that may not happen; two outcomes.
inline std::string uncertain_market(const std::string& more = {}) {
  std::string text = small_market(R"(uncertainties:
  sensitivity: { triangular: [-2.0, -1.1, -0.6], nominal: -1.1, source: assumption }
  wait: { uniform: [5 days, 40 days], nominal: 14 days, source: assumption }
levers:
  unused: { values: [1, 2], nominal: 2, source: assumption }
rules:
  terms: { kind: provider-terms, issuer: maker, binds: { seller: maker }, in_force: yes, enforcement: 0 % @assumption }
events:
  announcement: { at: 2024-03-01 }
  cut-off:
    after: announcement
    delay: $wait
    effects: [ { set: { rule: terms, source: assumption, enforcement: [ { where: { tag: vpn }, is: 70 % }, { else: 100 % } ] } } ]
  hearing: { after: announcement, delay: { exponential: 100 days }, probability: 50 %, source: assumption }
outcomes:
  moved: { value: 'share(home, firms)', at: 2024-12-01 }
  sales: { sum: sales(cloud), unit: USD }
)" + more);
  const std::string fixed = "tastes: { price: -1.1";
  return text.replace(text.find(fixed), fixed.size(), "tastes: { price: $sensitivity");
}

}  // namespace loophole::test
