/// The race in which a firm's alternatives compete at a review.
///
/// Each alternative has luck of its own, found by its name, the firm's number and the review's. So another channel, or
/// one less, changes nobody else's luck: a firm that would not have chosen it chooses as it would have. A firm takes
/// the alternative of the largest V_j - kappa_j [j != own] + eps_j with Gumbel eps_j; as eps_j = -ln E_j, that is the
/// first to arrive in a race of exponentials E_j / exp(V_j - kappa_j [j != own]), one logarithm each.
#pragma once

#include <loophole/market/conditions.hpp>
#include <loophole/random/stream.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace loophole::market {

/// By whose names luck is found.
struct RaceNames {
  std::string segment;
  std::vector<std::string> channels;  ///< by alternative
  std::vector<std::string> nests;     ///< by index in Conditions::nests
};

class FirmRace {
 public:
  /// What somebody who uses an alternative compares with what others offer.
  enum class Staying { plain, joined };
  static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

  struct Chooser {
    std::size_t node = 0;         ///< of tastes
    std::size_t stays = nothing;  ///< the alternative that needs no move; the outside is the last
    Staying staying = Staying::plain;
  };

  void seed(std::uint64_t seed, const RaceNames& names);
  /// Prepares for the utilities of `conditions`.
  void set(const Conditions& conditions);

  /// Which of the alternatives `open` (the outside being the last of all) wins; `nothing` when there is none.
  [[nodiscard]] std::size_t winner(std::span<const std::uint16_t> open, const Chooser& chooser,
                                   random::Counter luck) const;
  /// Draws from `law`, a probability for each alternative, then the outside, then being stranded, with the same luck.
  [[nodiscard]] std::size_t draw(std::span<const double> law, random::Counter luck) const;

 private:
  struct Weights {
    double enter = 0;  ///< e^{V - kappa}, and its inverse
    double enter_inverse = 0;
    double stay_inverse = 0;    ///< e^{-V}
    double joined_inverse = 0;  ///< the same in c*
  };
  struct Exponents {
    double enter = 0, stay = 0, joined = 0;
  };

  [[nodiscard]] double uniform(std::size_t alternative, random::Counter luck) const {
    return random::Draws(keys_[alternative], luck).uniform(0);
  }
  [[nodiscard]] std::size_t winner_by_logarithms(std::span<const std::uint16_t> open, const Chooser& chooser,
                                                 random::Counter luck) const;

  std::size_t options_ = 0;          // alternatives and the outside
  std::vector<std::uint64_t> keys_;  // of the streams: alternatives, the outside, being stranded
  std::vector<std::uint64_t> nest_keys_;
  bool direct_ = true;                // no nests, and exponentials that are neither huge nor tiny
  std::vector<Weights> weights_;      // [node][option]
  std::vector<Exponents> exponents_;  // [node][option]
  std::vector<int> nest_of_;          // -1: none that matters
  std::vector<double> dissimilarities_;
  mutable std::vector<double> scratch_;  // uniform numbers, by option; or ln S by nest
};

/// ln of a positive stable variable S with E[e^{-sS}] = e^{-s^index}, 0 < index <= 1, from two uniform numbers: with
/// such an S, eps_j = index (gumbel_j + ln S) of the members of a nest are the errors of nested logit. Kanter (1975).
[[nodiscard]] double log_positive_stable(double index, double u, double v);

}  // namespace loophole::market
