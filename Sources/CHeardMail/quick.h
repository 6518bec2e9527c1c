// Inner face of quick.c and quick_values.c.
#ifndef HEARD_QUICK_H
#define HEARD_QUICK_H
#include "CHeardMail.h"

static inline bool heard_is_alnum(uint8_t c) {
  return (uint8_t)((c | 0x20) - 'a') < 26 || (uint8_t)(c - '0') < 10;
}

/// Letters that stand in names and values without quotation marks, and mean nothing else.
static inline bool heard_is_token(uint8_t c) {
  return heard_is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '+';
}

enum {
  HEARD_QUICK_HEADERS = 128,
  HEARD_QUICK_NODES = 32,
  HEARD_QUICK_DEPTH = 8,
  HEARD_QUICK_TYPE = 64,
};

typedef enum { HEARD_CODING_NONE, HEARD_CODING_QUOTED, HEARD_CODING_BASE64 } heard_coding;

/// The structure of an ordinary mail: places in its bytes.
typedef struct {
  size_t header_count;
  heard_header headers[HEARD_QUICK_HEADERS];
  size_t node_count;
  heard_node nodes[HEARD_QUICK_NODES];
  /// Of leaves: what stands in the mail, and how it is encoded.
  heard_bytes contents[HEARD_QUICK_NODES];
  heard_coding codings[HEARD_QUICK_NODES];
  uint8_t types[HEARD_QUICK_NODES][HEARD_QUICK_TYPE];
} heard_quick;

/// Reads the structure of a mail; false when there is anything about it that is not ordinary, and
/// then nothing in `quick` is to be used.
bool heard_quick_read(heard_quick *quick, const uint8_t *bytes, size_t count);
/// Undoes a transfer encoding that is written as nearly every program writes it; false for any other,
/// and then nothing in `out` is to be used. `out` has room for what is encoded; null when only the
/// length is asked for.
bool heard_quick_decode(heard_coding coding, heard_bytes raw, uint8_t *out, size_t *length);
/// Reads a Date value as nearly every program writes it; false for any other.
bool heard_quick_date(const uint8_t *bytes, size_t count, int64_t *seconds);
/// Reads one mailbox as nearly every program writes it, `a@b`, `<a@b>` or `Words <a@b>`; false for
/// any other.
bool heard_quick_mailbox(const uint8_t *bytes, size_t count, heard_bytes *name, heard_bytes *address);
#endif
