// Transfer encodings (RFC 2045, 6.7 and 6.8) as nearly every program writes them; whatever else there
// is in encoded contents is left to GMime (mail.c). A test compares the two.
#include "quick.h"

#include <string.h>

static int hex_digit(uint8_t c) {
  if ((uint8_t)(c - '0') < 10) return c - '0';
  uint8_t letter = (uint8_t)((c | 0x20) - 'a');
  return letter < 6 ? letter + 10 : -1;
}

/// Only what stands for a byte or for the end of a line is behind a `=`.
static bool undo_quoted(heard_bytes raw, uint8_t *out, size_t *length) {
  const uint8_t *at = raw.bytes, *end = raw.bytes + raw.count;
  size_t count = 0;
  while (at < end) {
    const uint8_t *sign = memchr(at, '=', (size_t)(end - at));
    size_t plain = (size_t)((sign ? sign : end) - at);
    if (out) memcpy(out + count, at, plain);
    count += plain;
    if (!sign) break;
    size_t left = (size_t)(end - sign);
    if (left > 1 && sign[1] == '\n') {
      at = sign + 2;
      continue;
    }
    if (left < 3) return false;
    at = sign + 3;
    if (sign[1] == '\r' && sign[2] == '\n') continue;
    int high = hex_digit(sign[1]), low = hex_digit(sign[2]);
    if (high < 0 || low < 0) return false;
    if (out) out[count] = (uint8_t)(high << 4 | low);
    count++;
  }
  *length = count;
  return true;
}

enum { END_OF_LINE = -1, PADDING = -2, OTHER = -3 };

/// What letters of ASCII are in base64: a digit, or one of the above.
static const int8_t base64_digits[128] = {
    -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -1, -3, -3, -1, -3, -3,
    -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3,
    -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, 62, -3, -3, -3, 63,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, -3, -3, -3, -2, -3, -3,
    -3,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, -3, -3, -3, -3, -3,
    -3, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, -3, -3, -3, -3, -3,
};

static inline int base64_digit(uint8_t c) { return c < 128 ? base64_digits[c] : OTHER; }

/// Only digits, line ends, and padding behind all digits, which fills up the last four.
static bool undo_base64(heard_bytes raw, uint8_t *out, size_t *length) {
  const uint8_t *at = raw.bytes, *end = raw.bytes + raw.count;
  size_t count = 0, digits = 0, padding = 0;
  uint32_t bits = 0;
  while (at < end) {
    // Four digits at a time, as whole lines are.
    while (digits % 4 == 0 && padding == 0 && end - at >= 4) {
      int one = base64_digit(at[0]), two = base64_digit(at[1]);
      int three = base64_digit(at[2]), four = base64_digit(at[3]);
      if ((one | two | three | four) < 0) break;
      bits = (uint32_t)(one << 18 | two << 12 | three << 6 | four);
      if (out) {
        out[count] = (uint8_t)(bits >> 16);
        out[count + 1] = (uint8_t)(bits >> 8);
        out[count + 2] = (uint8_t)bits;
      }
      count += 3;
      at += 4;
    }
    if (at == end) break;
    int digit = base64_digit(*at++);
    if (digit == END_OF_LINE) continue;
    if (digit == OTHER || (digit != PADDING && padding > 0)) return false;
    padding += digit == PADDING;
    bits = bits << 6 | (uint32_t)(digit == PADDING ? 0 : digit);
    if (++digits % 4 != 0) continue;
    if (padding > 2) return false;
    for (size_t byte = 0; byte < 3 - padding; byte++, count++) {
      if (out) out[count] = (uint8_t)(bits >> (16 - 8 * byte));
    }
  }
  *length = count;
  return digits % 4 == 0;
}

bool heard_quick_decode(heard_coding coding, heard_bytes raw, uint8_t *out, size_t *length) {
  switch (coding) {
  case HEARD_CODING_QUOTED: return undo_quoted(raw, out, length);
  case HEARD_CODING_BASE64: return undo_base64(raw, out, length);
  case HEARD_CODING_NONE: break;
  }
  return false;
}
