// Copies a mail for GMime, and leaves out what hostile mail does to it:
// - millions of boundary lines, each an object of about a kilobyte: cut after a limit (part_fields.c
//   says which lines are boundaries: signatures and rules in a text are none);
// - a block of headers without end: its surplus lines are dropped;
// - a second Content-Type in one block is dropped;
// - address groups in address groups, which GMime reads by recursion until the stack is full:
//   after the first 200 colons of a header field the others become spaces.
// Line ends of bare CR are turned to LF, for then GMime would see one line; and where the empty
// line before the text is missing, it is put in.
#include "guard.h"
#include "part_fields.h"

#include <string.h>
#include <strings.h>

enum { COLONS_PER_FIELD = 200 };

static bool is_blank(const uint8_t *line, size_t count) {
  return count == 0 || (count == 1 && line[0] == '\r');
}

/// Whether a line is a header field: a name without spaces and a colon (perhaps a space before it).
static bool is_field(const uint8_t *line, size_t count) {
  size_t i = 0;
  while (i < count && line[i] > ' ' && line[i] < 0x7F && line[i] != ':') i++;
  if (i == 0) return false;
  while (i < count && (line[i] == ' ' || line[i] == '\t')) i++;
  return i < count && line[i] == ':';
}

static bool is_continued(const uint8_t *line, size_t count) {
  return count > 0 && (line[0] == ' ' || line[0] == '\t');
}

size_t heard_guard_copy(const uint8_t *bytes, size_t count, heard_mail_limits limits, uint8_t *out,
                        uint32_t *flags) {
  size_t written = 0, position = 0;
  size_t boundaries = 0, header_bytes = 0, header_lines = 0, colons = 0, fields = 0;
  bool in_header = true, in_type = true, has_type = false, dropping = false;
  bool has_inserted = false;
  heard_part_fields parts;
  memset(&parts, 0, sizeof parts);
  bool bare_cr = memchr(bytes, '\n', count) == NULL && memchr(bytes, '\r', count) != NULL;
  const char end_of_line = bare_cr ? '\r' : '\n';

  while (position < count) {
    const uint8_t *line = bytes + position;
    const uint8_t *end = memchr(line, end_of_line, count - position);
    size_t length = end ? (size_t)(end - line) : count - position;
    size_t whole = end ? length + 1 : length;
    position += whole;

    heard_boundary boundary = HEARD_NO_BOUNDARY;
    if (length >= 2 && line[0] == '-' && line[1] == '-') {
      boundary = heard_part_fields_match(&parts, line, length);
    }
    bool opens = boundary == HEARD_BOUNDARY_OPENS;
    if (boundary != HEARD_NO_BOUNDARY) {
      if (++boundaries > limits.boundary_lines) {
        *flags |= HEARD_MAIL_CUT_PARTS;
        break;
      }
      in_header = false;
    } else if (in_header && is_blank(line, length)) {
      opens = parts.encloses;  // the headers of an enclosed message follow at once
      in_header = false;
    } else if (in_header) {
      header_bytes += whole;
      header_lines += 1;
      if (header_bytes > limits.header_bytes || header_lines > limits.header_lines) {
        *flags |= HEARD_MAIL_CUT_HEADERS;
        continue;
      }
      bool continued = is_continued(line, length);
      if (continued && dropping) continue;
      dropping = false;
      if (!continued) {
        colons = 0;
        bool is_named = is_field(line, length);
        in_type = !is_named || strncasecmp((const char *)line, "content-type", 12) == 0;
        if (is_named) {
          fields += 1;
          if (length > 13 && strncasecmp((const char *)line, "content-type:", 13) == 0) {
            // GMime would take the last of several; programs that show mail take the first.
            if (has_type) {
              *flags |= HEARD_MAIL_BAD_HEADER;
              dropping = true;
              continue;
            }
            has_type = true;
          }
        } else if (fields > 0 && !has_inserted && !parts.encloses) {
          // Not a field and none follows: somebody forgot the empty line. (Behind it, the fields of
          // an enclosed message would begin.)
          const uint8_t *next = bytes + position;
          const uint8_t *next_end = memchr(next, end_of_line, count - position);
          size_t next_length = next_end ? (size_t)(next_end - next) : count - position;
          if (!is_field(next, next_length) && !is_continued(next, next_length)) {
            *flags |= HEARD_MAIL_BAD_HEADER;
            out[written++] = '\n';
            has_inserted = true;  // there is room for one byte more, and it is the first block's
            in_header = false;
          }
        }
      }
      if (in_header) {
        if (in_type) heard_part_fields_read(&parts, line, length, continued);
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
    if (opens) {
      in_header = in_type = true;
      parts.encloses = has_type = dropping = false;
      header_bytes = header_lines = fields = 0;
    }
    memcpy(out + written, line, whole);
    if (bare_cr && whole > length) out[written + length] = '\n';
    written += whole;
  }
  return written;
}
