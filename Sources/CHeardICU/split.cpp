// Word boundaries of the normal form, mapped back to the original bytes.
//
// Steps: apostrophes → ' (remembering offsets); NFKC_Casefold with ICU's record of edits; UTF-16
// with, per unit, the original character it came from; ICU's breaker; pieces in original offsets.
// Start reading at heard_icu_text_split.
#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "text.hpp"

namespace {

// Inner marks that ICU's rules would join words over (or take for letters), and heard's do not; and
// the space, which joins the space before it.
inline bool separates(char16_t c) {
  return c == ' ' || c == '.' || c == ':' || c == ',' || c == ';' || c == '_' ||
      c == '"' || c == '@';
}

// What the breaker sees in their place: a sign that joins nothing, not even itself.
constexpr char16_t kSeparator = u'/';

// Longer composed sequences are not looked into: nobody writes them, and it takes their square.
constexpr uint32_t kLongestUnit = 128;

void append(heard_icu_text &text, UChar32 c, uint32_t from, uint32_t to, bool opens) {
  const int32_t length = U16_LENGTH(c);
  if (length == 1) {
    text.units.push_back(static_cast<char16_t>(c));
  } else {
    text.units.push_back(U16_LEAD(c));
    text.units.push_back(U16_TRAIL(c));
  }
  for (int32_t k = 0; k < length; ++k) {
    text.from.push_back(from);
    text.to.push_back(to);
    text.opens.push_back(opens && k == 0);
  }
}

UChar32 decode(const std::string &bytes, int32_t &i) {
  const uint8_t *s = reinterpret_cast<const uint8_t *>(bytes.data());
  const int32_t length = static_cast<int32_t>(bytes.size());
  UChar32 c;
  U8_NEXT(s, i, length, c);
  return c < 0 ? 0xFFFD : c;
}

// Fills units, from, to and opens from `mapped` and `origin`.
bool normalize_with_origin(heard_icu_text &text) {
  text.normal.clear();
  text.units.clear();
  text.from.clear();
  text.to.clear();
  text.opens.clear();
  icu::Edits edits;
  icu::StringByteSink<std::string> sink(&text.normal);
  UErrorCode status = U_ZERO_ERROR;
  text.casefold->normalizeUTF8(0, text.mapped, sink, &edits, status);
  if (U_FAILURE(status)) return false;
  const uint32_t length = static_cast<uint32_t>(text.mapped.size());
  icu::Edits::Iterator edit = edits.getFineIterator();
  while (edit.next(status)) {
    const int32_t end = edit.destinationIndex() + edit.newLength();
    int32_t i = edit.destinationIndex();
    const int32_t shift = edit.sourceIndex() - i;
    const uint32_t source = static_cast<uint32_t>(edit.sourceIndex());
    const uint32_t source_end = source + static_cast<uint32_t>(edit.oldLength());
    bool first = true;
    while (i < end) {
      const int32_t at = i;
      const UChar32 c = decode(text.normal, i);
      if (edit.hasChange()) {
        append(text, c, text.origin[source], text.origin[source_end], first);
      } else {
        const uint32_t a = static_cast<uint32_t>(at + shift);
        const uint32_t b = static_cast<uint32_t>(i + shift);
        append(text, c, text.origin[a], text.origin[b <= length ? b : length], true);
      }
      first = false;
    }
  }
  return U_SUCCESS(status);
}

// The normal form of some bytes of `mapped`, into `result`.
bool normalize_part(
    const heard_icu_text &text, uint32_t start, uint32_t end, std::string &result) {
  result.clear();
  icu::StringByteSink<std::string> sink(&result);
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece part(
      text.mapped.data() + start, static_cast<int32_t>(end - start));
  text.casefold->normalizeUTF8(0, part, sink, nullptr, status);
  return U_SUCCESS(status);
}

int32_t utf16_length(const std::string &bytes) {
  int32_t length = 0;
  int32_t i = 0;
  while (i < static_cast<int32_t>(bytes.size())) length += U16_LENGTH(decode(bytes, i));
  return length;
}

// ICU records one change for all that stands between two characters that never compose, which may
// be several characters that have nothing to do with each other. Opens the places inside the change
// around UTF-16 unit `at` where the original divides: where normalising both parts gives the whole.
void divide(heard_icu_text &text, int32_t at) {
  const int32_t count = static_cast<int32_t>(text.units.size());
  const uint32_t from = text.from[at];
  const uint32_t to = text.to[at];
  const auto begin = text.origin.begin();
  const auto place_from = std::lower_bound(begin, text.origin.end(), from);
  const auto place_to = std::lower_bound(place_from, text.origin.end(), to);
  const uint32_t start = static_cast<uint32_t>(place_from - begin);
  const uint32_t end = static_cast<uint32_t>(place_to - begin);
  if (end - start > kLongestUnit) return;
  int32_t first = at;
  while (first > 0 && !text.opens[first]) --first;
  int32_t last = at + 1;
  while (last < count && !text.opens[last]) ++last;
  std::string whole, left, right;
  if (!normalize_part(text, start, end, whole)) return;
  int32_t piece = first;  // where the part that is open begins
  int32_t place = static_cast<int32_t>(start);
  const uint8_t *s = reinterpret_cast<const uint8_t *>(text.mapped.data());
  while (true) {
    U8_FWD_1(s, place, static_cast<int32_t>(end));
    if (place >= static_cast<int32_t>(end)) break;
    const uint32_t cut = static_cast<uint32_t>(place);
    if (!normalize_part(text, start, cut, left) || !normalize_part(text, cut, end, right)) return;
    if (left + right != whole) continue;
    const int32_t middle = first + utf16_length(left);
    if (middle <= piece || middle >= last) continue;
    text.opens[middle] = 1;
    for (int32_t i = piece; i < middle; ++i) text.to[i] = text.origin[cut];
    for (int32_t i = middle; i < last; ++i) text.from[i] = text.origin[cut];
    piece = middle;
  }
}

uint32_t kind_of(const heard_icu_text &text, int32_t start, int32_t end, int32_t status) {
  if (status >= UBRK_WORD_NONE_LIMIT) return HEARD_ICU_WORD;
  UChar32 c;
  U16_GET(text.units.data(), start, start, end, c);
  return (heard_icu_traits(static_cast<uint32_t>(c)) & (HEARD_ICU_CURRENCY | HEARD_ICU_EMOJI)) != 0
      ? HEARD_ICU_SYMBOL
      : HEARD_ICU_NONE;
}

// Takes default-ignorable characters off both ends of a piece.
void trim(heard_icu_piece &piece, const uint8_t *bytes) {
  int32_t start = static_cast<int32_t>(piece.start);
  int32_t end = static_cast<int32_t>(piece.end);
  while (start < end) {
    int32_t next = start;
    UChar32 c;
    U8_NEXT(bytes, next, end, c);
    if (c < 0 || (heard_icu_traits(static_cast<uint32_t>(c)) & HEARD_ICU_IGNORABLE) == 0) break;
    start = next;
  }
  while (start < end) {
    int32_t before = end;
    UChar32 c;
    U8_PREV(bytes, start, before, c);
    if (c < 0 || (heard_icu_traits(static_cast<uint32_t>(c)) & HEARD_ICU_IGNORABLE) == 0) break;
    end = before;
  }
  piece.start = static_cast<uint32_t>(start);
  piece.end = static_cast<uint32_t>(end);
}

// Whether only characters that vanish stand between two pieces, a zero-width joiner among them.
bool is_joined(const uint8_t *bytes, uint32_t start, uint32_t end) {
  bool joined = false;
  int32_t i = static_cast<int32_t>(start);
  while (i < static_cast<int32_t>(end)) {
    UChar32 c;
    U8_NEXT(bytes, i, static_cast<int32_t>(end), c);
    if (c < 0 || (heard_icu_traits(static_cast<uint32_t>(c)) & HEARD_ICU_IGNORABLE) == 0) {
      return false;
    }
    joined = joined || c == 0x200D;
  }
  return joined;
}

bool is_emoji(const uint8_t *bytes, const heard_icu_piece &piece) {
  UChar32 c;
  int32_t i = static_cast<int32_t>(piece.start);
  U8_NEXT(bytes, i, static_cast<int32_t>(piece.end), c);
  return c >= 0 && (heard_icu_traits(static_cast<uint32_t>(c)) & HEARD_ICU_EMOJI) != 0;
}

}  // namespace

