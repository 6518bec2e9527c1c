// Lines and their folded form, in which phrases are compared: small ASCII letters without
// diacritics, single spaces, plain quotes and dashes, without `*` (bold) and invisible characters.
// A folded line is never longer than the line.
#include "CHeardMail.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Base letters of U+00C0 to U+017F; `.` keeps the character.
static const char base[193] =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// What an ASCII byte becomes: itself or small; 0 for white space; 1 for what is left out.
static const uint8_t *ascii_table(void) {
  static const uint8_t table[128] = {
#define S 0
      1,   1,   1,   1,   1,   1,   1,   1,   1,   S,   S,   S,   S,   S,   1,   1,
      1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,
      S,   '!', '"', '#', '$', '%', '&', '\'', '(', ')', 1,   '+', ',', '-', '.', '/',
      '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?',
      '@', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
      'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '[', '\\', ']', '^', '_',
      '`', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
      'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '{', '|', '}', '~', 1};
#undef S
  return table;
}

static size_t keep(const uint8_t *bytes, size_t count, uint8_t *out) {
  for (size_t i = 0; i < count; i++) out[i] = bytes[i];
  return count;
}

/// Folds of eight bytes at once those in front of the first that is not printable ASCII, is a `*`,
/// or is a space behind a space; `before` is what was folded last. Writes eight bytes, and gives the
/// number of those that count.
static size_t fold_eight(const uint8_t *bytes, uint8_t before, uint8_t *out) {
  const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
  uint64_t word;
  memcpy(&word, bytes, 8);
  // Top bits show what stops the folding. What is carried or borrowed goes upwards: the lowest of
  // them is right, and no other is asked. First below 0x20, above 0x7E or beyond ASCII.
  uint64_t stops = word | (word + ones) | ~((word | tops) - ones * 0x20);
  uint64_t star = word ^ (ones * '*');
  stops |= (star - ones) & ~star;
  uint64_t spaces = (tops - (word ^ (ones * ' '))) & tops;
  stops |= spaces & (spaces << 8 | (before == ' ' ? 0x80u : 0));
  stops &= tops;
  uint64_t capitals = ((word | tops) - ones * 'A') & (tops + ones * 'Z' - word) & tops;
  word |= capitals >> 2;
  memcpy(out, &word, 8);
  return stops == 0 ? 8 : (size_t)__builtin_ctzll(stops) / 8;
}

#if defined(__SSE2__)
/// The same of sixteen bytes, for the long stretches between diacritics.
static size_t fold_sixteen(const uint8_t *bytes, uint8_t before, uint8_t *out) {
  const __m128i word = _mm_loadu_si128((const __m128i *)(const void *)bytes);
  // As signed numbers, what is beyond ASCII is below 0x20 too.
  const __m128i other = _mm_or_si128(
      _mm_cmplt_epi8(word, _mm_set1_epi8(0x20)),
      _mm_or_si128(_mm_cmpeq_epi8(word, _mm_set1_epi8(0x7F)),
                   _mm_cmpeq_epi8(word, _mm_set1_epi8('*'))));
  const uint32_t spaces = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(word, _mm_set1_epi8(' ')));
  const uint32_t stops =
      (uint32_t)_mm_movemask_epi8(other) | (spaces & (spaces << 1 | (before == ' ')));
  const __m128i capitals = _mm_and_si128(_mm_cmpgt_epi8(word, _mm_set1_epi8('A' - 1)),
                                         _mm_cmplt_epi8(word, _mm_set1_epi8('Z' + 1)));
  const __m128i small = _mm_or_si128(word, _mm_and_si128(capitals, _mm_set1_epi8(0x20)));
  _mm_storeu_si128((__m128i *)(void *)out, small);
  return stops == 0 ? 16 : (size_t)__builtin_ctz(stops);
}
#endif

/// Folds as much as goes by eight and sixteen bytes, moves both places behind it, and writes no
/// further than bytes were read.
static void fold_plain(const uint8_t *bytes, size_t count, size_t *at, uint8_t *out, size_t *n) {
#if defined(__SSE2__)
  while (*at + 16 <= count) {
    size_t folded = fold_sixteen(bytes + *at, *n > 0 ? out[*n - 1] : ' ', out + *n);
    *at += folded;
    *n += folded;
    if (folded < 16) return;
  }
#endif
  while (*at + 8 <= count) {
    size_t folded = fold_eight(bytes + *at, *n > 0 ? out[*n - 1] : ' ', out + *n);
    *at += folded;
    *n += folded;
    if (folded < 8) return;
  }
}

