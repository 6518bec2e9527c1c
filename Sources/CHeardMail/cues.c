// Cues: which phrases a line may begin with, and how many words of it may begin a piece of legal
// text. Nearly all lines of nearly all texts hold none, and a look at a table of hashes says so;
// what it lets through is compared in Swift. It may let too much through and never too little.
#include "CHeardMail.h"

#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define START_BITS 10
#define STARTS (1 << START_BITS)
#define WORD_BITS 12
#define WORDS (1 << WORD_BITS)

struct heard_cues {
  /// Sets of which some phrase begins with these bytes: one, two and three, which are all of it,
  /// and four.
  uint16_t starts[4][STARTS];
  /// Kinds of which some phrase begins with these four, and is shorter than eight.
  uint8_t short_words[WORDS];
  /// Kinds of which some phrase begins with these eight.
  uint8_t long_words[WORDS];
};

static uint32_t hash(uint64_t bytes, unsigned bits) {
  return (uint32_t)((bytes * 0x9E3779B97F4A7C15u) >> (64 - bits));
}

static uint64_t load(const uint8_t *bytes, size_t count) {
  uint64_t word = 0;
  memcpy(&word, bytes, count);
  return word;
}

/// Two places of a table: that both hold a kind by chance is rare enough.
static uint8_t kinds_at(const uint8_t *table, uint64_t bytes) {
  uint32_t both = hash(bytes, 2 * WORD_BITS);
  return table[both >> WORD_BITS] & table[both & (WORDS - 1)];
}

static void mark(uint8_t *table, uint64_t bytes, uint8_t kind) {
  uint32_t both = hash(bytes, 2 * WORD_BITS);
  table[both >> WORD_BITS] |= kind;
  table[both & (WORDS - 1)] |= kind;
}

heard_cues *heard_cues_make(void) { return calloc(1, sizeof(heard_cues)); }

void heard_cues_add_start(heard_cues *cues, const uint8_t *phrase, size_t count, uint16_t set) {
  size_t length = count < 4 ? count : 4;
  if (length > 0) cues->starts[length - 1][hash(load(phrase, length), START_BITS)] |= set;
}

void heard_cues_add_word(heard_cues *cues, const uint8_t *phrase, size_t count, uint8_t kind) {
  if (count >= 8) {
    mark(cues->long_words, load(phrase, 8), kind);
  } else if (count >= 4) {
    mark(cues->short_words, load(phrase, 4), kind);
  } else {
    for (size_t i = 0; i < WORDS; i++) cues->short_words[i] |= kind;
  }
}

uint16_t heard_line_starts(const heard_cues *cues, const uint8_t *folded, size_t count) {
  uint16_t sets = 0;
  for (size_t length = 1; length <= 4 && length <= count; length++) {
    sets |= cues->starts[length - 1][hash(load(folded, length), START_BITS)];
  }
  return sets;
}

/// The kinds of phrases that may begin with a word.
static uint8_t word_kinds(const heard_cues *cues, const uint8_t *word) {
  uint64_t eight = load(word, 8);
  return kinds_at(cues->long_words, eight) | kinds_at(cues->short_words, eight & UINT32_MAX);
}

void heard_word_cues(const heard_cues *cues, const uint8_t *folded, size_t count, size_t *strong,
                     size_t *weak) {
  *strong = 0;
  *weak = 0;
  size_t at = 0;
  // Whether the byte before is of a letter.
  uint32_t inside = 0;
#if defined(__SSE2__)
  for (; at + 16 <= count; at += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(folded + at));
    const __m128i small = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    const __m128i ascii = _mm_and_si128(_mm_cmpgt_epi8(small, _mm_set1_epi8('a' - 1)),
                                        _mm_cmplt_epi8(small, _mm_set1_epi8('z' + 1)));
    // The top bit of what is beyond ASCII is set already.
    const uint32_t letters = (uint32_t)_mm_movemask_epi8(_mm_or_si128(ascii, bytes));
    const uint32_t spaces =
        (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
    for (uint32_t starts = ~(letters << 1 | inside | spaces) & 0xFFFF; starts != 0;
         starts &= starts - 1) {
      uint8_t kinds = word_kinds(cues, folded + at + __builtin_ctz(starts));
      *strong += (kinds & HEARD_CUE_STRONG) != 0;
      *weak += (kinds & HEARD_CUE_WEAK) != 0;
    }
    inside = letters >> 15;
  }
#endif
  for (; at < count; at++) {
    uint8_t c = folded[at];
    if (!inside && c != ' ') {
      uint8_t kinds = word_kinds(cues, folded + at);
      *strong += (kinds & HEARD_CUE_STRONG) != 0;
      *weak += (kinds & HEARD_CUE_WEAK) != 0;
    }
    inside = c >= 0x80 || (uint8_t)((c | 0x20) - 'a') < 26;
  }
}
