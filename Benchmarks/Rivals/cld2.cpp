// The language of every line, by CLD2: nl, pl, en or und (everything else), a line each.
//   cld2 TEXTS LANGUAGES
#include "rival.h"

// Behind <stdio.h>, which it needs and does not ask for.
#include <cld2/public/compact_lang_det.h>

int main(int argc, char **argv) {
  if (argc != 3) fail("usage: cld2 TEXTS LANGUAGES", "cld2");
  Text texts = text_of(argv[1]);
  FILE *out = fopen(argv[2], "w");
  if (!out) fail("cannot be written", argv[2]);
  double started = cpu_seconds();
  unsigned long long lines = 0;
  for (size_t at = 0; at < texts.size; lines++) {
    size_t length = line_length(&texts, at);
    bool reliable = false;
    CLD2::Language language =
        CLD2::DetectLanguage(texts.bytes + at, static_cast<int>(length), true, &reliable);
    fprintf(out, "%s\n",
            language == CLD2::DUTCH     ? "nl"
            : language == CLD2::POLISH  ? "pl"
            : language == CLD2::ENGLISH ? "en"
                                        : "und");
    at += length + 1;
  }
  fclose(out);
  printf("{\"lines\":%llu,\"seconds\":%f}\n", lines, cpu_seconds() - started);
}
