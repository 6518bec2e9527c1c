// The structure of a mail, by GMime: header fields, a flat list of the tree of parts, and decoded
// contents on demand. Start reading at heard_mail_open.
#include "CHeardMail.h"
#include "gmime_library.h"
#include "guard.h"
#include "quick.h"

#include <stdlib.h>
#include <string.h>

/// A mail is read by quick.c or by GMime; what is of the one is null with the other.
struct heard_mail {
  heard_quick *quick;
  uint8_t *copy; // of the bytes, for `quick`
  uint8_t *decoded; // what was asked for last
  size_t decoded_room;
  GMimeMessage *message;
  GArray *nodes;    // of heard_node
  GPtrArray *parts; // GMimeObject beside each node; the message owns them
  GPtrArray *strings;
  GPtrArray *headers; // of GMimeHeader, in the order of the mail
  uint32_t flags;
  size_t node_limit;
  bool nodes_cut;
};

static void note(gint64 offset, GMimeParserWarning kind, const gchar *item, gpointer context) {
  (void)offset;
  (void)item;
  heard_mail *mail = context;
  switch (kind) {
  case GMIME_WARN_TRUNCATED_MESSAGE: mail->flags |= HEARD_MAIL_TRUNCATED_MULTIPART; break;
  case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY: mail->flags |= HEARD_MAIL_NO_BOUNDARY; break;
  case GMIME_CRIT_NESTING_OVERFLOW: mail->flags |= HEARD_MAIL_NESTING_OVERFLOW; break;
  case GMIME_CRIT_INVALID_HEADER_NAME: mail->flags |= HEARD_MAIL_BAD_HEADER; break;
  case GMIME_WARN_INVALID_CONTENT_TYPE: mail->flags |= HEARD_MAIL_BAD_CONTENT_TYPE; break;
  case GMIME_WARN_MALFORMED_MULTIPART: mail->flags |= HEARD_MAIL_EMPTY_MULTIPART; break;
  default: break;
  }
}

static heard_bytes bytes_of(const char *text) {
  heard_bytes bytes = {(const uint8_t *)text, text ? strlen(text) : 0};
  return bytes;
}

/// Keeps a GLib string until the mail is closed.
static heard_bytes keep(heard_mail *mail, char *text) {
  if (text) g_ptr_array_add(mail->strings, text);
  return bytes_of(text);
}

static bool is_yes(const char *value) { return value && g_ascii_strcasecmp(value, "yes") == 0; }

static void describe(heard_mail *mail, heard_node *node, GMimeObject *object) {
  GMimeContentType *type = g_mime_object_get_content_type(object);
  if (type) {
    char *name = g_mime_content_type_get_mime_type(type);
    for (char *at = name; at && *at; at++) {
      if (*at >= 'A' && *at <= 'Z') *at |= 0x20;
    }
    node->type = keep(mail, name);
    // RFC 2045 5.2: a type without subtype is text.
    GMimeHeader *header =
        g_mime_header_list_get_header(g_mime_object_get_header_list(object), "Content-Type");
    const char *raw = header ? g_mime_header_get_raw_value(header) : NULL;
    if (raw && !strchr(raw, '/')) node->type = bytes_of("text/plain");
    node->charset = bytes_of(g_mime_content_type_get_parameter(type, "charset"));
    const char *format = g_mime_content_type_get_parameter(type, "format");
    node->flowed = format && g_ascii_strcasecmp(format, "flowed") == 0;
    node->delsp = is_yes(g_mime_content_type_get_parameter(type, "delsp"));
  }
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(object);
  if (disposition) {
    const char *word = g_mime_content_disposition_get_disposition(disposition);
    node->attachment = word && g_ascii_strcasecmp(word, "attachment") == 0;
  }
  if (GMIME_IS_PART(object)) node->filename = bytes_of(g_mime_part_get_filename((GMimePart *)object));
}

