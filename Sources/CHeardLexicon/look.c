#include "CHeardLexicon.h"

enum {
  INDEX_BITS = 9,  // of a companion: place and bit
  CONDITION_SHIFT = 27,
  CHUNK = 64,  // tokens that are chosen at a time
};

// Most tokens have few candidates, and whether they have any, are names, or pass cannot be foreseen:
// so all of that is counted and not branched by.

static inline size_t all_hits(const heard_hits *hits) {
  return hits->row_count + hits->gap_count + hits->alone_count;
}

/// Whether a token's lanes fit behind those that passed and are not sorted out yet.
static inline int has_room(
    const heard_hits *hits, size_t passed, const heard_spelling *spelling) {
  return hits->room >= all_hits(hits) + passed + (size_t)spelling->lanes + HEARD_LANES;
}

/// What holds for a token: it is a name when it has a capital letter where nothing begins.
static inline uint32_t conditions(
    const heard_spelling *spelling, size_t token, const heard_stretch *stretch) {
  const unsigned is_name = (unsigned)((spelling->classes & stretch->name) != 0)
      & (unsigned)(token != stretch->first)
      & (unsigned)((spelling->gap_or_word & stretch->openers) == 0);
  return stretch->conditions
      ^ ((stretch->conditions ^ stretch->of_names) & (UINT32_C(0) - is_name));
}

/// Writes those tokens of a chunk that have candidates in the stretch's languages.
static inline size_t choose(
    const heard_look_tables *tables, const heard_stretch *stretch, size_t first, size_t end,
    uint32_t *chosen) {
  size_t count = 0;
  for (size_t token = first; token < end; ++token) {
    chosen[count] = (uint32_t)token;
    count += (tables->spellings[token].languages & stretch->languages) != 0;
  }
  return count;
}

/// Puts the lanes that passed where they belong, and fetches their phrases.
static inline void sort_out(const heard_look_tables *tables, heard_hits *hits, size_t passed) {
  size_t rows = hits->row_count;
  size_t gaps = hits->gap_count;
  size_t alone = hits->alone_count;
  for (size_t index = 0; index < passed; ++index) {
    const uint32_t number = tables->lanes[hits->lanes[index]];
    const uint64_t hit = (uint64_t)(uint32_t)hits->tokens[index] << 32 | number;
    __builtin_prefetch(tables->rows + (number & (HEARD_ROW - 1)));
    const uint32_t kind = number >> 30;
    hits->rows[rows] = hit;
    hits->gaps[gaps] = hit;
    hits->alone[alone] = hit;
    rows += kind == 1;
    gaps += kind == 0;
    alone += kind >> 1;
  }
  hits->row_count = rows;
  hits->gap_count = gaps;
  hits->alone_count = alone;
}

/// The bits of the places around a token.
static inline void fill_row(const heard_look_tables *tables, size_t token, uint64_t *row) {
  const size_t here = token + HEARD_MARGIN;
  row[0] = tables->own[here + 1];
  row[1] = tables->own[here - 1];
  row[2] = tables->masks[here + 1];
  row[3] = tables->masks[here - 1];
  row[4] = tables->four[here];
  row[5] = tables->four[here - 5];
  row[6] = tables->sixteen[here];
  row[7] = tables->sixteen[here - 17];
}

/// Tests the candidates of one token, for which a sentence's conditions `holds`: writes those that
/// pass behind the first `passed` of `hits`, and returns how many there are then.
typedef size_t (*token_test)(
    const heard_look_tables *tables, size_t token, uint32_t holds, heard_hits *hits, size_t passed);

