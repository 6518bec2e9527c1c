// What the rivals in C and C++ share: a text in memory, its lines, CPU seconds.
#ifndef RIVAL_H
#define RIVAL_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  char *bytes;
  size_t size;
} Text;

static inline void fail(const char *what, const char *where) {
  fprintf(stderr, "%s: %s\n", where, what);
  exit(70);
}

/// All bytes of a file, with a zero behind them.
static inline Text text_of(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) fail("cannot be opened", path);
  fseek(file, 0, SEEK_END);
  Text text;
  text.size = (size_t)ftell(file);
  rewind(file);
  text.bytes = (char *)malloc(text.size + 1);
  if (!text.bytes || fread(text.bytes, 1, text.size, file) != text.size)
    fail("cannot be read", path);
  text.bytes[text.size] = 0;
  fclose(file);
  return text;
}

/// The length of the line that begins at `at`, without its end.
static inline size_t line_length(const Text *text, size_t at) {
  const char *end = (const char *)memchr(text->bytes + at, '\n', text->size - at);
  return end ? (size_t)(end - (text->bytes + at)) : text->size - at;
}

static inline double cpu_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/// FNV-1a, without white space, as heard-stages makes it.
static inline uint64_t fingerprint(const unsigned char *bytes, size_t size) {
  uint64_t value = 0xCBF29CE484222325u;
  for (size_t i = 0; i < size; i++)
    if (bytes[i] > 0x20) value = (value ^ bytes[i]) * 0x100000001B3u;
  return value;
}

#endif
