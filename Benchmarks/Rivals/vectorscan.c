// Every occurrence of every keyword, by Vectorscan's literal matcher, a line at a time.
//   vectorscan TEXTS KEYWORDS
#include <hs/hs.h>

#include "rival.h"

static int count(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                 void *found) {
  (void)id, (void)from, (void)to, (void)flags;
  ++*(unsigned long long *)found;
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 3) fail("usage: vectorscan TEXTS KEYWORDS", "vectorscan");
  Text texts = text_of(argv[1]), words = text_of(argv[2]);
  size_t room = 1024, number = 0;
  const char **literals = malloc(room * sizeof *literals);
  size_t *lengths = malloc(room * sizeof *lengths);
  for (size_t at = 0; at < words.size;) {
    if (number == room) {
      room *= 2;
      literals = realloc(literals, room * sizeof *literals);
      lengths = realloc(lengths, room * sizeof *lengths);
    }
    literals[number] = words.bytes + at;
    lengths[number] = line_length(&words, at);
    at += lengths[number++] + 1;
  }
  unsigned *flags = calloc(number, sizeof *flags), *ids = malloc(number * sizeof *ids);
  for (size_t i = 0; i < number; i++) ids[i] = (unsigned)i;
  hs_database_t *database = NULL;
  hs_compile_error_t *error = NULL;
  if (hs_compile_lit_multi(literals, flags, ids, lengths, (unsigned)number, HS_MODE_BLOCK, NULL,
                           &database, &error) != HS_SUCCESS)
    fail(error->message, "hs_compile_lit_multi");
  hs_scratch_t *scratch = NULL;
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) fail("no memory", "hs_alloc_scratch");

  double started = cpu_seconds();
  unsigned long long found = 0, lines = 0;
  for (size_t at = 0; at < texts.size; lines++) {
    size_t length = line_length(&texts, at);
    if (hs_scan(database, texts.bytes + at, (unsigned)length, 0, scratch, count, &found) !=
        HS_SUCCESS)
      fail("scanning failed", "hs_scan");
    at += length + 1;
  }
  printf("{\"lines\":%llu,\"found\":%llu,\"seconds\":%f}\n", lines, found,
         cpu_seconds() - started);
}