/// ``heard_look`` with the test of one kind of processor, which becomes part of it.
__attribute__((always_inline)) static inline size_t look_through(
    const heard_look_tables *tables, const heard_stretch *stretch, heard_hits *hits,
    token_test test) {
  size_t passed = 0;
  uint32_t chosen[CHUNK];
  size_t start = stretch->from;
  while (start < stretch->end) {
    const size_t end = stretch->end - start > CHUNK ? start + CHUNK : stretch->end;
    const size_t count = choose(tables, stretch, start, end, chosen);
    for (size_t index = 0; index < count; ++index) {
      const size_t token = chosen[index];
      const heard_spelling *spelling = tables->spellings + token;
      if (!has_room(hits, passed, spelling)) {
        sort_out(tables, hits, passed);
        return token;
      }
      passed = test(tables, token, conditions(spelling, token, stretch), hits, passed);
    }
    start = end;
  }
  sort_out(tables, hits, passed);
  return start;
}

static inline size_t test_portable(
    const heard_look_tables *tables, size_t token, uint32_t holds, heard_hits *hits, size_t passed) {
  uint64_t row[HEARD_PLACES];
  fill_row(tables, token, row);
  const uint32_t first_lane = tables->spellings[token].first_lane;
  const uint32_t lanes = tables->spellings[token].lanes;
  for (uint32_t lane = 0; lane < lanes; ++lane) {
    uint32_t test = tables->lanes[first_lane + lane];
    uint64_t passes = holds >> (test >> CONDITION_SHIFT);
    for (int companion = 0; companion < 3; ++companion) {
      passes &= row[test >> 6 & (HEARD_PLACES - 1)] >> (test & 63);
      test >>= INDEX_BITS;
    }
    hits->lanes[passed] = first_lane + lanes + lane;
    hits->tokens[passed] = (int32_t)token;
    passed += passes & 1;
  }
  return passed;
}

static size_t look_portable(
    const heard_look_tables *tables, const heard_stretch *stretch, heard_hits *hits) {
  return look_through(tables, stretch, hits, test_portable);
}

#if defined(__x86_64__)
#include <immintrin.h>

/// The bit of each lane's companion, as the lowest of its 32.
__attribute__((target("avx512f,avx512vl"))) static inline __m512i companion_512(
    __m512i test, __m512i row) {
  // A permutation takes the lowest four bits of each index, so nothing leads out of the row.
  const __m512i words = _mm512_permutexvar_epi32(_mm512_srli_epi32(test, 5), row);
  return _mm512_srlv_epi32(words, _mm512_and_epi32(test, _mm512_set1_epi32(31)));
}

__attribute__((target("avx512f,avx512vl,popcnt"))) static inline size_t test_avx512(
    const heard_look_tables *tables, size_t token, uint32_t holding, heard_hits *hits,
    size_t passed) {
  const __m512i one = _mm512_set1_epi32(1);
  const __m512i order =
      _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  // Of the three tokens around and their masks: the next, the one before, the masks of both.
  const __m512i around = _mm512_setr_epi64(2, 0, 10, 8, 0, 0, 0, 0);
  const size_t here = token + HEARD_MARGIN;
  __m512i row = _mm512_permutex2var_epi64(
      _mm512_maskz_loadu_epi64(7, tables->own + here - 1), around,
      _mm512_maskz_loadu_epi64(7, tables->masks + here - 1));
  row = _mm512_mask_set1_epi64(row, 1 << 4, (long long)tables->four[here]);
  row = _mm512_mask_set1_epi64(row, 1 << 5, (long long)tables->four[here - 5]);
  row = _mm512_mask_set1_epi64(row, 1 << 6, (long long)tables->sixteen[here]);
  row = _mm512_mask_set1_epi64(row, 1 << 7, (long long)tables->sixteen[here - 17]);
  const __m512i holds = _mm512_set1_epi32((int)holding);
  const uint32_t first_lane = tables->spellings[token].first_lane;
  const uint32_t lanes = tables->spellings[token].lanes;
  for (uint32_t lane = 0; lane < lanes; lane += HEARD_LANES) {
    const uint32_t left = lanes - lane < HEARD_LANES ? lanes - lane : HEARD_LANES;
    const __mmask16 present = (__mmask16)((UINT32_C(1) << left) - 1);
    const __m512i test = _mm512_maskz_loadu_epi32(present, tables->lanes + first_lane + lane);
    const __m512i first = companion_512(test, row);
    const __m512i second = companion_512(_mm512_srli_epi32(test, INDEX_BITS), row);
    const __m512i third = companion_512(_mm512_srli_epi32(test, 2 * INDEX_BITS), row);
    const __m512i condition = _mm512_srlv_epi32(holds, _mm512_srli_epi32(test, CONDITION_SHIFT));
    const __m512i all = _mm512_and_epi32(
        _mm512_and_epi32(first, second), _mm512_and_epi32(third, condition));
    const __mmask16 found = _mm512_mask_test_epi32_mask(present, all, one);
    const __m512i names =
        _mm512_add_epi32(order, _mm512_set1_epi32((int)(first_lane + lanes + lane)));
    // Behind the list there is room for what is written too much.
    _mm512_storeu_si512(hits->lanes + passed, _mm512_maskz_compress_epi32(found, names));
    _mm512_storeu_si512(hits->tokens + passed, _mm512_set1_epi32((int)token));
    passed += (size_t)__builtin_popcount(found);
  }
  return passed;
}

