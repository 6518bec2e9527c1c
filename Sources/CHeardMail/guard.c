// Copies a mail for GMime, and leaves out what hostile mail does to it:
// - millions of boundary lines, each an object of about a kilobyte: cut after a limit;
// - a block of headers without end: its surplus lines are dropped;
// - address groups in address groups, which GMime reads by recursion until the stack is full:
//   after the first 200 colons of a header field the others become spaces.
// Line ends of bare CR are turned to LF, for then GMime would see one line.
#include "guard.h"

#include <string.h>
#include <strings.h>

enum { COLONS_PER_FIELD = 200 };

static bool contains_word(const uint8_t *line, size_t count, const char *word) {
  size_t length = strlen(word);
  for (size_t i = 0; i + length <= count; i++) {
    if ((line[i] | 0x20) == word[0] && strncasecmp((const char *)line + i, word, length) == 0) {
      return true;
    }
  }
  return false;
}

static bool is_blank(const uint8_t *line, size_t count) {
  return count == 0 || (count == 1 && line[0] == '\r');
}

size_t heard_guard_copy(const uint8_t *bytes, size_t count, heard_mail_limits limits, uint8_t *out,
                        uint32_t *flags) {
  size_t written = 0, position = 0;
  size_t boundaries = 0, header_bytes = 0, header_lines = 0, colons = 0;
  bool in_header = true, nested_message = false;
  bool bare_cr = memchr(bytes, '\n', count) == NULL && memchr(bytes, '\r', count) != NULL;
  const char end_of_line = bare_cr ? '\r' : '\n';

  while (position < count) {
    const uint8_t *line = bytes + position;
    const uint8_t *end = memchr(line, end_of_line, count - position);
    size_t length = end ? (size_t)(end - line) : count - position;
    size_t whole = end ? length + 1 : length;
    position += whole;

    if (length > 2 && line[0] == '-' && line[1] == '-') {
      if (++boundaries > limits.boundary_lines) {
        *flags |= HEARD_MAIL_CUT_PARTS;
        break;
      }
      in_header = true;
      nested_message = false;
      header_bytes = header_lines = 0;
    } else if (in_header) {
      if (is_blank(line, length)) {
        in_header = nested_message;  // the headers of an enclosed message follow at once
        nested_message = false;
        header_bytes = header_lines = 0;
      } else {
        header_bytes += whole;
        header_lines += 1;
        if (header_bytes > limits.header_bytes || header_lines > limits.header_lines) {
          *flags |= HEARD_MAIL_CUT_HEADERS;
          continue;
        }
        bool continued = line[0] == ' ' || line[0] == '\t';
        if (!continued) colons = 0;
        if (continued || (line[0] | 0x20) == 'c') {
          nested_message = nested_message || contains_word(line, length, "message/");
        }
        for (size_t i = 0; i < length; i++) {
          bool surplus = line[i] == ':' && ++colons > COLONS_PER_FIELD;
          out[written + i] = surplus ? ' ' : line[i];
          if (surplus) *flags |= HEARD_MAIL_BAD_HEADER;
        }
        if (whole > length) out[written + length] = '\n';
        written += whole;
        continue;
      }
    }
    memcpy(out + written, line, whole);
    if (bare_cr && whole > length) out[written + length] = '\n';
    written += whole;
  }
  return written;
}
