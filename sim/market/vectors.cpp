#include "vectors.hpp"

namespace loophole::market {
namespace {

// Any address of a double will do for these vectors. They are members of a struct because a template argument would
// lose that attribute. Wider vectors than the target has would be taken apart in memory, so each has its width.
struct Pairs {
  using Vector [[gnu::vector_size(16), gnu::aligned(8), gnu::may_alias]] = double;
};
struct Fours {
  using Vector [[gnu::vector_size(32), gnu::aligned(8), gnu::may_alias]] = double;
};

#if defined(__x86_64__)
#define LOOPHOLE_FOUR 1
bool has_four() { return __builtin_cpu_supports("avx") != 0; }
#endif

template <class Width>
[[gnu::always_inline]] inline const typename Width::Vector& at(const double* numbers) {
  return *reinterpret_cast<const typename Width::Vector*>(numbers);
}
template <class Width>
// NOLINTNEXTLINE(readability-non-const-parameter): the result is written to
[[gnu::always_inline]] inline typename Width::Vector& at(double* numbers) {
  return *reinterpret_cast<typename Width::Vector*>(numbers);
}

template <class Width>
constexpr std::size_t lanes = sizeof(typename Width::Vector) / sizeof(double);
/// How many vectors make four doubles.
template <class Width>
constexpr std::size_t count = 4 / lanes<Width>;

template <class Width>
[[gnu::always_inline]] inline double dot_of(const double* a, const double* b, std::size_t stride) {
  typename Width::Vector sums[count<Width>];
  for (std::size_t n = 0; n < count<Width>; ++n)
    sums[n] = at<Width>(a + n * lanes<Width>) * at<Width>(b + n * lanes<Width>);
  for (std::size_t j = 4; j < stride; j += 4) {
    for (std::size_t n = 0; n < count<Width>; ++n)
      sums[n] += at<Width>(a + j + n * lanes<Width>) * at<Width>(b + j + n * lanes<Width>);
  }
  if constexpr (count<Width> == 1)
    return (sums[0][0] + sums[0][2]) + (sums[0][1] + sums[0][3]);
  else
    return (sums[0][0] + sums[1][0]) + (sums[0][1] + sums[1][1]);
}

template <class Width>
[[gnu::always_inline]] inline void blend_of(const double* from, const double* keep, const double* enter, double all,
                                            std::size_t stride, double* to) {
  for (std::size_t j = 0; j < stride; j += lanes<Width>)
    at<Width>(to + j) = at<Width>(from + j) * at<Width>(keep + j) + at<Width>(enter + j) * all;
}

template <class Width>
[[gnu::always_inline]] inline void extend_of(std::span<const Chain> chains, std::size_t stride) {
  std::size_t first = chains[0].known;
  std::size_t last = chains[0].terms;
  for (const Chain& chain : chains) {
    first = chain.known < first ? chain.known : first;
    last = chain.terms > last ? chain.terms : last;
  }
  for (std::size_t k = first; k < last; ++k) {
    for (const Chain& chain : chains) {
      if (k < chain.known || k >= chain.terms) continue;
      const double* const from = chain.rows + (k - 1) * stride;
      double* const to = chain.rows + k * stride;
      const double rest = dot_of<Width>(from, chain.leave, stride);
      double all = rest;
      for (const EntryException* e = chain.first_exception; e != chain.last_exception; ++e)
        all += from[e->user] * e->leave;
      blend_of<Width>(from, chain.keep, chain.enter, all, stride, to);
      for (const EntryException* e = chain.first_exception; e != chain.last_exception; ++e) {
        double others = rest;
        for (const EntryException* f = chain.first_exception; f != chain.last_exception; ++f) {
          if (f != e) others += from[f->user] * f->leave;
        }
        to[e->enter] += e->weight * others;
      }
    }
  }
}

template <class Width>
[[gnu::always_inline]] inline void weigh_of(const double* powers, std::size_t terms, std::size_t stride,
                                            const WeighedSums& sums) {
  for (std::size_t j = 0; j < stride; j += 4) {
    typename Width::Vector x[count<Width>]{}, t[count<Width>]{}, g[count<Width>]{};
    const double* power = powers + j;
    for (std::size_t k = 0; k < terms; ++k, power += stride) {
      for (std::size_t n = 0; n < count<Width>; ++n) {
        const typename Width::Vector p = at<Width>(power + n * lanes<Width>);
        x[n] += p * sums.state_weights[k];
        t[n] += p * sums.time_weights[k];
        g[n] += p * sums.growth_weights[k];
      }
    }
    for (std::size_t n = 0; n < count<Width>; ++n) {
      const std::size_t i = j + n * lanes<Width>;
      at<Width>(sums.state + i) = x[n];
      at<Width>(sums.time + i) += t[n] * sums.width;
      at<Width>(sums.growth + i) += g[n] * sums.width;
    }
  }
}

#ifdef LOOPHOLE_FOUR
[[gnu::target("avx")]] void extend_by_fours(std::span<const Chain> chains, std::size_t stride) {
  extend_of<Fours>(chains, stride);
}
[[gnu::target("avx")]] void weigh_by_fours(const double* powers, std::size_t terms, std::size_t stride,
                                           const WeighedSums& sums) {
  weigh_of<Fours>(powers, terms, stride, sums);
}
#endif

}  // namespace

void extend_chains(std::span<const Chain> chains, std::size_t stride) {
#ifdef LOOPHOLE_FOUR
  if (has_four()) return extend_by_fours(chains, stride);
#endif
  extend_of<Pairs>(chains, stride);
}

void weigh(const double* powers, std::size_t terms, std::size_t stride, const WeighedSums& sums) {
#ifdef LOOPHOLE_FOUR
  if (has_four()) return weigh_by_fours(powers, terms, stride, sums);
#endif
  weigh_of<Pairs>(powers, terms, stride, sums);
}

}  // namespace loophole::market
