// HTML to text by libxml2's event parser: no tree is built and nothing recurses.
//
// Steps: each start tag pushes what it means (left out? quoted? a block?) on a stack of our own,
// each end tag pops it; text goes to the output with white space folded. Where the meaning changes
// (a quotation begins or ends) a mark is put down, on a line of its own, so that zones can follow.
// libxml2 looks through its open elements for every end tag that fits none; below MAX_DEPTH that
// is cheap, beyond it the rest of the page is read by `html_flat_text`, which knows tags and
// entities and no structure. One piece of the page may still hold some thousand elements beyond;
// the stack has no place for them, and they mean what the last one on it means. Start reading at
// heard_html_text.
#include "CHeardMail.h"

#include <libxml/HTMLparser.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "html_rules.h"

enum { MAX_DEPTH = 500, CHUNK = 8 * 1024 };

typedef struct {
  heard_html *out;
  size_t room, mark_room, limit;
  html_meaning stack[MAX_DEPTH];
  size_t depth;  // of open elements, also those that the stack has no place for
  /// From here on everything is quoted (Outlook puts the old mail beside its header, not in it).
  uint32_t rest;
  uint32_t kind;
  int newlines;       // line feeds at the end of the output
  bool space;         // white space is owed before the next word
  bool stopped;
  bool ending;        // the parser closes what is open
} writer;

static void put(writer *w, const char *bytes, size_t count) {
  heard_html *out = w->out;
  if (w->stopped) return;
  if (out->count + count > w->limit) {
    out->cut = true;
    w->stopped = true;
    return;
  }
  if (out->count + count > w->room) {
    size_t room = (out->count + count) * 2 + 1024;
    uint8_t *bigger = realloc(out->text, room);
    if (!bigger) {
      w->stopped = true;
      return;
    }
    out->text = bigger;
    w->room = room;
  }
  memcpy(out->text + out->count, bytes, count);
  out->count += count;
}

/// Ends the line, and leaves `blank` empty lines; never more than asked for.
static void end_line(writer *w, int blank) {
  w->space = false;
  if (w->out->count == 0) return;
  while (w->newlines < 1 + blank) {
    put(w, "\n", 1);
    w->newlines += 1;
  }
}

static void word(writer *w, const char *bytes, size_t count) {
  if (w->space && w->newlines == 0 && w->out->count > 0) put(w, " ", 1);
  w->space = false;
  put(w, bytes, count);
  w->newlines = 0;
}

static void mark(writer *w, uint32_t kind) {
  if (kind == w->kind) return;
  if (w->newlines == 0) end_line(w, 0);
  heard_html *out = w->out;
  if (out->mark_count == w->mark_room) {
    size_t room = w->mark_room * 2 + 16;
    heard_html_mark *bigger = realloc(out->marks, room * sizeof *bigger);
    if (!bigger) return;
    out->marks = bigger;
    w->mark_room = room;
  }
  out->marks[out->mark_count].kind = kind;
  out->marks[out->mark_count].start = (uint32_t)out->count;
  out->mark_count += 1;
  w->kind = kind;
}

static const html_meaning *top(const writer *w) {
  static const html_meaning page = {0};
  size_t depth = w->depth < MAX_DEPTH ? w->depth : MAX_DEPTH;
  return depth > 0 ? &w->stack[depth - 1] : &page;
}

static uint32_t kind_now(const writer *w) {
  uint32_t kind = top(w)->kind;
  bool is_known = kind != HEARD_HTML_OWN && kind != HEARD_HTML_INDENTED;
  return is_known || w->rest == HEARD_HTML_OWN ? kind : w->rest;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes) {
  writer *w = context;
  html_meaning meaning = html_meaning_of(top(w), (const char *)name, (const char *const *)attributes);
  if (!meaning.hidden) {
    if (meaning.line_break) {
      put(w, "\n", 1);
      w->newlines += 1;
      w->space = false;
    }
    if (meaning.block) end_line(w, meaning.paragraph ? 1 : 0);
    if (meaning.cell) w->space = true;
    if (meaning.starts_rest) w->rest = meaning.starts_rest;
  }
  if (w->depth < MAX_DEPTH) w->stack[w->depth] = meaning;
  else w->out->too_deep = true;
  w->depth += 1;
  if (!meaning.hidden) {
    mark(w, kind_now(w));
    if (meaning.item) word(w, "- ", 2);
  }
}

