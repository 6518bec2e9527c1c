// Which lines of a mail are boundaries, by what its header fields say, for the guard.
//
// GMime must find no boundary that is not found here, or the guard would not count it. So only
// boundaries in their plainest form are noted; after any other (escaped, in pieces, encoded,
// folded, one too many) every line that begins with two hyphens counts as one.
#include "part_fields.h"

#include <string.h>
#include <strings.h>

enum { LONGEST = 200 };

static bool is_white(uint8_t c) { return c == ' ' || c == '\t' || c == '\r'; }

static size_t after_white(const uint8_t *line, size_t count, size_t at) {
  while (at < count && is_white(line[at])) at++;
  return at;
}

/// Offset behind a word (given in lower case) from `at` on; 0 when it is not there.
static size_t behind_word(const uint8_t *line, size_t count, size_t at, const char *word) {
  size_t length = strlen(word);
  for (; at + length <= count; at++) {
    if ((line[at] | 0x20) == word[0] &&
        strncasecmp((const char *)line + at, word, length) == 0) {
      return at + length;
    }
  }
  return 0;
}

/// Whether a line holds what GMime may leave out of it, so that the word around it is another.
static bool has_controls(const uint8_t *line, size_t count) {
  if (count > 0 && line[count - 1] == '\r') count--;
  for (size_t i = 0; i < count; i++) {
    if (line[i] < ' ' && line[i] != '\t') return true;
  }
  return false;
}

static bool has_encoded_word(const uint8_t *line, size_t count) {
  for (size_t i = 0; i + 1 < count; i++) {
    if (line[i] == '=' && line[i + 1] == '?') return true;
  }
  return false;
}

/// Notes the value at `at`, behind the equals sign; false when it is not of the plainest form.
static bool note_boundary(heard_part_fields *fields, const uint8_t *line, size_t count,
                          size_t at) {
  at = after_white(line, count, at);
  bool is_quoted = at < count && line[at] == '"';
  if (is_quoted) at++;
  size_t from = at;
  while (at < count && line[at] >= ' ' && line[at] <= '~' && line[at] != '"' && line[at] != '\\' &&
         // The guard turns colons beyond some into spaces.
         line[at] != ':' && (is_quoted || (line[at] != ';' && line[at] != '(' && line[at] != ' '))) {
    at++;
  }
  heard_bytes value = {line + from, at - from};
  if (value.count == 0 || value.count > LONGEST || is_white(value.bytes[value.count - 1])) {
    return false;
  }
  if (is_quoted) {
    if (at == count || line[at] != '"') return false;
  } else {
    at = after_white(line, count, at);
    fields->is_open = at == count;
    if (at < count && line[at] != ';') return false;
  }
  if (fields->count == HEARD_BOUNDARIES) return false;
  fields->boundaries[fields->count++] = value;
  return true;
}

void heard_part_fields_read(heard_part_fields *fields, const uint8_t *line, size_t count,
                            bool continued) {
  if (!continued) fields->in_multipart = fields->is_open = false;
  if (has_controls(line, count)) fields->any = fields->encloses = true;
  if (fields->is_open) {
    size_t at = after_white(line, count, 0);
    if (at == count || line[at] != ';') fields->any = true;
    fields->is_open = false;
  }
  for (size_t at = 0; (at = behind_word(line, count, at, "message"));) {
    size_t next = after_white(line, count, at);
    // GMime allows spaces and comments here.
    if (next == count || line[next] == '/' || line[next] == '(') fields->encloses = true;
  }
  if (behind_word(line, count, 0, "multipart")) fields->in_multipart = true;
  if (!fields->in_multipart) return;
  // The messages in a digest need no field that says so.
  if (behind_word(line, count, 0, "digest") || has_encoded_word(line, count)) fields->any = true;
  for (size_t at = 0; (at = behind_word(line, count, at, "boundary"));) {
    size_t next = after_white(line, count, at);
    if (next == count || line[next] == '*' || line[next] == '(') {
      fields->any = true;
    } else if (line[next] == '=' && !note_boundary(fields, line, count, next + 1)) {
      fields->any = true;
    }
  }
}

heard_boundary heard_part_fields_match(const heard_part_fields *fields, const uint8_t *line,
                                       size_t count) {
  if (fields->any) return HEARD_BOUNDARY_OPENS;
  heard_boundary found = HEARD_NO_BOUNDARY;
  for (size_t i = 0; i < fields->count; i++) {
    heard_bytes value = fields->boundaries[i];
    if (count - 2 < value.count || memcmp(line + 2, value.bytes, value.count) != 0) continue;
    size_t at = 2 + value.count;
    bool closes = count - at >= 2 && line[at] == '-' && line[at + 1] == '-' &&
                  after_white(line, count, at + 2) == count;
    // What closes one may open another, whose name is longer.
    if (!closes) return HEARD_BOUNDARY_OPENS;
    found = HEARD_BOUNDARY_CLOSES;
  }
  return found;
}
