/// Arms numbered as a table has them, and the replications seen of each.
#pragma once

#include <loophole/report/results.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace loophole::report {

class Arms {
 public:
  /// The number of the arm that a row is of.
  std::size_t number(std::string_view scenario, std::uint64_t design_id, std::uint64_t replication) {
    if (last_ == arms_.size() || arms_[last_].scenario != scenario || arms_[last_].design_id != design_id) {
      const auto found = numbers_.emplace(Arm{std::string(scenario), design_id}, arms_.size());
      last_ = found.first->second;
      if (found.second) {
        arms_.push_back(found.first->first);
        replications_.emplace_back();
      }
      last_replication_.reset();
    }
    if (last_replication_ != replication) replications_[last_].insert(replication);
    last_replication_ = replication;
    return last_;
  }

  [[nodiscard]] const Arm& arm(std::size_t number) const { return arms_[number]; }
  [[nodiscard]] std::uint64_t replications(std::size_t number) const { return replications_[number].size(); }

 private:
  std::map<Arm, std::size_t> numbers_;
  std::vector<Arm> arms_;
  std::vector<std::set<std::uint64_t>> replications_;
  std::size_t last_ = 0;
  std::optional<std::uint64_t> last_replication_;
};

}  // namespace loophole::report