/// Adds a node and its children. GMime nests at most 1,024 deep, so recursion is bounded.
static void add(heard_mail *mail, GMimeObject *object, int32_t parent, uint32_t depth) {
  if (!object) return;
  if (mail->nodes->len >= mail->node_limit) {
    mail->nodes_cut = true;
    return;
  }
  heard_node node;
  memset(&node, 0, sizeof node);
  node.parent = parent;
  node.depth = depth;
  node.kind = HEARD_NODE_LEAF;
  if (GMIME_IS_MULTIPART(object)) node.kind = HEARD_NODE_MULTIPART;
  if (GMIME_IS_MESSAGE_PART(object)) node.kind = HEARD_NODE_MESSAGE;
  describe(mail, &node, object);

  GMimeMessage *enclosed = NULL;
  if (node.kind == HEARD_NODE_MESSAGE) {
    enclosed = g_mime_message_part_get_message((GMimeMessagePart *)object);
    if (enclosed) {
      GMimeHeader *subject = g_mime_header_list_get_header(
          g_mime_object_get_header_list((GMimeObject *)enclosed), "Subject");
      if (subject) node.subject = bytes_of(g_mime_header_get_raw_value(subject));
    }
  }
  int32_t index = (int32_t)mail->nodes->len;
  g_array_append_val(mail->nodes, node);
  g_ptr_array_add(mail->parts, object);

  if (node.kind == HEARD_NODE_MULTIPART) {
    GMimeMultipart *multipart = (GMimeMultipart *)object;
    int count = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < count && !mail->nodes_cut; i++) {
      add(mail, g_mime_multipart_get_part(multipart, i), index, depth + 1);
    }
  } else if (enclosed) {
    add(mail, g_mime_message_get_mime_part(enclosed), index, depth + 1);
  }
}

static gint by_offset(gconstpointer a, gconstpointer b) {
  gint64 first = g_mime_header_get_offset(*(GMimeHeader *const *)a);
  gint64 second = g_mime_header_get_offset(*(GMimeHeader *const *)b);
  return first < second ? -1 : first > second;
}

/// GMime keeps the Content-… fields with the first part and the others with the message: one list
/// again, in the order of the mail.
static void collect_headers(heard_mail *mail) {
  GMimeObject *owners[2] = {(GMimeObject *)mail->message,
                            g_mime_message_get_mime_part(mail->message)};
  for (int owner = 0; owner < 2; owner++) {
    if (!owners[owner]) continue;
    GMimeHeaderList *list = g_mime_object_get_header_list(owners[owner]);
    int count = g_mime_header_list_get_count(list);
    for (int i = 0; i < count; i++) {
      g_ptr_array_add(mail->headers, g_mime_header_list_get_header_at(list, i));
    }
  }
  g_ptr_array_sort(mail->headers, by_offset);
}

/// Has GMime read a mail; null when it finds no header field.
static heard_mail *read_by_gmime(heard_mail *mail, uint8_t *bytes, size_t length,
                                 size_t node_limit) {
  heard_mail_start();
  // GLib's memory is the system's (g_malloc, since 2.46).
  GByteArray *copy = g_byte_array_new_take(bytes, length);
  mail->node_limit = node_limit;
  mail->nodes = g_array_new(FALSE, FALSE, sizeof(heard_node));
  mail->parts = g_ptr_array_new();
  mail->strings = g_ptr_array_new_with_free_func(g_free);
  mail->headers = g_ptr_array_new();

  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(copy);
  g_mime_stream_mem_set_owner((GMimeStreamMem *)stream, TRUE);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeParserOptions *options = g_mime_parser_options_new();
  g_mime_parser_options_set_warning_callback(options, note, mail);
  mail->message = g_mime_parser_construct_message(parser, options);
  g_mime_parser_options_free(options);
  g_object_unref(parser);
  g_object_unref(stream);

  if (!mail->message) {
    heard_mail_close(mail);
    return NULL;
  }
  collect_headers(mail);
  add(mail, g_mime_message_get_mime_part(mail->message), -1, 0);
  return mail;
}

/// Memory, without which nothing goes on, as with GLib's.
static void *allocate(size_t count) {
  void *memory = malloc(count);
  if (!memory) abort();
  return memory;
}

