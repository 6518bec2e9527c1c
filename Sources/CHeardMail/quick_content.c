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

static int base64_digit(uint8_t c) {
  if ((uint8_t)(c - 'A') < 26) return c - 'A';
  if ((uint8_t)(c - 'a') < 26) return c - 'a' + 26;
  if ((uint8_t)(c - '0') < 10) return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  if (c == '\r' || c == '\n') return END_OF_LINE;
  return c == '=' ? PADDING : OTHER;
}

/// Only digits, line ends, and padding behind all digits, which fills up the last four.
static bool undo_base64(heard_bytes raw, uint8_t *out, size_t *length) {
  size_t count = 0, digits = 0, padding = 0;
  uint32_t bits = 0;
  for (size_t at = 0; at < raw.count; at++) {
    int digit = base64_digit(raw.bytes[at]);
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
