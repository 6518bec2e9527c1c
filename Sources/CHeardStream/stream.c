#include "CHeardStream.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

struct heard_stream {
  heard_stream_form form;
  z_stream gzip;
  ZSTD_DStream *zstd;
};

heard_stream *heard_stream_open(heard_stream_form form) {
  heard_stream *stream = calloc(1, sizeof *stream);
  if (!stream) return NULL;
  stream->form = form;
  if (form == HEARD_STREAM_GZIP) {
    // 16: a gzip header is expected, and its checksum is verified.
    if (inflateInit2(&stream->gzip, MAX_WBITS + 16) == Z_OK) return stream;
  } else {
    // The largest window is the library's default, 128 MiB: a frame that asks for more is refused.
    stream->zstd = ZSTD_createDStream();
    if (stream->zstd) return stream;
  }
  free(stream);
  return NULL;
}

void heard_stream_close(heard_stream *stream) {
  if (!stream) return;
  if (stream->form == HEARD_STREAM_GZIP) {
    inflateEnd(&stream->gzip);
  } else {
    ZSTD_freeDStream(stream->zstd);
  }
  free(stream);
}

static heard_stream_status read_gzip(heard_stream *stream, const uint8_t *input,
                                     size_t input_length, size_t *taken, uint8_t *output,
                                     size_t output_length, size_t *given, const char **detail) {
  z_stream *gzip = &stream->gzip;
  const uInt in = input_length > UINT_MAX ? UINT_MAX : (uInt)input_length;
  const uInt out = output_length > UINT_MAX ? UINT_MAX : (uInt)output_length;
  gzip->next_in = (Bytef *)input;
  gzip->avail_in = in;
  gzip->next_out = output;
  gzip->avail_out = out;
  const int status = inflate(gzip, Z_NO_FLUSH);
  *taken = in - gzip->avail_in;
  *given = out - gzip->avail_out;
  switch (status) {
    case Z_OK:
    case Z_BUF_ERROR:  // nothing to do with what was given
      return HEARD_STREAM_OK;
    case Z_STREAM_END:
      return inflateReset(gzip) == Z_OK ? HEARD_STREAM_BETWEEN : HEARD_STREAM_MEMORY;
    case Z_MEM_ERROR:
      return HEARD_STREAM_MEMORY;
    default:
      *detail = gzip->msg;
      return HEARD_STREAM_DAMAGED;
  }
}

static heard_stream_status read_zstd(heard_stream *stream, const uint8_t *input,
                                     size_t input_length, size_t *taken, uint8_t *output,
                                     size_t output_length, size_t *given, const char **detail) {
  ZSTD_inBuffer in = {input, input_length, 0};
  ZSTD_outBuffer out = {output, output_length, 0};
  const size_t status = ZSTD_decompressStream(stream->zstd, &out, &in);
  *taken = in.pos;
  *given = out.pos;
  if (ZSTD_isError(status)) {
    *detail = ZSTD_getErrorName(status);
    const char *window = "Frame requires too much memory for decoding";
    return strcmp(*detail, window) == 0 ? HEARD_STREAM_MEMORY : HEARD_STREAM_DAMAGED;
  }
  return status == 0 ? HEARD_STREAM_BETWEEN : HEARD_STREAM_OK;
}

heard_stream_status heard_stream_read(heard_stream *stream, const uint8_t *input,
                                      size_t input_length, size_t *taken, uint8_t *output,
                                      size_t output_length, size_t *given, const char **detail) {
  *detail = NULL;
  return (stream->form == HEARD_STREAM_GZIP ? read_gzip : read_zstd)(
      stream, input, input_length, taken, output, output_length, given, detail);
}
