// memmem is no part of POSIX, so Swift does not see it.
#define _GNU_SOURCE
#include <string.h>

#include "CHeardStream.h"

size_t heard_find(const uint8_t *bytes, size_t length, const uint8_t *needle,
                  size_t needle_length) {
  if (length == 0) return length;
  const uint8_t *found = memmem(bytes, length, needle, needle_length);
  return found ? (size_t)(found - bytes) : length;
}
