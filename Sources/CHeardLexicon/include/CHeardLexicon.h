/// The loop of phrase matching that is worth the processor's wide registers.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

enum {
  HEARD_PLACES = 16,  ///< places around a token, each with 64 bits
  HEARD_ENDS = 2,     ///< words in front of a spelling's tests
  HEARD_MARGIN = 17,  ///< tokens in front of the first and behind the last that places reach
  HEARD_LANES = 16,   ///< candidates that are tested at a time, and spare room that hits need
};

/// What is known of a token's spelling: the load that every token costs.
typedef struct {
  uint64_t mask;        ///< bits of its elements and classes
  uint64_t companions;  ///< other bits, of those elements that are companions of some phrase
  uint32_t first_posting;
  uint32_t first_lane;  ///< its ends, behind them its tests, and behind them as many numbers
  uint16_t postings;
  uint16_t lanes;
  uint16_t gap_or_word;  ///< what stands in front of the token; as remembered, the number of its word
  uint8_t classes;    ///< bits of token classes
  uint8_t languages;  ///< in which a phrase is anchored in it
} heard_spelling;

/// What a search through tokens reads.
///
/// A candidate is a test of 32 bits and a number. The test asks for a bit around its token for each
/// of three companions, by `place * 64 + bit` in ten bits (from the lowest), and in the two above
/// them what the token must be: 0 anything, 1 no name, 2 a name. The places are, from 0: the next
/// token, the one before; the two behind, the two before; the four; the sixteen; and from 8 the same
/// in masks.
///
/// The candidates of a spelling are sorted by language (of `heard_spelling/languages`, from its
/// lowest bit); its ends say where those of the four languages end, in 16 bits each from the lowest.
/// Its tests are followed by its numbers, so that few lines of cache are read.
typedef struct {
  const heard_spelling *spellings;  ///< by token
  /// By token + HEARD_MARGIN: its bits as a companion, those of the two behind it, of the four and
  /// of the sixteen; and behind these the same of masks.
  const uint64_t *_Nonnull around[8];
  const uint32_t *lanes;    ///< ends, tests and numbers
  const uint32_t *rows;     ///< of phrases, in which numbers count
} heard_look_tables;

/// A stretch of tokens and what holds in it.
typedef struct {
  size_t first;         ///< where its sentence begins
  size_t from;          ///< where to begin
  size_t end;
  uint16_t openers;     ///< gaps behind which a capital makes no name
  uint8_t name;         ///< the bit of ``heard_spelling/classes`` for a spelling of a name
  uint8_t languages;
} heard_stretch;

enum {
  HEARD_ROW = 1 << 30,  ///< in a number: the phrase's tokens stand side by side
};
/// In a number: the phrase is one token.
#define HEARD_ALONE (UINT32_C(1) << 31)

/// Candidates that passed, sorted out by their kind, each as token above 32 bits of its number; in
/// each list by token, and in one token by lane.
typedef struct {
  uint64_t *rows;   ///< phrases whose tokens stand side by side
  uint64_t *gaps;   ///< phrases that skip tokens
  uint64_t *alone;  ///< phrases of one token
  uint32_t *lanes;  ///< for the time of a call
  int32_t *tokens;  ///< for the time of a call
  size_t row_count;
  size_t gap_count;
  size_t alone_count;
  size_t room;  ///< of each list
} heard_hits;

/// Adds the candidates that pass in a stretch, and asks the processor for their phrases. Returns its
/// end, or the token for which there was not HEARD_LANES more room than it has lanes.
///
/// Uses AVX-512 or AVX2 where the processor has them; the answer is the same.
typedef size_t (*heard_look)(
    const heard_look_tables *tables, const heard_stretch *stretch, heard_hits *hits);

/// The fastest that this processor can run.
heard_look heard_look_best(void);

/// All that this processor can run, the one in portable C first. Returns their number, at most 3.
size_t heard_looks(heard_look _Nonnull *_Nonnull looks);

/// Asks the processor to fetch a line of its cache.
static inline void heard_prefetch_line(const void *address) { __builtin_prefetch(address); }

/// Asks the processor to fetch the tests and numbers of a spelling, or the first of very many.
static inline void heard_prefetch_lanes(const uint32_t *lanes, uint32_t count) {
  __builtin_prefetch(lanes);
  __builtin_prefetch(lanes + HEARD_ENDS + count);
}

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif
