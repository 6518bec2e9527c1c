// The structure of ordinary mail without an object for every field, part and stream of it.
//
// GMime makes some sixty objects of a mail with two parts, and reads every address and date in it;
// that is most of the time that a mail takes. Here places in the bytes are noted instead. Whatever is
// not as RFC 5322 and 2045 have it in their plainest form (a parameter with an escape, an enclosed
// message, a boundary that never comes, …) is left to GMime: this file reads what is easy, and a test
// compares the two. Start reading at heard_quick_read.
#include "quick.h"

#include <string.h>

typedef struct {
  heard_quick *quick;
  const uint8_t *bytes;
} reader;

/// What a block of header fields says of the content below it.
typedef struct {
  heard_bytes type;
  heard_bytes disposition;
  heard_bytes encoding;
  size_t fields;
} block;

typedef struct {
  heard_bytes charset, format, delsp, boundary, name, filename;
} parameters;

static uint8_t lower(uint8_t c) { return (uint8_t)(c - 'A') < 26 ? c | 0x20 : c; }

static bool is_white(uint8_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static bool is_word(heard_bytes text, const char *word) {
  size_t length = strlen(word);
  if (text.count != length) return false;
  for (size_t i = 0; i < length; i++) {
    if (lower(text.bytes[i]) != (uint8_t)word[i]) return false;
  }
  return true;
}

static heard_bytes trimmed(heard_bytes text) {
  while (text.count > 0 && is_white(text.bytes[0])) {
    text.bytes++;
    text.count--;
  }
  while (text.count > 0 && is_white(text.bytes[text.count - 1])) text.count--;
  return text;
}

// MARK: Header fields

/// The end of a line from `at`, without its line feed; null when there is none before `end`.
static const uint8_t *line_end(const reader *r, size_t at, size_t end) {
  return memchr(r->bytes + at, '\n', end - at);
}

/// Whether a line of a field holds what no program puts there: NULs, carriage returns in the middle.
static bool is_odd(const uint8_t *line, size_t count) {
  if (count > 0 && line[count - 1] == '\r') count--;
  return memchr(line, 0, count) || memchr(line, '\r', count);
}

static bool is_blank(const uint8_t *line, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (!is_white(line[i])) return false;
  }
  return true;
}

static bool keep_once(heard_bytes *place, heard_bytes value) {
  if (place->bytes) return false;
  *place = value;
  return true;
}

/// Reads the fields at `*at` and the empty line behind them.
static bool read_block(reader *r, size_t *at, size_t end, bool is_root, block *found) {
  memset(found, 0, sizeof *found);
  while (true) {
    if (*at >= end) return false;
    const uint8_t *line = r->bytes + *at, *stop = line_end(r, *at, end);
    if (!stop) return false;
    size_t length = (size_t)(stop - line);
    if (length == 0 || (length == 1 && line[0] == '\r')) {
      *at += length + 1;
      return found->fields > 0;
    }
    size_t name = 0;
    while (name < length && heard_is_token(line[name])) name++;
    if (name == 0 || name == length || line[name] != ':' || is_odd(line, length)) return false;
    size_t next = *at + length + 1;
    while (next < end && (r->bytes[next] == ' ' || r->bytes[next] == '\t')) {
      const uint8_t *more = r->bytes + next;
      stop = line_end(r, next, end);
      if (!stop) return false;
      size_t size = (size_t)(stop - more);
      if (is_blank(more, size) || is_odd(more, size)) return false;
      next += size + 1;
    }
    heard_header header = {{line, name}, {line + name + 1, next - *at - name - 1}};
    if (header.value.count > 8000) return false;
    if (is_root) {
      if (r->quick->header_count == HEARD_QUICK_HEADERS) return false;
      r->quick->headers[r->quick->header_count++] = header;
    }
    found->fields += 1;
    if (lower(line[0]) == 'c') {
      heard_bytes value = trimmed(header.value);
      if (is_word(header.name, "content-type")) {
        if (!keep_once(&found->type, value)) return false;
      } else if (is_word(header.name, "content-disposition")) {
        if (!keep_once(&found->disposition, value)) return false;
      } else if (is_word(header.name, "content-transfer-encoding")) {
        if (!keep_once(&found->encoding, value)) return false;
      }
    }
    *at = next;
  }
}

