// What kind of bytes a text is made of, in one pass; and iconv for rare charsets.
#include "CHeardMail.h"
#include "gmime_library.h"

#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

size_t heard_utf8_sequence(const uint8_t *b, size_t n) {
  if (n == 0) return 0;
  uint8_t c = b[0];
  if (c < 0x80) return 1;
  if (c < 0xC2 || c > 0xF4) return 0;
  if (n < 2 || (b[1] & 0xC0) != 0x80) return 0;
  if (c < 0xE0) return 2;
  if (n < 3 || (b[2] & 0xC0) != 0x80) return 0;
  if (c < 0xF0) {
    if ((c == 0xE0 && b[1] < 0xA0) || (c == 0xED && b[1] > 0x9F)) return 0;
    return 3;
  }
  if (n < 4 || (b[3] & 0xC0) != 0x80) return 0;
  if ((c == 0xF0 && b[1] < 0x90) || (c == 0xF4 && b[1] > 0x8F)) return 0;
  return 4;
}

static uint32_t control(uint8_t c) {
  switch (c) {
  case 0: return HEARD_TEXT_NUL;
  case '\r': return HEARD_TEXT_CR;
  case '\t':
  case '\n':
  case '\f': return 0;
  case 0x1B: return HEARD_TEXT_ESCAPE;
  default: return HEARD_TEXT_CONTROL;
  }
}

uint32_t heard_text_scan(const uint8_t *bytes, size_t count) {
  uint32_t flags = 0;
  size_t i = 0;
  while (i < count) {
#if defined(__SSE2__)
    // Sixteen bytes at a time while they are printable ASCII, DEL, or line ends: as signed numbers,
    // what is beyond ASCII is below 0x20 too.
    while (i + 16 <= count) {
      const __m128i word = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
      const __m128i returns = _mm_cmpeq_epi8(word, _mm_set1_epi8('\r'));
      const __m128i ends = _mm_or_si128(returns, _mm_cmpeq_epi8(word, _mm_set1_epi8('\n')));
      const __m128i other = _mm_andnot_si128(ends, _mm_cmplt_epi8(word, _mm_set1_epi8(0x20)));
      const uint32_t stops = (uint32_t)_mm_movemask_epi8(other);
      if (_mm_movemask_epi8(returns) != 0) flags |= HEARD_TEXT_CR;
      if (stops != 0) {
        // Up to the one that is looked at more closely.
        i += (size_t)__builtin_ctz(stops);
        break;
      }
      i += 16;
    }
#endif
    // Eight bytes at a time while they are ASCII without control characters but line feeds: a byte
    // below 0x20 has its top three bits clear.
    while (i + 8 <= count) {
      uint64_t word;
      memcpy(&word, bytes + i, 8);
      uint64_t upper = (word | (word << 1)) & 0x4040404040404040u;  // bit 5 or 6 set: not control
      if ((word & 0x8080808080808080u) || upper != 0x4040404040404040u) break;
      i += 8;
    }
    if (i >= count) break;
    // Up to the next eight bytes: text with diacritics has them in every other word.
    size_t stop = i + 8 < count ? i + 8 : count;
    while (i < stop) {
      uint8_t c = bytes[i];
      if (c >= 0x80) {
        flags |= HEARD_TEXT_NON_ASCII;
        // Letters of Latin alphabets, nearly always.
        if (c >= 0xC3 && c <= 0xC5 && i + 1 < count && (bytes[i + 1] & 0xC0) == 0x80) {
          uint8_t next = bytes[i + 1];
          bool lead = c == 0xC3 ? (next >= 0x82 && next <= 0x85) || next == 0xA2
                                : c == 0xC4 && (next == 0x82 || next == 0xB9);
          flags |= lead ? HEARD_TEXT_MOJIBAKE : 0;
          i += 2;
          continue;
        }
        size_t length = heard_utf8_sequence(bytes + i, count - i);
        if (length == 0) {
          flags |= HEARD_TEXT_INVALID;
          length = 1;
        }
        i += length;
      } else {
        if (c < 0x20) flags |= control(c);
        i += 1;
      }
    }
  }
  return flags;
}

uint8_t *heard_iconv(const char *charset, const uint8_t *bytes, size_t count, size_t *length,
                     size_t *invalid) {
  heard_mail_start();
  iconv_t converter = g_mime_iconv_open("UTF-8", charset);
  if (converter == (iconv_t)-1) return NULL;
  GByteArray *out = g_byte_array_sized_new((guint)(count + count / 2 + 64));
  char *from = (char *)(uintptr_t)bytes;
  size_t left = count;
  *invalid = 0;
  while (left > 0) {
    char buffer[4096];
    char *to = buffer;
    size_t room = sizeof buffer;
    size_t before = left;
    size_t result = g_mime_iconv(converter, &from, &left, &to, &room);
    g_byte_array_append(out, (const guint8 *)buffer, (guint)(to - buffer));
    if (result == (size_t)-1 && room >= 16) {
      // Not a matter of room: a byte that the charset does not have.
      g_byte_array_append(out, (const guint8 *)"\xEF\xBF\xBD", 3);
      *invalid += 1;
      if (left > 0) {
        from++;
        left--;
      }
    } else if (result != (size_t)-1 || left == before) {
      if (left == before) break;
    }
  }
  g_mime_iconv_close(converter);
  *length = out->len;
  guint8 *data = g_byte_array_free(out, FALSE);
  return data ? data : calloc(1, 1);
}
