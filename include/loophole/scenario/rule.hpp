/// A restriction by an issuer: whom it binds, when, how well it is enforced, and what it licenses.
#pragma once

#include <loophole/scenario/number.hpp>
#include <loophole/scenario/predicate.hpp>

#include <optional>
#include <string>
#include <vector>

namespace loophole::scenario {

/// One case of enforcement; the first whose predicate holds applies.
struct EnforcementCase {
  std::optional<Predicate> where;  ///< none: everything else
  DatedNumber is;                  ///< part of the evaders that is stopped
};
using Enforcement = std::vector<EnforcementCase>;

/// Whether those bound may ask for a licence, the part that gets one, and after how long.
struct Licence {
  enum class Policy { deny, grant, case_by_case };
  Policy policy = Policy::deny;
  Number probability;
  Length delay = Span{};
};

struct Rule {
  enum class Kind { provider_terms, statute, regulation, order, sanction };

  std::string name;
  std::string label;
  Kind kind = Kind::regulation;
  std::string authority;
  std::string issuer;
  std::string addressee;
  Predicate binds;
  std::vector<Predicate> exceptions;
  std::vector<Period> in_force;  ///< none for a candidate, until an event puts it in force
  bool candidate = false;
  bool same_leakage = false;  ///< leaks to the same evaders as the other rules that say so
  Enforcement enforcement;
  std::optional<Licence> licence;
  Mark mark;
};

}  // namespace loophole::scenario
