#include "CHeardLexicon.h"

/// Writes the lanes of one block that are set in `lanes`.
static inline uint32_t *write_lanes(uint32_t *passed, uint32_t lanes, size_t block) {
  while (lanes != 0) {
    *passed++ = (uint32_t)(block * HEARD_LANES) + (uint32_t)__builtin_ctz(lanes);
    lanes &= lanes - 1;
  }
  return passed;
}

static size_t filter_portable(
    const heard_candidate_block *blocks, size_t count, const uint64_t *around,
    uint32_t *passed) {
  uint32_t *next = passed;
  for (size_t index = 0; index < count; ++index) {
    const heard_candidate_block *block = blocks + index;
    uint32_t lanes = 0;
    for (unsigned lane = 0; lane < HEARD_LANES; ++lane) {
      const uint64_t one = block->mask[lane] & around[block->place[lane] % HEARD_LANES];
      const uint64_t other =
          block->other_mask[lane] & around[block->other_place[lane] % HEARD_LANES];
      lanes |= (uint32_t)(one != 0 && other != 0) << lane;
    }
    next = write_lanes(next, lanes, index);
  }
  return (size_t)(next - passed);
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx512f,avx512vl"))) static size_t filter_avx512(
    const heard_candidate_block *blocks, size_t count, const uint64_t *around,
    uint32_t *passed) {
  const __m512i row = _mm512_loadu_si512(around);
  uint32_t *next = passed;
  for (size_t index = 0; index < count; ++index) {
    const heard_candidate_block *block = blocks + index;
    // A permutation takes the lowest three bits of each index, so no place leads out of the row.
    const __m512i places =
        _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(const void *)block->place));
    const __m512i others =
        _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(const void *)block->other_place));
    const __mmask8 one = _mm512_test_epi64_mask(
        _mm512_permutexvar_epi64(places, row), _mm512_loadu_si512(block->mask));
    const __mmask8 both = _mm512_mask_test_epi64_mask(
        one, _mm512_permutexvar_epi64(others, row), _mm512_loadu_si512(block->other_mask));
    next = write_lanes(next, both, index);
  }
  return (size_t)(next - passed);
}

/// Bit by bit of the four lanes: whether its place lacks the mask.
__attribute__((target("avx2"))) static inline __m256i lacks(
    const uint64_t *masks, const uint8_t *places, const uint64_t *around) {
  int four;
  __builtin_memcpy(&four, places, sizeof four);
  const __m128i indices =
      _mm_and_si128(_mm_cvtepu8_epi32(_mm_cvtsi32_si128(four)), _mm_set1_epi32(HEARD_LANES - 1));
  const __m256i found = _mm256_and_si256(
      _mm256_i32gather_epi64((const long long *)(const void *)around, indices, 8),
      _mm256_loadu_si256((const __m256i *)(const void *)masks));
  return _mm256_cmpeq_epi64(found, _mm256_setzero_si256());
}

__attribute__((target("avx2"))) static size_t filter_avx2(
    const heard_candidate_block *blocks, size_t count, const uint64_t *around,
    uint32_t *passed) {
  uint32_t *next = passed;
  for (size_t index = 0; index < count; ++index) {
    const heard_candidate_block *block = blocks + index;
    uint32_t lanes = 0;
    for (unsigned half = 0; half < HEARD_LANES; half += 4) {
      const __m256i lacking = _mm256_or_si256(
          lacks(block->mask + half, block->place + half, around),
          lacks(block->other_mask + half, block->other_place + half, around));
      lanes |= (~(uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(lacking)) & 0xF) << half;
    }
    next = write_lanes(next, lanes, index);
  }
  return (size_t)(next - passed);
}
#endif

size_t heard_candidate_filters(heard_candidate_filter *filters) {
  size_t count = 0;
  filters[count++] = filter_portable;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) filters[count++] = filter_avx2;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) {
    filters[count++] = filter_avx512;
  }
#endif
  return count;
}

heard_candidate_filter heard_candidate_filter_best(void) {
  heard_candidate_filter filters[3];
  return filters[heard_candidate_filters(filters) - 1];
}
