// C face of simdjson for reading one JSON record per line. No simdjson type appears here.
#ifndef C_HEARD_JSON_H
#define C_HEARD_JSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that must be readable after the end of every line given to the parser.
#define HEARD_JSON_PADDING 64

/// A parser with its reusable buffers; one per worker.
typedef struct heard_json_parser heard_json_parser;

typedef enum {
  HEARD_JSON_OK = 0,
  HEARD_JSON_INVALID = 1,     // not one complete JSON value
  HEARD_JSON_NOT_OBJECT = 2,  // JSON, but no object
  HEARD_JSON_NO_TEXT = 3,     // the text field is missing
  HEARD_JSON_TEXT_TYPE = 4,   // the text field is no string
  HEARD_JSON_ID_TYPE = 5,     // the id is neither string nor number nor null
  HEARD_JSON_UTF8 = 6,        // invalid UTF-8, or an escape that is half a surrogate pair
  HEARD_JSON_MEMORY = 7
} heard_json_status;

/// The fields of one record; pointers hold until the next call with the same parser.
typedef struct {
  const uint8_t *text;  // unescaped UTF-8
  size_t text_length;
  const uint8_t *id;  // as it stands in the line, JSON; NULL when missing or null
  size_t id_length;
  const char *detail;  // simdjson's own words for an error, or NULL
} heard_json_record;

/// Makes a parser; NULL when memory is out.
heard_json_parser *heard_json_open(void);

/// Frees a parser.
void heard_json_close(heard_json_parser *parser);

/// Reads one line. `line` must be followed by HEARD_JSON_PADDING readable bytes.
heard_json_status heard_json_read(heard_json_parser *parser, const uint8_t *line, size_t length,
                                  const char *text_key, size_t text_key_length,
                                  const char *id_key, size_t id_key_length,
                                  heard_json_record *record);

/// A field that is wanted: its name, or the names of the objects around it and its own between
/// full stops. A field whose name holds the full stops itself is found as well.
typedef struct {
  const char *name;
  size_t length;
} heard_json_path;

/// What was found for a path.
typedef enum {
  HEARD_JSON_MISSING = 0,  // not there, or null
  HEARD_JSON_TEXT = 1,
  HEARD_JSON_NUMERIC = 2,
  HEARD_JSON_OTHER = 3  // an object, an array or a truth value
} heard_json_found_kind;

typedef struct {
  heard_json_found_kind kind;
  const uint8_t *text;  // unescaped UTF-8 of a text, the digits of a number
  size_t text_length;
  const uint8_t *raw;  // as it stands in the line, JSON
  size_t raw_length;
} heard_json_found;

/// Looks for up to 32 paths in one line. `line` must be followed by HEARD_JSON_PADDING readable
/// bytes. What was found holds until the next call with the same parser.
heard_json_status heard_json_select(heard_json_parser *parser, const uint8_t *line, size_t length,
                                    const heard_json_path *paths, size_t count,
                                    heard_json_found *found, const char **detail);

typedef enum {
  HEARD_JSON_STRING = 0,
  HEARD_JSON_NUMBER = 1,
  HEARD_JSON_TRUE = 2,
  HEARD_JSON_FALSE = 3,
  HEARD_JSON_NULL = 4
} heard_json_kind;

/// One scalar of a record: `{"labels": {"a": true}, "tags": ["x"]}` has `labels.a` and `tags`.
/// Elements of an array carry the path of the array.
typedef struct {
  const uint8_t *path;
  size_t path_length;
  const uint8_t *value;  // unescaped UTF-8 of a string; NULL for others
  size_t length;
  double number;
  heard_json_kind kind;
} heard_json_field;

/// Reads every scalar of one line, to a depth of 8 objects and arrays; what lies deeper is skipped.
/// `line` must be followed by HEARD_JSON_PADDING readable bytes. Fields hold until the next call
/// with the same parser. `detail` becomes simdjson's own words for an error.
heard_json_status heard_json_fields(heard_json_parser *parser, const uint8_t *line, size_t length,
                                    const heard_json_field **fields, size_t *count,
                                    const char **detail);

#ifdef __cplusplus
}
#endif
#endif
