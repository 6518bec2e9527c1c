// C face of the ICU calls heard uses. No ICU type appears here: ICU's headers clash with Foundation's.
#ifndef C_HEARD_ICU_H
#define C_HEARD_ICU_H
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/// One worker's word breaker, normalisers and their buffers. Not for two threads at once.
typedef struct heard_icu_text heard_icu_text;

/// What a piece of text is.
enum {
  HEARD_ICU_NONE = 0,    ///< spaces, punctuation, other signs
  HEARD_ICU_WORD = 1,    ///< letters, digits, kana, ideographs
  HEARD_ICU_SYMBOL = 2,  ///< an emoji or a currency sign
};

/// Half-open byte offsets into the bytes that were given, and what stands there.
typedef struct {
  uint32_t start;
  uint32_t end;
  uint32_t kind;
} heard_icu_piece;

/// Opens the root locale's word breaker and the normalisers; null when ICU's data are missing.
heard_icu_text *heard_icu_text_open(void);
/// Frees it; null is allowed.
void heard_icu_text_close(heard_icu_text *text);

/// Takes UTF-8 apart by the word boundaries of its normal form, mapped back to the bytes given:
/// words and symbols only, ascending. A boundary inside one character's expansion joins; pieces
/// neither begin nor end with a default-ignorable character; `. : , ; _ " @` never join words; emoji
/// that a zero-width joiner links are one piece. `*pieces` is valid until the next call. Returns
/// their number.
int32_t heard_icu_text_split(
    heard_icu_text *text, const uint8_t *bytes, int32_t count, const heard_icu_piece **pieces);

/// NFKC_Casefold after typographic apostrophes became `'`. `*result` is valid until the next call.
/// Returns its length.
int32_t heard_icu_text_normalize(
    heard_icu_text *text, const uint8_t *bytes, int32_t count, const uint8_t **result);

/// NFD. `*result` is valid until the next call. Returns its length.
int32_t heard_icu_text_decompose(
    heard_icu_text *text, const uint8_t *bytes, int32_t count, const uint8_t **result);

/// NFC. `*result` is valid until the next call. Returns its length.
int32_t heard_icu_text_compose(
    heard_icu_text *text, const uint8_t *bytes, int32_t count, const uint8_t **result);

/// ICU's own word segmentation of the bytes as they are, every segment with its kind: the reference
/// of tests. `*pieces` is valid until the next call. Returns their number.
int32_t heard_icu_text_segments(
    heard_icu_text *text, const uint8_t *bytes, int32_t count, const heard_icu_piece **pieces);

/// Asks the processor to fetch the memory at an address, which is not read and may be anything.
static inline void heard_prefetch(const void *address) { __builtin_prefetch(address); }

/// What a code point is, as bits.
enum {
  HEARD_ICU_LETTER = 1,
  HEARD_ICU_UPPER = 2,             ///< upper or title case
  HEARD_ICU_LOWER = 4,
  HEARD_ICU_DIGIT = 8,             ///< any number character
  HEARD_ICU_NONSPACING = 16,
  HEARD_ICU_CURRENCY = 32,
  HEARD_ICU_EMOJI = 64,            ///< outside Latin-1
  HEARD_ICU_ALPHABET = 128,        ///< of Latin, Greek or Cyrillic script
  HEARD_ICU_IGNORABLE = 256,       ///< default-ignorable
  HEARD_ICU_SEPARATOR = 512,       ///< white space or punctuation that no word rule joins
  HEARD_ICU_WORD_LETTER = 1024,    ///< Word_Break=ALetter
};
uint32_t heard_icu_traits(uint32_t code_point);

#ifdef __cplusplus
}
#endif
#endif
