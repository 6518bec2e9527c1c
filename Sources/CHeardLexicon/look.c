#include "CHeardLexicon.h"

enum {
  INDEX_BITS = 10,  // of a companion: place and bit
  NAME_SHIFT = 30,
  LANGUAGES = 4,
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

/// What a token may be, as bits by what tests ask: anything; a name, when it has a capital letter where
/// nothing begins, or none.
static inline uint32_t conditions(
    const heard_spelling *spelling, size_t token, const heard_stretch *stretch) {
  const unsigned is_name = (unsigned)((spelling->classes & stretch->name) != 0)
      & (unsigned)(token != stretch->first)
      & (unsigned)((spelling->gap_or_word & stretch->openers) == 0);
  return 3 + is_name * 2;
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
  for (size_t place = 0; place < HEARD_PLACES; place += 8) {
    const uint64_t *const *around = tables->around + place / 2;
    row[place] = around[0][here + 1];
    row[place + 1] = around[0][here - 1];
    row[place + 2] = around[1][here];
    row[place + 3] = around[1][here - 3];
    row[place + 4] = around[2][here];
    row[place + 5] = around[2][here - 5];
    row[place + 6] = around[3][here];
    row[place + 7] = around[3][here - 17];
  }
}

/// A token, what holds for it, and where its tests of one language are.
typedef struct {
  size_t token;
  uint32_t holds;
  uint32_t first;    // of the tests
  uint32_t end;
  uint32_t numbers;  // from a test to its number
} heard_range;

/// Tests candidates of one token: writes those that pass behind the first `passed` of `hits`, and
/// returns how many there are then.
typedef size_t (*range_test)(
    const heard_look_tables *tables, heard_range range, heard_hits *hits, size_t passed);

/// Tests the candidates of a token in the stretch's languages, of which there is mostly one.
__attribute__((always_inline)) static inline size_t look_at(
    const heard_look_tables *tables, const heard_stretch *stretch, size_t token, heard_hits *hits,
    size_t passed, range_test test) {
  const heard_spelling *spelling = tables->spellings + token;
  const uint32_t *ends = tables->lanes + spelling->first_lane;
  const uint64_t packed = ends[0] | (uint64_t)ends[1] << 32;
  const uint32_t first = spelling->first_lane + HEARD_ENDS;
  heard_range range = {token, conditions(spelling, token, stretch), first, first, spelling->lanes};
  for (unsigned languages = stretch->languages & ((1 << LANGUAGES) - 1); languages != 0;
       languages &= languages - 1) {
    const unsigned shift = (unsigned)__builtin_ctz(languages) * 16;
    // In front of the first language there is nothing.
    range.first = first + (uint32_t)((packed << 16) >> shift & 0xFFFF);
    range.end = first + (uint32_t)(packed >> shift & 0xFFFF);
    passed = test(tables, range, hits, passed);
  }
  return passed;
}

/// ``heard_look`` with the test of one kind of processor, which becomes part of it.
__attribute__((always_inline)) static inline size_t look_through(
    const heard_look_tables *tables, const heard_stretch *stretch, heard_hits *hits,
    range_test test) {
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
      passed = look_at(tables, stretch, token, hits, passed, test);
    }
    start = end;
  }
  sort_out(tables, hits, passed);
  return start;
}

