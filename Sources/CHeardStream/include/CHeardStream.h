// C face of zlib and zstd for reading compressed streams. No type of either library appears here.
#ifndef C_HEARD_STREAM_H
#define C_HEARD_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A stream being decompressed, member after member.
typedef struct heard_stream heard_stream;

typedef enum {
  HEARD_STREAM_GZIP = 0,
  HEARD_STREAM_ZSTD = 1
} heard_stream_form;

typedef enum {
  HEARD_STREAM_OK = 0,       // went on; call again
  HEARD_STREAM_BETWEEN = 1,  // a member (gzip) or frame (zstd) has just ended
  HEARD_STREAM_DAMAGED = 2,  // what comes in is no such stream, or its checksum is wrong
  HEARD_STREAM_MEMORY = 3    // the stream needs more memory than it is given
} heard_stream_status;

/// Starts a stream; NULL when memory is out.
heard_stream *heard_stream_open(heard_stream_form form);

/// Frees a stream.
void heard_stream_close(heard_stream *stream);

/// Decompresses from `input` to `output`; `taken` and `given` become the bytes used of each.
/// `detail` becomes the library's own words for an error, or NULL.
heard_stream_status heard_stream_read(heard_stream *stream, const uint8_t *input,
                                      size_t input_length, size_t *taken, uint8_t *output,
                                      size_t output_length, size_t *given, const char **detail);

/// Offset of the first `needle` in `bytes`; `length` when there is none.
size_t heard_find(const uint8_t *bytes, size_t length, const uint8_t *needle, size_t needle_length);

#ifdef __cplusplus
}
#endif
#endif