heard_mail *heard_mail_open(const uint8_t *bytes, size_t count, heard_mail_limits limits,
                            size_t node_limit, bool only_gmime) {
  heard_mail *mail = allocate(sizeof *mail);
  memset(mail, 0, sizeof *mail);
  uint8_t *copy = allocate(count + 2);
  size_t length = heard_guard_copy(bytes, count, limits, copy, &mail->flags);

  // What the guard had to change is no ordinary mail.
  if (!only_gmime && mail->flags == 0 && node_limit >= HEARD_QUICK_NODES) {
    mail->quick = allocate(sizeof *mail->quick);
    if (heard_quick_read(mail->quick, copy, length)) {
      mail->copy = copy;
      return mail;
    }
    free(mail->quick);
    mail->quick = NULL;
  }
  return read_by_gmime(mail, copy, length, node_limit);
}

void heard_mail_close(heard_mail *mail) {
  if (!mail) return;
  if (mail->message) g_object_unref(mail->message);
  if (mail->nodes) g_array_free(mail->nodes, TRUE);
  if (mail->parts) g_ptr_array_free(mail->parts, TRUE);
  if (mail->strings) g_ptr_array_free(mail->strings, TRUE);
  if (mail->headers) g_ptr_array_free(mail->headers, TRUE);
  free(mail->decoded);
  free(mail->copy);
  free(mail->quick);
  free(mail);
}

uint32_t heard_mail_flags(const heard_mail *mail) { return mail->flags; }

bool heard_mail_is_quick(const heard_mail *mail) { return mail->quick != NULL; }

size_t heard_mail_header_count(const heard_mail *mail) {
  return mail->quick ? mail->quick->header_count : mail->headers->len;
}

heard_header heard_mail_header(const heard_mail *mail, size_t index) {
  heard_header header = {{NULL, 0}, {NULL, 0}};
  if (mail->quick) return index < mail->quick->header_count ? mail->quick->headers[index] : header;
  if (index < mail->headers->len) {
    GMimeHeader *found = g_ptr_array_index(mail->headers, index);
    header.name = bytes_of(g_mime_header_get_name(found));
    header.value = bytes_of(g_mime_header_get_raw_value(found));
  }
  return header;
}

size_t heard_mail_node_count(const heard_mail *mail) {
  return mail->quick ? mail->quick->node_count : mail->nodes->len;
}
bool heard_mail_nodes_cut(const heard_mail *mail) { return mail->nodes_cut; }

const heard_node *heard_mail_node(const heard_mail *mail, size_t index) {
  if (mail->quick) return index < mail->quick->node_count ? &mail->quick->nodes[index] : NULL;
  return index < mail->nodes->len ? &g_array_index(mail->nodes, heard_node, index) : NULL;
}

/// The bytes of a leaf as they stand in the mail, still transfer-encoded. Parsed from memory, a
/// part's stream is a window on our own copy, so nothing is copied here.
static heard_bytes encoded(heard_mail *mail, size_t index, GMimeContentEncoding *encoding) {
  heard_bytes none = {NULL, 0};
  if (mail->quick) {
    if (index >= mail->quick->node_count) return none;
    if (mail->quick->nodes[index].kind != HEARD_NODE_LEAF) return none;
    heard_coding coding = mail->quick->codings[index];
    *encoding = coding == HEARD_CODING_BASE64   ? GMIME_CONTENT_ENCODING_BASE64
                : coding == HEARD_CODING_QUOTED ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
                                                : GMIME_CONTENT_ENCODING_DEFAULT;
    return mail->quick->contents[index];
  }
  if (index >= mail->parts->len) return none;
  GMimeObject *object = g_ptr_array_index(mail->parts, index);
  if (!GMIME_IS_PART(object)) return none;
  GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *)object);
  if (!content) return none;
  *encoding = g_mime_data_wrapper_get_encoding(content);
  GMimeStream *stream = g_mime_data_wrapper_get_stream(content);
  if (!GMIME_IS_STREAM_MEM(stream)) return none;
  GByteArray *array = g_mime_stream_mem_get_byte_array((GMimeStreamMem *)stream);
  if (!array) return none;
  gint64 from = stream->bound_start;
  gint64 to = stream->bound_end < 0 ? (gint64)array->len : stream->bound_end;
  if (from < 0 || to > (gint64)array->len || from > to) return none;
  heard_bytes bytes = {array->data + from, (size_t)(to - from)};
  return bytes;
}

