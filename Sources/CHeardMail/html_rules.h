// What HTML elements mean for the text of a mail. To teach heard another mail program's way of
// marking a quotation or a signature, add a line to the tables of html_rules.c.
#ifndef HEARD_HTML_RULES_H
#define HEARD_HTML_RULES_H
#include "CHeardMail.h"

/// What one open element means, with what it takes over from the elements around it.
typedef struct {
  bool hidden;        // left out with everything in it
  bool preformatted;  // white space counts
  bool block;         // on lines of its own
  bool paragraph;     // and an empty line around it
  bool line_break;
  bool cell;
  bool item;
  uint32_t kind;         // HEARD_HTML_…
  uint32_t starts_rest;  // what everything after this element is
} html_meaning;

html_meaning html_meaning_of(const html_meaning *outer, const char *name,
                             const char *const *attributes);

/// Bytes of the white space at the start (a no-break space counts), 0 when there is none.
size_t html_space(const char *bytes, size_t count);

/// Reads a page without structure: `emit` gets words (bytes), white space (null), line ends.
void html_flat_text(const uint8_t *bytes, size_t count, void *context,
                    void (*emit)(void *context, const char *bytes, size_t count, bool line));
#endif
