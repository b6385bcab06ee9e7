#include "reversible_rows.hpp"

#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#define LOOPHOLE_FOUR 1
#endif

namespace loophole::market {
namespace {

#ifdef LOOPHOLE_FOUR
bool has_four() { return __builtin_cpu_supports("avx") != 0; }

[[gnu::target("avx")]] void root_shares_by_fours(const double* shares, const double* excess, std::size_t padded,
                                                 double* results) {
  const __m256d one = _mm256_set1_pd(1);
  for (std::size_t i = 0; i < padded; i += 4)
    _mm256_storeu_pd(results + i, _mm256_sqrt_pd(_mm256_div_pd(_mm256_loadu_pd(shares + i),
                                                               _mm256_add_pd(one, _mm256_loadu_pd(excess + i)))));
}

[[gnu::target("avx")]] void compute_entries_by_fours(const EntryRows& rows, double y, std::size_t padded,
                                                     double* entries, double* slopes) {
  const __m256d one = _mm256_set1_pd(1);
  const __m256d all = _mm256_set1_pd(y);
  for (std::size_t i = 0; i < padded; i += 4) {
    const __m256d root = _mm256_sqrt_pd(_mm256_add_pd(one, _mm256_mul_pd(_mm256_loadu_pd(rows.bends + i), all)));
    _mm256_storeu_pd(entries + i,
                     _mm256_div_pd(_mm256_mul_pd(_mm256_loadu_pd(rows.twice + i), all), _mm256_add_pd(one, root)));
    _mm256_storeu_pd(slopes + i, _mm256_div_pd(_mm256_loadu_pd(rows.shares + i), root));
  }
}

[[gnu::target("avx")]] void compute_moves_by_fours(const double* entries, double y, std::size_t padded,
                                                   double* results) {
  const __m256d one = _mm256_set1_pd(1);
  const __m256d all = _mm256_set1_pd(y);
  for (std::size_t i = 0; i < padded; i += 4) {
    const __m256d entry = _mm256_loadu_pd(entries + i);
    _mm256_storeu_pd(results + i, _mm256_div_pd(_mm256_mul_pd(entry, _mm256_sub_pd(one, entry)), all));
  }
}
#endif

}  // namespace

void root_shares(const double* shares, const double* excess, std::size_t padded, double* results) {
#ifdef LOOPHOLE_FOUR
  if (has_four()) return root_shares_by_fours(shares, excess, padded, results);
#endif
  for (std::size_t i = 0; i < padded; ++i)
    results[i] = std::sqrt(shares[i] / (1 + excess[i]));
}

void compute_entries(const EntryRows& rows, double y, std::size_t padded, double* entries, double* slopes) {
#ifdef LOOPHOLE_FOUR
  if (has_four()) return compute_entries_by_fours(rows, y, padded, entries, slopes);
#endif
  for (std::size_t i = 0; i < padded; ++i) {
    const double root = std::sqrt(1 + rows.bends[i] * y);
    entries[i] = rows.twice[i] * y / (1 + root);
    slopes[i] = rows.shares[i] / root;
  }
}

void compute_moves(const double* entries, double y, std::size_t padded, double* results) {
#ifdef LOOPHOLE_FOUR
  if (has_four()) return compute_moves_by_fours(entries, y, padded, results);
#endif
  for (std::size_t i = 0; i < padded; ++i)
    results[i] = entries[i] * (1 - entries[i]) / y;
}

}  // namespace loophole::market