static bool is_coded(GMimeContentEncoding encoding) {
  return encoding == GMIME_CONTENT_ENCODING_BASE64 ||
         encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
         encoding == GMIME_CONTENT_ENCODING_UUENCODE;
}

/// How much padding a base64 text lacks; without it the decoder keeps the last letters to itself.
static size_t missing_padding(heard_bytes raw) {
  size_t digits = 0;
  for (size_t i = 0; i < raw.count; i++) {
    uint8_t c = raw.bytes[i];
    digits += (uint8_t)((c | 0x20) - 'a') < 26 || (uint8_t)(c - '0') < 10 || c == '+' || c == '/' ||
              c == '=';
  }
  return digits % 4 >= 2 ? 4 - digits % 4 : 0;
}

/// Memory for what is decoded; what was in it is gone.
static uint8_t *room_for(heard_mail *mail, size_t count) {
  if (mail->decoded_room < count) {
    free(mail->decoded);
    mail->decoded = allocate(count);
    mail->decoded_room = count;
  }
  return mail->decoded;
}

/// Undoes a transfer encoding in whatever form; returns how much it gives in `decoded`.
static size_t decode_by_gmime(heard_mail *mail, heard_bytes raw, GMimeContentEncoding encoding) {
  heard_mail_start();
  GMimeEncoding state;
  g_mime_encoding_init_decode(&state, encoding);
  char *out = (char *)room_for(mail, g_mime_encoding_outlen(&state, raw.count) + 16);
  size_t length = g_mime_encoding_step(&state, (const char *)raw.bytes, raw.count, out);
  size_t missing = encoding == GMIME_CONTENT_ENCODING_BASE64 ? missing_padding(raw) : 0;
  return length + g_mime_encoding_flush(&state, "==", missing, out + length);
}

heard_bytes heard_mail_content(heard_mail *mail, size_t index, size_t limit, bool *cut) {
  GMimeContentEncoding encoding = GMIME_CONTENT_ENCODING_DEFAULT;
  heard_bytes raw = encoded(mail, index, &encoding);
  // Encoded text is at most about four times (quoted-printable: =XX and a soft break) its result.
  size_t room = !is_coded(encoding) ? limit : limit > SIZE_MAX / 4 - 64 ? SIZE_MAX : limit * 4 + 64;
  *cut = raw.count > room;
  if (*cut) raw.count = room;
  if (!is_coded(encoding)) return raw;
  size_t length;
  // What quick_content.c gives is never longer than what it is given.
  if (!mail->quick ||
      !heard_quick_decode(mail->quick->codings[index], raw, room_for(mail, raw.count), &length)) {
    length = decode_by_gmime(mail, raw, encoding);
  }
  if (length > limit) {
    length = limit;
    *cut = true;
  }
  heard_bytes content = {mail->decoded, length};
  return content;
}

size_t heard_mail_content_size(heard_mail *mail, size_t index) {
  GMimeContentEncoding encoding = GMIME_CONTENT_ENCODING_DEFAULT;
  heard_bytes raw = encoded(mail, index, &encoding);
  if (!is_coded(encoding)) return raw.count;
  size_t length;
  if (mail->quick && heard_quick_decode(mail->quick->codings[index], raw, NULL, &length)) {
    return length;
  }
  heard_mail_start();
  GMimeEncoding state;
  g_mime_encoding_init_decode(&state, encoding);
  char out[16 * 1024 + 64];
  size_t total = 0;
  while (raw.count > 0) {
    size_t step = raw.count < 8 * 1024 ? raw.count : 8 * 1024;
    total += g_mime_encoding_step(&state, (const char *)raw.bytes, step, out);
    raw.bytes += step;
    raw.count -= step;
  }
  return total;
}