static void on_end(void *context, const xmlChar *name) {
  writer *w = context;
  (void)name;
  // Where a page is given up, what was open stays so for the rest of it.
  if (w->depth == 0 || w->ending) return;
  w->depth -= 1;
  if (w->depth >= MAX_DEPTH) return;
  const html_meaning meaning = w->stack[w->depth];
  if (meaning.hidden) return;
  if (meaning.block) end_line(w, meaning.paragraph ? 1 : 0);
  mark(w, kind_now(w));
}

static void on_text(void *context, const xmlChar *text, int length) {
  writer *w = context;
  const html_meaning *meaning = top(w);
  if (meaning->hidden || w->stopped) return;
  const char *bytes = (const char *)text;
  size_t count = (size_t)length, i = 0;
  while (i < count) {
    size_t space = html_space(bytes + i, count - i);
    if (space > 0) {
      if (meaning->preformatted && bytes[i] == '\n') {
        put(w, "\n", 1);
        w->newlines += 1;
      } else if (meaning->preformatted) {
        put(w, " ", 1);
      } else {
        w->space = true;
      }
      i += space;
      continue;
    }
    size_t from = i;
    while (i < count && html_space(bytes + i, count - i) == 0) i++;
    word(w, bytes + from, i - from);
  }
}

static void on_cdata(void *context, const xmlChar *text, int length) {
  on_text(context, text, length);
}

/// Words and line ends of what `html_flat_text` reads.
static void on_flat(void *context, const char *bytes, size_t count, bool line) {
  writer *w = context;
  if (line) end_line(w, 0);
  if (bytes) word(w, bytes, count);
  else w->space = true;
}

/// Bytes of the next piece for the parser, which ends before a tag: there the rest can be read flat.
static size_t piece(const uint8_t *bytes, size_t count) {
  if (count <= CHUNK) return count;
  const uint8_t *tag = memchr(bytes + CHUNK, '<', count - CHUNK);
  return tag ? (size_t)(tag - bytes) : count;
}

static void quiet(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

static void start(void) { xmlInitParser(); }

heard_html *heard_html_text(const uint8_t *bytes, size_t count, size_t limit) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, start);
  heard_html *out = calloc(1, sizeof *out);
  writer *w = calloc(1, sizeof *w);
  if (!out || !w) {
    free(out);
    free(w);
    return NULL;
  }
  w->out = out;
  w->limit = limit < UINT32_MAX / 2 ? limit : UINT32_MAX / 2;

  htmlSAXHandler events;
  memset(&events, 0, sizeof events);
  events.startElement = on_start;
  events.endElement = on_end;
  events.characters = on_text;
  events.ignorableWhitespace = on_text;
  events.cdataBlock = on_cdata;
  events.error = quiet;
  events.warning = quiet;
  // The context owns `events`' copy; the text is UTF-8 whatever a meta element says.
  htmlParserCtxtPtr parser =
      htmlCreatePushParserCtxt(&events, w, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (parser) {
    htmlCtxtUseOptions(parser, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER |
                                   HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    size_t position = 0;
    while (position < count && !w->stopped && !out->too_deep) {
      size_t step = piece(bytes + position, count - position);
      htmlParseChunk(parser, (const char *)bytes + position, (int)step, 0);
      position += step;
    }
    // What the parser still holds back comes out.
    w->ending = out->too_deep;
    htmlParseChunk(parser, "", 0, 1);
    if (out->too_deep) html_flat_text(bytes + position, count - position, w, on_flat);
    htmlFreeParserCtxt(parser);
  }
  free(w);
  return out;
}

void heard_html_close(heard_html *html) {
  if (!html) return;
  free(html->text);
  free(html->marks);
  free(html);
}