/// Reads `; name=value` up to the end of a value.
static bool read_parameters(heard_bytes value, size_t at, parameters *found) {
  const uint8_t *b = value.bytes;
  while (true) {
    while (at < value.count && is_white(b[at])) at++;
    if (at == value.count) return true;
    if (b[at++] != ';') return false;
    while (at < value.count && is_white(b[at])) at++;
    heard_bytes name = {b + at, 0};
    while (at < value.count && heard_is_token(b[at])) at++;
    name.count = (size_t)(b + at - name.bytes);
    if (name.count == 0 || at == value.count || b[at++] != '=') return false;
    heard_bytes text = {b + at, 0};
    if (at < value.count && b[at] == '"') {
      text.bytes = b + ++at;
      while (at < value.count && b[at] != '"') {
        if (b[at] < ' ' || b[at] > '~' || b[at] == '\\') return false;
        // The beginning of an encoded word.
        if (b[at] == '=' && at + 1 < value.count && b[at + 1] == '?') return false;
        at++;
      }
      text.count = (size_t)(b + at - text.bytes);
      if (at++ == value.count) return false;
    } else {
      while (at < value.count && heard_is_token(b[at])) at++;
      text.count = (size_t)(b + at - text.bytes);
    }
    if (text.count == 0) return false;
    heard_bytes *place = is_word(name, "charset")    ? &found->charset
                         : is_word(name, "format")   ? &found->format
                         : is_word(name, "delsp")    ? &found->delsp
                         : is_word(name, "boundary") ? &found->boundary
                         : is_word(name, "name")     ? &found->name
                         : is_word(name, "filename") ? &found->filename
                                                     : NULL;
    if (place && !keep_once(place, text)) return false;
  }
}

/// Reads `type/subtype` and what follows; the type is written in lower case.
static bool read_type(heard_bytes value, heard_bytes *type, uint8_t *room, parameters *found) {
  size_t at = 0, slashes = 0;
  while (at < value.count && (heard_is_token(value.bytes[at]) || value.bytes[at] == '/')) {
    if (at == HEARD_QUICK_TYPE) return false;
    slashes += value.bytes[at] == '/';
    room[at] = lower(value.bytes[at]);
    at++;
  }
  if (slashes != 1 || room[0] == '/' || room[at - 1] == '/') return false;
  type->bytes = room;
  type->count = at;
  return read_parameters(value, at, found);
}

static bool begins(heard_bytes text, const char *word) {
  size_t length = strlen(word);
  return text.count >= length && memcmp(text.bytes, word, length) == 0;
}

static bool read_encoding(heard_bytes value, heard_coding *coding, bool *is_plain) {
  *is_plain = !value.bytes || is_word(value, "7bit") || is_word(value, "8bit") ||
              is_word(value, "binary");
  *coding = is_word(value, "base64")             ? HEARD_CODING_BASE64
            : is_word(value, "quoted-printable") ? HEARD_CODING_QUOTED
                                                 : HEARD_CODING_NONE;
  return *is_plain || *coding != HEARD_CODING_NONE;
}

// MARK: Parts

enum { NO_BOUNDARY, OPENS, CLOSES, UNCLEAR };

/// What a line is that begins with two hyphens.
static int boundary_kind(const uint8_t *line, size_t count, heard_bytes boundary) {
  if (count < boundary.count + 2 || memcmp(line + 2, boundary.bytes, boundary.count) != 0) {
    return NO_BOUNDARY;
  }
  const uint8_t *rest = line + 2 + boundary.count;
  size_t left = count - 2 - boundary.count;
  bool closes = left >= 2 && rest[0] == '-' && rest[1] == '-';
  if (closes) {
    rest += 2;
    left -= 2;
  }
  if (!is_blank(rest, left)) return UNCLEAR;
  return closes ? CLOSES : OPENS;
}

