// Normal forms over UTF-8. ICU has these entry points in C++ only.
#include <unicode/bytestream.h>
#include <unicode/stringpiece.h>

#include "text.hpp"

namespace {

// Length of the typographic apostrophe at `p`, or 0: ’ ‘ ʼ ´ ` ＇
inline int32_t apostrophe(const uint8_t *p, int32_t left) {
  switch (p[0]) {
    case 0x60: return 1;
    case 0xC2: return left >= 2 && p[1] == 0xB4 ? 2 : 0;
    case 0xCA: return left >= 2 && p[1] == 0xBC ? 2 : 0;
    case 0xE2: return left >= 3 && p[1] == 0x80 && (p[2] == 0x98 || p[2] == 0x99) ? 3 : 0;
    case 0xEF: return left >= 3 && p[1] == 0xBC && p[2] == 0x87 ? 3 : 0;
    default: return 0;
  }
}

int32_t finish(const std::string &text, const uint8_t **result) {
  *result = reinterpret_cast<const uint8_t *>(text.data());
  return static_cast<int32_t>(text.size());
}

}  // namespace

void heard_icu_map_apostrophes(
    heard_icu_text &text, const uint8_t *bytes, int32_t count, bool with_origin) {
  text.mapped.clear();
  text.origin.clear();
  int32_t i = 0;
  while (i < count) {
    const int32_t length = apostrophe(bytes + i, count - i);
    text.mapped.push_back(length > 0 ? '\'' : static_cast<char>(bytes[i]));
    if (with_origin) text.origin.push_back(static_cast<uint32_t>(i));
    i += length > 0 ? length : 1;
  }
  if (with_origin) text.origin.push_back(static_cast<uint32_t>(count));
}

extern "C" int32_t heard_icu_text_normalize(
    heard_icu_text *text, const uint8_t *bytes, int32_t count, const uint8_t **result) {
  heard_icu_map_apostrophes(*text, bytes, count, false);
  text->normal.clear();
  icu::StringByteSink<std::string> sink(&text->normal);
  UErrorCode status = U_ZERO_ERROR;
  text->casefold->normalizeUTF8(0, text->mapped, sink, nullptr, status);
  if (U_FAILURE(status)) text->normal = text->mapped;
  return finish(text->normal, result);
}

extern "C" int32_t heard_icu_text_compose(
    heard_icu_text *text, const uint8_t *bytes, int32_t count, const uint8_t **result) {
  text->normal.clear();
  icu::StringByteSink<std::string> sink(&text->normal);
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece source(reinterpret_cast<const char *>(bytes), count);
  text->nfc->normalizeUTF8(0, source, sink, nullptr, status);
  if (U_FAILURE(status)) text->normal.assign(source.data(), source.length());
  return finish(text->normal, result);
}

extern "C" int32_t heard_icu_text_decompose(
    heard_icu_text *text, const uint8_t *bytes, int32_t count, const uint8_t **result) {
  text->normal.clear();
  icu::StringByteSink<std::string> sink(&text->normal);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2 *nfd = icu::Normalizer2::getNFDInstance(status);
  const icu::StringPiece source(reinterpret_cast<const char *>(bytes), count);
  if (U_SUCCESS(status)) nfd->normalizeUTF8(0, source, sink, nullptr, status);
  if (U_FAILURE(status)) text->normal.assign(source.data(), source.length());
  return finish(text->normal, result);
}
