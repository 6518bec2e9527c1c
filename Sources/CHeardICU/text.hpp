// What one worker keeps of ICU. Shared by the files of this target only.
#pragma once
#include <unicode/normalizer2.h>
#include <unicode/ubrk.h>

#include <string>
#include <vector>

#include "CHeardICU.h"

struct heard_icu_text {
  UBreakIterator *breaker = nullptr;
  const icu::Normalizer2 *casefold = nullptr;
  const icu::Normalizer2 *nfc = nullptr;

  // Buffers, kept so that a piece of text costs no allocation.
  std::string mapped;             // the bytes with typographic apostrophes as '
  std::vector<uint32_t> origin;   // offset of each byte of `mapped` in the bytes given
  std::string normal;
  std::vector<char16_t> units;    // UTF-16 of what is broken into words
  std::vector<uint32_t> from;     // per UTF-16 unit: where its character starts in the original,
  std::vector<uint32_t> to;       // and ends
  std::vector<uint8_t> opens;     // per UTF-16 unit: whether a boundary before it is allowed
  std::vector<heard_icu_piece> pieces;
};

/// Copies `bytes` to `mapped` with typographic apostrophes as ', and fills `origin` when asked.
void heard_icu_map_apostrophes(
    heard_icu_text &text, const uint8_t *bytes, int32_t count, bool with_origin);
