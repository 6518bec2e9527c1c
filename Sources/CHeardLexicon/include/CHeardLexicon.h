/// The loop of phrase matching that is worth the processor's wide registers.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

enum {
  HEARD_LANES = 8,  ///< candidates of a block, and places around a token
};

/// Eight phrases that may be where their anchor is, in three cache lines.
///
/// A lane that holds no phrase has `mask` 0 and passes nothing.
typedef struct {
  uint64_t mask[HEARD_LANES];        ///< bits of the first companion
  uint64_t other_mask[HEARD_LANES];  ///< bits of the second
  uint8_t place[HEARD_LANES];        ///< where the first may stand; below HEARD_LANES
  uint8_t other_place[HEARD_LANES];  ///< where the second may stand; below HEARD_LANES
  uint32_t number[HEARD_LANES];
  uint8_t languages[HEARD_LANES];
  uint8_t flags[HEARD_LANES];
} heard_candidate_block;

/// Puts a phrase into a lane, which is below HEARD_LANES.
static inline void heard_candidate_put(
    heard_candidate_block *block, uint32_t lane, uint64_t mask, uint64_t other_mask, uint8_t place,
    uint8_t other_place, uint32_t number, uint8_t languages, uint8_t flags) {
  block->mask[lane] = mask;
  block->other_mask[lane] = other_mask;
  block->place[lane] = place;
  block->other_place[lane] = other_place;
  block->number[lane] = number;
  block->languages[lane] = languages;
  block->flags[lane] = flags;
}

/// Asks the processor to fetch what a filter will read of a block first.
static inline void heard_prefetch_block(const heard_candidate_block *block) {
  __builtin_prefetch(block->mask);
  __builtin_prefetch(block->other_mask);
  __builtin_prefetch(block->place);
}

/// Asks the processor to fetch the steps of a phrase.
static inline void heard_prefetch_steps(const void *steps) { __builtin_prefetch(steps); }

/// What is known of a phrase besides its companions.
typedef struct {
  uint32_t number;
  uint8_t languages;
  uint8_t flags;
} heard_candidate;

/// The phrase of a lane that passed, counted as a filter counts them.
static inline heard_candidate heard_candidate_get(
    const heard_candidate_block *blocks, uint32_t passed) {
  const heard_candidate_block *block = blocks + passed / HEARD_LANES;
  const uint32_t lane = passed % HEARD_LANES;
  const heard_candidate found = {
      block->number[lane], block->languages[lane], block->flags[lane]};
  return found;
}

/// Writes the lanes that pass, ascending, as 8 times the block plus the lane: those for which both
/// places around the token have a bit of the mask that is looked for there. Returns their number.
///
/// `around` has the bits of each place; `passed` room for 8 times `count`. Uses AVX-512 or AVX2
/// where the processor has them; the answer is the same.
typedef size_t (*heard_candidate_filter)(
    const heard_candidate_block *blocks, size_t count, const uint64_t *around,
    uint32_t *passed);

/// The fastest filter that this processor can run.
heard_candidate_filter heard_candidate_filter_best(void);

/// All filters that this processor can run, the one in portable C first. Returns their number, at
/// most 3.
size_t heard_candidate_filters(heard_candidate_filter _Nonnull *_Nonnull filters);

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif
