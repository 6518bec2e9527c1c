#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "CHeardICU.h"

extern "C" uint32_t heard_icu_traits(uint32_t code_point) {
  const UChar32 c = static_cast<UChar32>(code_point);
  if (c < 0 || c > 0x10FFFF) return 0;
  uint32_t traits = 0;
  const uint32_t category = U_GET_GC_MASK(c);
  if (category & U_GC_L_MASK) traits |= HEARD_ICU_LETTER;
  if (category & (U_GC_LU_MASK | U_GC_LT_MASK)) traits |= HEARD_ICU_UPPER;
  if (category & U_GC_LL_MASK) traits |= HEARD_ICU_LOWER;
  if (category & U_GC_N_MASK) traits |= HEARD_ICU_DIGIT;
  if (category & U_GC_MN_MASK) traits |= HEARD_ICU_NONSPACING;
  if (category & U_GC_SC_MASK) traits |= HEARD_ICU_CURRENCY;
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) traits |= HEARD_ICU_IGNORABLE;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &status);
  if (U_SUCCESS(status) &&
      (script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC)) {
    traits |= HEARD_ICU_ALPHABET;
  }
  const int32_t word_break = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
  // A skin tone alone is no emoji: it belongs to what stands before it.
  if (c > 0xFF && word_break != U_WB_EXTEND && u_hasBinaryProperty(c, UCHAR_EMOJI)) {
    traits |= HEARD_ICU_EMOJI;
  }
  if (word_break == U_WB_ALETTER) traits |= HEARD_ICU_WORD_LETTER;
  if ((category & (U_GC_Z_MASK | U_GC_P_MASK)) != 0 &&
      (word_break == U_WB_OTHER || word_break == U_WB_WSEGSPACE)) {
    traits |= HEARD_ICU_SEPARATOR;
  }
  return traits;
}
