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

/// The row after `from`.
template <class Width>
[[gnu::always_inline]] inline void extend_row(const Chain& chain, double* from, std::size_t stride) {
  const double* const enter = chain.enter;
  const double* const keep = chain.keep;
  const EntryException* const exceptions = chain.first_exception;
  const EntryException* const exceptions_end = chain.last_exception;
  double* const to = from + stride;
  const double rest = dot_of<Width>(from, chain.leave, stride);
  double all = rest;
  for (const EntryException* e = exceptions; e != exceptions_end; ++e)
    all += from[e->user] * e->leave;
  blend_of<Width>(from, keep, enter, all, stride, to);
  for (const EntryException* e = exceptions; e != exceptions_end; ++e) {
    double others = rest;
    for (const EntryException* f = exceptions; f != exceptions_end; ++f) {
      if (f != e) others += from[f->user] * f->leave;
    }
    to[e->enter] += e->weight * others;
  }
}

/// Two chains of equal length without exceptions, which is what most segments have most of the time: all pointers stay
/// in registers.
template <class Width>
[[gnu::always_inline]] inline void extend_two(const Chain& one, const Chain& two, std::size_t stride) {
  const double *const keep_one = one.keep, *const leave_one = one.leave, *const enter_one = one.enter;
  const double *const keep_two = two.keep, *const leave_two = two.leave, *const enter_two = two.enter;
  double* row_one = one.rows + (one.known - 1) * stride;
  double* row_two = two.rows + (two.known - 1) * stride;
  for (double* const last = one.rows + (one.terms - 1) * stride; row_one != last;
       row_one += stride, row_two += stride) {
    const double all_one = dot_of<Width>(row_one, leave_one, stride);
    const double all_two = dot_of<Width>(row_two, leave_two, stride);
    blend_of<Width>(row_one, keep_one, enter_one, all_one, stride, row_one + stride);
    blend_of<Width>(row_two, keep_two, enter_two, all_two, stride, row_two + stride);
  }
}

bool has_exceptions(const Chain& chain) { return chain.first_exception != chain.last_exception; }

template <class Width>
[[gnu::always_inline]] inline void extend_with(std::span<const Chain> chains, std::size_t stride) {
  if (chains.size() == 2 && chains[0].known == chains[1].known && chains[0].terms == chains[1].terms &&
      !has_exceptions(chains[0]) && !has_exceptions(chains[1]))
    return extend_two<Width>(chains[0], chains[1], stride);
  std::size_t first = chains[0].known;
  std::size_t last = chains[0].terms;
  for (const Chain& chain : chains) {
    first = chain.known < first ? chain.known : first;
    last = chain.terms > last ? chain.terms : last;
  }
  for (std::size_t k = first; k < last; ++k) {
    for (const Chain& chain : chains) {
      if (k < chain.known || k >= chain.terms) continue;
      extend_row<Width>(chain, chain.rows + (k - 1) * stride, stride);
    }
  }
}

/// The usual widths are known to the compiler, which then writes their loops out.
template <class Width>
[[gnu::always_inline]] inline void extend_of(std::span<const Chain> chains, std::size_t stride) {
  switch (stride) {
    case 8:
      return extend_with<Width>(chains, 8);
    case 12:
      return extend_with<Width>(chains, 12);
    case 16:
      return extend_with<Width>(chains, 16);
    case 20:
      return extend_with<Width>(chains, 20);
    case 24:
      return extend_with<Width>(chains, 24);
    default:
      return extend_with<Width>(chains, stride);
  }
}

/// The weighed sums of `Quads` neighbouring fours of states: as many as have their sums in registers, because each
/// weight is loaded once for all of them.
template <class Width, std::size_t Quads>
[[gnu::always_inline]] inline void weigh_quads(const double* power, std::size_t terms, std::size_t stride,
                                               const WeighedSums& sums, std::size_t first) {
  constexpr std::size_t vectors = Quads * count<Width>;
  typename Width::Vector x[vectors]{}, t[vectors]{}, g[vectors]{};
  power += first;
  for (std::size_t k = 0; k < terms; ++k, power += stride) {
    for (std::size_t n = 0; n < vectors; ++n) {
      const typename Width::Vector p = at<Width>(power + n * lanes<Width>);
      x[n] += p * sums.state_weights[k];
      t[n] += p * sums.time_weights[k];
      g[n] += p * sums.growth_weights[k];
    }
  }
  for (std::size_t n = 0; n < vectors; ++n) {
    const std::size_t i = first + n * lanes<Width>;
    at<Width>(sums.state + i) = x[n];
    at<Width>(sums.time + i) += t[n] * sums.width;
    at<Width>(sums.growth + i) += g[n] * sums.width;
  }
}

template <class Width>
[[gnu::always_inline]] inline void weigh_of(const double* powers, std::size_t terms, std::size_t stride,
                                            const WeighedSums& sums) {
  std::size_t j = 0;
  for (; j + 16 <= stride && j + 20 != stride; j += 16)
    weigh_quads<Width, 4>(powers, terms, stride, sums, j);
  for (; j + 12 <= stride; j += 12)
    weigh_quads<Width, 3>(powers, terms, stride, sums, j);
  for (; j + 8 <= stride; j += 8)
    weigh_quads<Width, 2>(powers, terms, stride, sums, j);
  for (; j < stride; j += 4)
    weigh_quads<Width, 1>(powers, terms, stride, sums, j);
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
