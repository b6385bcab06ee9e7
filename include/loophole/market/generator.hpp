/// Generators: for each choice set that occurs in a segment, the matrix that moves its firms.
///
/// Reviews under multinomial logit move firms by a matrix of rank one plus a diagonal, because the weight of
/// an entry does not depend on where the firm comes from: a product costs O(states), not O(states^2). Only
/// nests need the dense matrix. Everything lies in flat arrays so that a running simulation allocates
/// nothing.
#pragma once

#include <loophole/market/conditions.hpp>
#include <loophole/market/rank_class.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace loophole::market {

/// The states of a rank class, in this order: users per alternative, outside, stranded, then users in c* per
/// alternative with an allowance. A row is padded with zeros to `stride` numbers.
struct StateLayout {
  std::size_t alternatives = 0;
  std::vector<std::size_t> joined;  ///< the alternatives with an allowance, rising

  [[nodiscard]] std::size_t outside() const { return alternatives; }
  [[nodiscard]] std::size_t stranded() const { return alternatives + 1; }
  [[nodiscard]] std::size_t joined_state(std::size_t k) const { return alternatives + 2 + k; }
  [[nodiscard]] std::size_t states() const { return alternatives + 2 + joined.size(); }
  [[nodiscard]] std::size_t stride() const { return (states() + 3) / 4 * 4; }

  /// Overwrites the layout with that of `conditions`.
  void set(const Conditions& conditions);
};

/// An entry that the users of one alternative do not make, because they use it already.
struct EntryException {
  std::size_t user;   ///< state of the users
  std::size_t enter;  ///< state that others enter
  double weight;
  double leave;  ///< as in `leave`, which holds 0 for these users
};

/// The generators of one segment under one set of conditions.
class Generators {
 public:
  /// Forgets all generators and prepares for `conditions`.
  void reset(const Conditions& conditions, const StateLayout& layout);

  /// The index of the generator of a class that reaches its alternatives so; made when it is new.
  std::size_t add(const Conditions& conditions, const StateLayout& layout, std::span<const Reach> reaches);

  /// Fixes the uniformization rate of every generator: at least the fastest exit from a state that can be
  /// inhabited. `has_stranded[g]` says whether any class of generator g has stranded firms.
  void uniformize(const StateLayout& layout, std::span<const unsigned char> has_stranded);

  [[nodiscard]] std::size_t size() const { return rates_.size(); }
  /// The uniformization rate, a day; 0 when nobody moves.
  [[nodiscard]] double rate(std::size_t generator) const { return rates_[generator]; }
  /// Swaps all but what is known of the weights, which stays good for the conditions to come.
  void swap_but_weights(Generators& other) noexcept;
  /// Rows of `layout.stride()` numbers, each the one before times P = I + Q / rate.
  struct Powers {
    std::size_t generator;
    double* rows;
    std::size_t known;  ///< rows that are there already, at least 1
    std::size_t terms;  ///< rows wanted
  };
  /// Computes the rows that are wanted. A row waits for the one before it, so the classes take turns and their waits
  /// overlap.
  void extend(std::span<const Powers> powers, const StateLayout& layout) const;

 private:
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
  };

  void compute_weights(const Conditions& conditions, const StateLayout& layout);
  void add_logit(const Conditions& conditions, const StateLayout& layout, std::span<const Reach> reaches);
  void add_nested(const Conditions& conditions, const StateLayout& layout, std::span<const Reach> reaches);
  void multiply_dense(std::size_t generator, const StateLayout& layout, const double* from, double* to) const;

  bool nested_ = false;
  bool direct_ = true;  // the exponentials below are neither huge nor tiny, so every choice set can share them

  // Per alternative, then the outside: exponents and their exponentials, kept between resets because most
  // stay the same.
  struct Weights {
    std::vector<double> stay_exponent, enter_exponent, joined_exponent;
    std::vector<double> stay, enter, joined;
  };
  Weights weights_;

  std::vector<Reach> reaches_;  // [generator][alternative]
  std::vector<double> rates_;   // [generator]
  std::vector<double> exits_;   // [generator][stride]: what `keep` must make up for, a day
  std::vector<double> keep_;    // [generator][stride]: 1 - exit / rate
  std::vector<double> leave_;   // [generator][stride]: departures per firm and unit of entry weight
  std::vector<double> enter_;   // [generator][stride]: entry weights
  std::vector<EntryException> exceptions_;
  std::vector<Range> exception_ranges_;  // [generator]
  std::vector<double> dense_;            // [generator][state][stride], when nested
  std::vector<double> scratch_;
  std::vector<int> nest_of_;
  std::vector<std::size_t> entered_;  // state that those enter who choose an alternative
};

}  // namespace loophole::market
