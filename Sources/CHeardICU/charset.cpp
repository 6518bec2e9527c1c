// Charsets by ICU's converters and detector.
#include "CHeardICUCharset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>

#include <cstdlib>
#include <cstring>

namespace {

/// Counts what has no meaning and writes U+FFFD for it.
void U_CALLCONV count_invalid(const void *context, UConverterToUnicodeArgs *args, const char *units,
                              int32_t length, UConverterCallbackReason reason, UErrorCode *error) {
  if (reason > UCNV_IRREGULAR) return;
  ++*static_cast<size_t *>(const_cast<void *>(context));
  UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, args, units, length, reason, error);
}

}  // namespace

extern "C" bool heard_charset_known(const char *name) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &error);
  if (U_FAILURE(error)) return false;
  ucnv_close(converter);
  return true;
}

extern "C" uint8_t *heard_charset_convert(const char *name, const uint8_t *bytes, size_t count,
                                          size_t *length, size_t *invalid) {
  UErrorCode error = U_ZERO_ERROR;
  *invalid = 0;
  *length = 0;
  if (count > INT32_MAX / 4) return nullptr;
  UConverter *converter = ucnv_open(name, &error);
  if (U_FAILURE(error)) return nullptr;
  ucnv_setToUCallBack(converter, count_invalid, invalid, nullptr, nullptr, &error);

  // One UTF-16 block at a time through the stack, then to UTF-8.
  size_t room = count + count / 2 + 64;
  auto *out = static_cast<uint8_t *>(std::malloc(room));
  const char *source = reinterpret_cast<const char *>(bytes);
  const char *end = source + count;
  char16_t block[2048];
  int32_t kept = 0;  // a lead surrogate whose trail is in the next block
  bool more = true;
  while (out != nullptr && more) {
    char16_t *target = block + kept;
    error = U_ZERO_ERROR;
    ucnv_toUnicode(converter, &target, block + 2048, &source, end, nullptr, true, &error);
    more = error == U_BUFFER_OVERFLOW_ERROR;
    if (U_FAILURE(error) && !more) break;
    int32_t filled = static_cast<int32_t>(target - block);
    char16_t held = 0;
    if (more && filled > 1 && U16_IS_LEAD(block[filled - 1])) held = block[--filled];
    if (*length + static_cast<size_t>(filled) * 3 + 8 > room) {
      room = (*length + static_cast<size_t>(filled) * 3) * 2 + 64;
      auto *bigger = static_cast<uint8_t *>(std::realloc(out, room));
      if (bigger == nullptr) break;
      out = bigger;
    }
    int32_t written = 0;
    error = U_ZERO_ERROR;
    u_strToUTF8WithSub(reinterpret_cast<char *>(out) + *length,
                       static_cast<int32_t>(room - *length), &written, block, filled, 0xFFFD,
                       nullptr, &error);
    *length += static_cast<size_t>(written);
    kept = 0;
    if (held != 0) block[kept++] = held;
  }
  ucnv_close(converter);
  return out;
}

extern "C" void heard_charset_free(uint8_t *bytes) { std::free(bytes); }

extern "C" int heard_charset_guess(const uint8_t *bytes, size_t count, char *name, size_t room) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t confidence = 0;
  if (room == 0) return 0;
  name[0] = 0;
  UCharsetDetector *detector = ucsdet_open(&error);
  if (U_FAILURE(error)) return 0;
  if (count > 64 * 1024) count = 64 * 1024;
  ucsdet_setText(detector, reinterpret_cast<const char *>(bytes), static_cast<int32_t>(count),
                 &error);
  const UCharsetMatch *match = ucsdet_detect(detector, &error);
  if (U_SUCCESS(error) && match != nullptr) {
    confidence = ucsdet_getConfidence(match, &error);
    const char *found = ucsdet_getName(match, &error);
    if (U_SUCCESS(error) && found != nullptr && std::strlen(found) < room) {
      std::strcpy(name, found);
    } else {
      confidence = 0;
    }
  }
  ucsdet_close(detector);
  return confidence;
}