static bool read_entity(reader *r, size_t at, size_t end, int32_t parent, uint32_t depth);

/// Reads the parts between the boundary lines of a multipart.
static bool read_parts(reader *r, size_t at, size_t end, heard_bytes boundary, int32_t parent,
                       uint32_t depth) {
  size_t part = 0;  // where the open part begins; 0 before the first
  while (at < end) {
    const uint8_t *line = r->bytes + at, *stop = line_end(r, at, end);
    size_t length = stop ? (size_t)(stop - line) : end - at;
    size_t next = stop ? at + length + 1 : end;
    if (length > 2 && line[0] == '-' && line[1] == '-') {
      int kind = boundary_kind(line, length, boundary);
      if (kind == UNCLEAR) return false;
      if (kind != NO_BOUNDARY) {
        if (part) {
          // The line end before a boundary is the boundary's. GMime takes off as many bytes as the
          // boundary's own line end has; where the two differ it decides what is left.
          size_t last = at;
          if (last > part && r->bytes[last - 1] == '\n') last--;
          bool is_crlf = last > part && r->bytes[last - 1] == '\r';
          if (is_crlf) last--;
          if (stop && is_crlf != (line[length - 1] == '\r')) return false;
          if (!read_entity(r, part, last, parent, depth)) return false;
        }
        if (kind == CLOSES) return part != 0;
        part = next;
      }
    }
    at = next;
  }
  return false;
}

/// Reads header fields and content of a part, or of the whole mail.
static bool read_entity(reader *r, size_t at, size_t end, int32_t parent, uint32_t depth) {
  heard_quick *quick = r->quick;
  if (quick->node_count == HEARD_QUICK_NODES || depth > HEARD_QUICK_DEPTH) return false;
  block fields;
  if (!read_block(r, &at, end, parent < 0, &fields)) return false;

  size_t index = quick->node_count++;
  heard_node *node = &quick->nodes[index];
  memset(node, 0, sizeof *node);
  node->parent = parent;
  node->depth = depth;
  parameters found, disposed;
  memset(&found, 0, sizeof found);
  memset(&disposed, 0, sizeof disposed);
  if (fields.type.bytes) {
    if (!read_type(fields.type, &node->type, quick->types[index], &found)) return false;
  } else {
    node->type = (heard_bytes){(const uint8_t *)"text/plain", 10};
  }
  if (fields.disposition.bytes) {
    heard_bytes value = fields.disposition, word = {value.bytes, 0};
    while (word.count < value.count && heard_is_token(value.bytes[word.count])) word.count++;
    if (word.count == 0 || !read_parameters(value, word.count, &disposed)) return false;
    node->attachment = is_word(word, "attachment");
  }
  bool is_plain;
  if (!read_encoding(fields.encoding, &quick->codings[index], &is_plain)) return false;
  node->charset = found.charset;
  node->flowed = is_word(found.format, "flowed");
  node->delsp = is_word(found.delsp, "yes");

  if (begins(node->type, "message/")) return false;
  if (begins(node->type, "multipart/")) {
    if (!found.boundary.bytes || !is_plain || is_word(node->type, "multipart/digest")) return false;
    node->kind = HEARD_NODE_MULTIPART;
    return read_parts(r, at, end, found.boundary, (int32_t)index, depth + 1);
  }
  node->kind = HEARD_NODE_LEAF;
  node->filename = disposed.filename.bytes ? disposed.filename : found.name;
  quick->contents[index] = (heard_bytes){r->bytes + at, end - at};
  return true;
}

bool heard_quick_read(heard_quick *quick, const uint8_t *bytes, size_t count) {
  reader r = {quick, bytes};
  quick->header_count = quick->node_count = 0;
  return read_entity(&r, 0, count, -1, 0);
}