extern "C" int32_t heard_icu_text_split(
    heard_icu_text *text, const uint8_t *bytes, int32_t count, const heard_icu_piece **pieces) {
  text->pieces.clear();
  heard_icu_map_apostrophes(*text, bytes, count, true);
  UErrorCode status = U_ZERO_ERROR;
  if (normalize_with_origin(*text) && !text->units.empty()) {
    for (char16_t &unit : text->units) {
      if (separates(unit)) unit = kSeparator;
    }
    ubrk_setText(
        text->breaker, text->units.data(), static_cast<int32_t>(text->units.size()), &status);
    if (U_SUCCESS(status)) {
      int32_t start = 0;   // of the piece being gathered
      int32_t segment = 0; // of the breaker's last segment
      uint32_t kind = HEARD_ICU_NONE;
      for (int32_t end = ubrk_next(text->breaker); end != UBRK_DONE;
           end = ubrk_next(text->breaker)) {
        const uint32_t found = kind_of(*text, segment, end, ubrk_getRuleStatus(text->breaker));
        if (kind != HEARD_ICU_WORD && found != HEARD_ICU_NONE) kind = found;
        segment = end;
        const bool last = end == static_cast<int32_t>(text->units.size());
        if (!last && !text->opens[end]) divide(*text, end);
        if (!last && !text->opens[end]) continue;
        if (kind != HEARD_ICU_NONE) {
          heard_icu_piece piece = {text->from[start], text->to[end - 1], kind};
          trim(piece, bytes);
          const bool linked = kind == HEARD_ICU_SYMBOL && !text->pieces.empty() &&
              text->pieces.back().kind == HEARD_ICU_SYMBOL && is_emoji(bytes, piece) &&
              is_emoji(bytes, text->pieces.back()) &&
              is_joined(bytes, text->pieces.back().end, piece.start);
          if (linked) {
            text->pieces.back().end = piece.end;
          } else if (piece.start < piece.end) {
            text->pieces.push_back(piece);
          }
        }
        start = end;
        kind = HEARD_ICU_NONE;
      }
    }
  }
  *pieces = text->pieces.data();
  return static_cast<int32_t>(text->pieces.size());
}

extern "C" int32_t heard_icu_text_segments(
    heard_icu_text *text, const uint8_t *bytes, int32_t count, const heard_icu_piece **pieces) {
  text->pieces.clear();
  text->units.clear();
  text->from.clear();
  text->to.clear();
  text->opens.clear();
  int32_t i = 0;
  while (i < count) {
    const int32_t at = i;
    UChar32 c;
    U8_NEXT(bytes, i, count, c);
    append(*text, c < 0 ? 0xFFFD : c, static_cast<uint32_t>(at), static_cast<uint32_t>(i), true);
  }
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(
      text->breaker, text->units.data(), static_cast<int32_t>(text->units.size()), &status);
  if (U_SUCCESS(status)) {
    int32_t start = 0;
    for (int32_t end = ubrk_next(text->breaker); end != UBRK_DONE; end = ubrk_next(text->breaker)) {
      const uint32_t kind = kind_of(*text, start, end, ubrk_getRuleStatus(text->breaker));
      text->pieces.push_back({text->from[start], text->to[end - 1], kind});
      start = end;
    }
  }
  *pieces = text->pieces.data();
  return static_cast<int32_t>(text->pieces.size());
}