static inline size_t test_portable(
    const heard_look_tables *tables, heard_range range, heard_hits *hits, size_t passed) {
  uint64_t row[HEARD_PLACES];
  fill_row(tables, range.token, row);
  for (uint32_t lane = range.first; lane < range.end; ++lane) {
    uint32_t test = tables->lanes[lane];
    uint64_t passes = range.holds >> (test >> NAME_SHIFT);
    for (int companion = 0; companion < 3; ++companion) {
      passes &= row[test >> 6 & (HEARD_PLACES - 1)] >> (test & 63);
      test >>= INDEX_BITS;
    }
    hits->lanes[passed] = lane + range.numbers;
    hits->tokens[passed] = (int32_t)range.token;
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
    __m512i test, __m512i own, __m512i masks) {
  // A permutation takes the lowest five bits of each index, so nothing leads out of the row.
  const __m512i words = _mm512_permutex2var_epi32(own, _mm512_srli_epi32(test, 5), masks);
  return _mm512_srlv_epi32(words, _mm512_and_epi32(test, _mm512_set1_epi32(31)));
}

/// Half of the places around a token.
__attribute__((target("avx512f,avx512vl"))) static inline __m512i half_row_512(
    const uint64_t *const *around, size_t here) {
  __m512i row = _mm512_set1_epi64((long long)around[0][here + 1]);
  row = _mm512_mask_set1_epi64(row, 1 << 1, (long long)around[0][here - 1]);
  row = _mm512_mask_set1_epi64(row, 1 << 2, (long long)around[1][here]);
  row = _mm512_mask_set1_epi64(row, 1 << 3, (long long)around[1][here - 3]);
  row = _mm512_mask_set1_epi64(row, 1 << 4, (long long)around[2][here]);
  row = _mm512_mask_set1_epi64(row, 1 << 5, (long long)around[2][here - 5]);
  row = _mm512_mask_set1_epi64(row, 1 << 6, (long long)around[3][here]);
  return _mm512_mask_set1_epi64(row, 1 << 7, (long long)around[3][here - 17]);
}

__attribute__((target("avx512f,avx512vl,popcnt"))) static inline size_t test_avx512(
    const heard_look_tables *tables, heard_range range, heard_hits *hits, size_t passed) {
  const __m512i one = _mm512_set1_epi32(1);
  const __m512i order =
      _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512i own = half_row_512(tables->around, range.token + HEARD_MARGIN);
  const __m512i masks = half_row_512(tables->around + 4, range.token + HEARD_MARGIN);
  const __m512i holds = _mm512_set1_epi32((int)range.holds);
  for (uint32_t lane = range.first; lane < range.end; lane += HEARD_LANES) {
    const uint32_t left = range.end - lane < HEARD_LANES ? range.end - lane : HEARD_LANES;
    const __mmask16 present = (__mmask16)((UINT32_C(1) << left) - 1);
    const __m512i test = _mm512_maskz_loadu_epi32(present, tables->lanes + lane);
    const __m512i first = companion_512(test, own, masks);
    const __m512i second = companion_512(_mm512_srli_epi32(test, INDEX_BITS), own, masks);
    const __m512i third = companion_512(_mm512_srli_epi32(test, 2 * INDEX_BITS), own, masks);
    const __m512i condition = _mm512_srlv_epi32(holds, _mm512_srli_epi32(test, NAME_SHIFT));
    const __m512i all = _mm512_and_epi32(
        _mm512_and_epi32(first, second), _mm512_and_epi32(third, condition));
    const __mmask16 found = _mm512_mask_test_epi32_mask(present, all, one);
    const __m512i names = _mm512_add_epi32(order, _mm512_set1_epi32((int)(lane + range.numbers)));
    // Behind the list there is room for what is written too much.
    _mm512_storeu_si512(hits->lanes + passed, _mm512_maskz_compress_epi32(found, names));
    _mm512_storeu_si512(hits->tokens + passed, _mm512_set1_epi32((int)range.token));
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
  const __m256i place =
      _mm256_and_si256(_mm256_srli_epi32(test, 5), _mm256_set1_epi32(2 * HEARD_PLACES - 1));
  const __m256i words = _mm256_i32gather_epi32((const int *)(const void *)row, place, 4);
  return _mm256_srlv_epi32(words, _mm256_and_si256(test, _mm256_set1_epi32(31)));
}

__attribute__((target("avx2,popcnt"))) static inline size_t test_avx2(
    const heard_look_tables *tables, heard_range range, heard_hits *hits, size_t passed) {
  const __m256i order = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  uint64_t row[HEARD_PLACES];
  fill_row(tables, range.token, row);
  const __m256i holds = _mm256_set1_epi32((int)range.holds);
  for (uint32_t lane = range.first; lane < range.end; lane += 8) {
    const __m256i present =
        _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(range.end - lane)), order);
    const __m256i test =
        _mm256_maskload_epi32((const int *)(const void *)(tables->lanes + lane), present);
    const __m256i first = companion_256(test, row);
    const __m256i second = companion_256(_mm256_srli_epi32(test, INDEX_BITS), row);
    const __m256i third = companion_256(_mm256_srli_epi32(test, 2 * INDEX_BITS), row);
    const __m256i condition = _mm256_srlv_epi32(holds, _mm256_srli_epi32(test, NAME_SHIFT));
    const __m256i all = _mm256_and_si256(
        _mm256_and_si256(_mm256_and_si256(first, second), present),
        _mm256_and_si256(third, condition));
    // The lowest bit becomes the sign, which is what is gathered.
    uint32_t found =
        (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(all, 31)));
    while (found != 0) {
      hits->lanes[passed] = lane + range.numbers + (uint32_t)__builtin_ctz(found);
      hits->tokens[passed] = (int32_t)range.token;
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