size_t heard_fold(const uint8_t *bytes, size_t count, uint8_t *out) {
  const uint8_t *ascii = ascii_table();
  size_t at = 0, n = 0;
  while (at < count) {
    uint8_t c = bytes[at];
    bool space = false;
    if (c < 0x80) {
      // No space at the start, and no other space than one.
      fold_plain(bytes, count, &at, out, &n);
      if (at >= count) break;
      c = bytes[at];
    }
    if (c < 0x80) {
      uint8_t folded = ascii[c];
      at++;
      if (folded > 1) {
        out[n++] = folded;
        continue;
      }
      space = folded == 0;
    } else {
      uint8_t next = at + 1 < count ? bytes[at + 1] : 0;
      uint8_t third = at + 2 < count ? bytes[at + 2] : 0;
      if (c >= 0xC3 && c <= 0xC5 && next >= 0x80) {
        char letter = base[(c - 0xC3) * 64 + (next & 0x3F)];
        if (letter == '.') n += keep(bytes + at, 2, out + n);
        else out[n++] = (uint8_t)letter;
        at += 2;
      } else if (c == 0xC2 && next == 0xA0) {
        space = true;
        at += 2;
      } else if ((c == 0xC2 && next == 0xAD) || c == 0xCC || (c == 0xCD && next < 0xB0)) {
        at += 2;  // a soft hyphen; a combining mark, whose letter stays
      } else if (c == 0xD0 && next >= 0x90 && next <= 0xAF) {
        out[n++] = next < 0xA0 ? 0xD0 : 0xD1;  // Cyrillic capitals
        out[n++] = (uint8_t)(next < 0xA0 ? next + 0x20 : next - 0x20);
        at += 2;
      } else if (c == 0xE2 && next == 0x80 && third != 0) {
        if (third >= 0x90 && third <= 0x95) out[n++] = '-';
        else if (third >= 0x98 && third <= 0x9B) out[n++] = '\'';
        else if (third >= 0x9C && third <= 0x9F) out[n++] = '"';
        else if (third >= 0x80 && third <= 0x8A) space = true;
        else if (!((third >= 0x8B && third <= 0x8F) || (third >= 0xAA && third <= 0xAF))) {
          n += keep(bytes + at, 3, out + n);
        }
        at += 3;
      } else {
        out[n++] = c;
        at++;
      }
    }
    if (space && n > 0 && out[n - 1] != ' ') out[n++] = ' ';
  }
  while (n > 0 && out[n - 1] == ' ') n--;
  return n;
}

size_t heard_line_count(const uint8_t *bytes, size_t count) {
  size_t lines = 0, at = 0;
  while (at < count) {
    const uint8_t *end = memchr(bytes + at, '\n', count - at);
    at = end ? (size_t)(end - bytes) + 1 : count;
    lines++;
  }
  return lines;
}

static uint16_t line_traits(const uint8_t *folded, size_t count) {
  if (count == 0) return 0;
  uint8_t first = folded[0];
  bool mark = first == '>' || first == '|' || first == '-' || first == '_' || first == '=';
  bool rule =
      first == '-' || first == '_' || first == '=' || first == '~' || first == '#' || first == 0xE2;
  bool digit = first >= '0' && first <= '9';
  return (uint16_t)((mark ? HEARD_LINE_MARK : 0) | (digit ? HEARD_LINE_DIGIT : 0) |
                    (folded[count - 1] == ':' ? HEARD_LINE_COLON : 0) |
                    (rule ? HEARD_LINE_RULE : 0));
}

size_t heard_lines(const uint8_t *bytes, size_t count, size_t limit, const heard_cues *cues,
                   heard_line *lines, uint8_t *folded) {
  size_t at = 0, n = 0, index = 0;
  while (at < count) {
    const uint8_t *end = memchr(bytes + at, '\n', count - at);
    size_t stop = end ? (size_t)(end - bytes) : count;
    size_t length = stop - at;
    size_t written = heard_fold(bytes + at, length < limit ? length : limit, folded + n);
    heard_line line = {(uint32_t)at, (uint32_t)stop, (uint32_t)n, (uint32_t)(n + written),
                       heard_line_starts(cues, folded + n, written),
                       line_traits(folded + n, written)};
    lines[index++] = line;
    n += written;
    folded[n++] = ' ';
    at = stop + 1;
  }
  memset(folded + n, 0, 8);
  return n + 8;
}
