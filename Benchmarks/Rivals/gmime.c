// Only parses and decodes mails, by GMime: the first text/plain part, as UTF-8.
//   gmime LIST-OF-MAILS BODIES
#include <gmime/gmime.h>

#include "rival.h"

static GMimePart *found;

static void look(GMimeObject *parent, GMimeObject *part, gpointer data) {
  (void)parent, (void)data;
  if (!found && GMIME_IS_PART(part) &&
      g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "plain"))
    found = GMIME_PART(part);
}

int main(int argc, char **argv) {
  if (argc != 3) fail("usage: gmime LIST-OF-MAILS BODIES", "gmime");
  Text list = text_of(argv[1]);
  FILE *out = fopen(argv[2], "w");
  if (!out) fail("cannot be written", argv[2]);
  g_mime_init();
  double seconds = 0;
  unsigned long long mails = 0, bytes = 0;
  for (size_t at = 0; at < list.size; mails++) {
    size_t length = line_length(&list, at);
    list.bytes[at + length] = 0;
    double started = cpu_seconds();
    Text mail = text_of(list.bytes + at);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(mail.bytes, mail.size);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (!message) fail("no mail", list.bytes + at);
    found = NULL;
    GMimeObject *root = g_mime_message_get_mime_part(message);
    if (GMIME_IS_MULTIPART(root))
      g_mime_multipart_foreach(GMIME_MULTIPART(root), look, NULL);
    else
      look(NULL, root, NULL);
    char *text = found ? g_mime_text_part_get_text(GMIME_TEXT_PART(found)) : NULL;
    seconds += cpu_seconds() - started;
    size_t size = text ? strlen(text) : 0;
    fprintf(out, "%llx\n",
            (unsigned long long)fingerprint((const unsigned char *)(text ? text : ""), size));
    bytes += mail.size;
    started = cpu_seconds();
    g_free(text);
    g_object_unref(message);
    g_object_unref(parser);
    g_object_unref(stream);
    free(mail.bytes);
    seconds += cpu_seconds() - started;
    at += length + 1;
  }
  fclose(out);
  printf("{\"mails\":%llu,\"bytes\":%llu,\"seconds\":%f}\n", mails, bytes, seconds);
}