__attribute__((target("avx512f,avx512vl,popcnt"))) static size_t look_avx512(
    const heard_look_tables *tables, const heard_stretch *stretch, heard_hits *hits) {
  return look_through(tables, stretch, hits, test_avx512);
}

/// As ``companion_512``, for eight lanes, from a row in memory.
__attribute__((target("avx2"))) static inline __m256i companion_256(
    __m256i test, const uint64_t *row) {
  const __m256i place = _mm256_and_si256(_mm256_srli_epi32(test, 5), _mm256_set1_epi32(15));
  const __m256i words = _mm256_i32gather_epi32((const int *)(const void *)row, place, 4);
  return _mm256_srlv_epi32(words, _mm256_and_si256(test, _mm256_set1_epi32(31)));
}

__attribute__((target("avx2,popcnt"))) static inline size_t test_avx2(
    const heard_look_tables *tables, size_t token, uint32_t holding, heard_hits *hits,
    size_t passed) {
  const __m256i order = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  uint64_t row[HEARD_PLACES];
  fill_row(tables, token, row);
  const __m256i holds = _mm256_set1_epi32((int)holding);
  const uint32_t first_lane = tables->spellings[token].first_lane;
  const int lanes = tables->spellings[token].lanes;
  for (int lane = 0; lane < lanes; lane += 8) {
    const __m256i present = _mm256_cmpgt_epi32(_mm256_set1_epi32(lanes - lane), order);
    const __m256i test = _mm256_maskload_epi32(
        (const int *)(const void *)(tables->lanes + first_lane + lane), present);
    const __m256i first = companion_256(test, row);
    const __m256i second = companion_256(_mm256_srli_epi32(test, INDEX_BITS), row);
    const __m256i third = companion_256(_mm256_srli_epi32(test, 2 * INDEX_BITS), row);
    const __m256i condition = _mm256_srlv_epi32(holds, _mm256_srli_epi32(test, CONDITION_SHIFT));
    const __m256i all = _mm256_and_si256(
        _mm256_and_si256(_mm256_and_si256(first, second), present),
        _mm256_and_si256(third, condition));
    // The lowest bit becomes the sign, which is what is gathered.
    uint32_t found =
        (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(all, 31)));
    while (found != 0) {
      hits->lanes[passed] = first_lane + (uint32_t)(lanes + lane) + (uint32_t)__builtin_ctz(found);
      hits->tokens[passed] = (int32_t)token;
      ++passed;
      found &= found - 1;
    }
  }
  return passed;
}

__attribute__((target("avx2,popcnt"))) static size_t look_avx2(
    const heard_look_tables *tables, const heard_stretch *stretch, heard_hits *hits) {
  return look_through(tables, stretch, hits, test_avx2);
}
#endif

size_t heard_looks(heard_look *looks) {
  size_t count = 0;
  looks[count++] = look_portable;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) looks[count++] = look_avx2;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) {
    looks[count++] = look_avx512;
  }
#endif
  return count;
}

heard_look heard_look_best(void) {
  heard_look looks[3];
  return looks[heard_looks(looks) - 1];
}
