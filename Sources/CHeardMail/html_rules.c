// strcasestr is GNU's.
#define _GNU_SOURCE
#include "html_rules.h"

#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

// MARK: Elements

static const char *const hidden_elements[] = {"script",   "style",  "head",   "title", "template",
                                              "noscript", "object", "iframe", "svg",   "select",
                                              "textarea", NULL};
static const char *const block_elements[] = {
    "div", "table", "tr",      "ul",      "ol",     "li",  "dl",     "dt",      "dd",
    "hr",  "body",  "section", "article", "header", "footer", "center", "form", "address",
    "pre", "main",  "caption", "fieldset", "thead", "tbody", "nav", "aside", NULL};
static const char *const paragraph_elements[] = {"p",  "blockquote", "h1", "h2", "h3",
                                                 "h4", "h5",         "h6", NULL};

// MARK: What mail programs mark

typedef struct {
  const char *word;  // a whole word of the class or id attribute; Outlook's "x_" before it is cut
  uint32_t kind;
  bool rest;  // everything after the element too
} marker;

static const marker markers[] = {
    {"gmail_quote", HEARD_HTML_QUOTED, false},           // Gmail
    {"gmail_attr", HEARD_HTML_QUOTED, false},            // Gmail: the attribution
    {"gmail_extra", HEARD_HTML_OWN, false},              // Gmail, older: around own text too
    {"gmail_signature", HEARD_HTML_SIGNATURE, false},    // Gmail
    {"moz-cite-prefix", HEARD_HTML_QUOTED, false},       // Thunderbird: the attribution
    {"moz-forward-container", HEARD_HTML_FORWARDED, false},
    {"moz-email-headers-table", HEARD_HTML_QUOTED, false},
    {"moz-signature", HEARD_HTML_SIGNATURE, false},
    {"yahoo_quoted", HEARD_HTML_QUOTED, false},          // Yahoo
    {"yqt", HEARD_HTML_QUOTED, false},
    {"outlookmessageheader", HEARD_HTML_QUOTED, true},   // Outlook, older
    {"divrplyfwdmsg", HEARD_HTML_QUOTED, true},          // Outlook on the web and phones
    {"appendonsend", HEARD_HTML_QUOTED, true},
    {"mail-editor-reference-message-container", HEARD_HTML_QUOTED, true},  // new Outlook
    {"ms-outlook-mobile-reference-message", HEARD_HTML_QUOTED, true},
    {"ms-outlook-mobile-signature", HEARD_HTML_SIGNATURE, false},
    {"signature", HEARD_HTML_SIGNATURE, false},
    {"protonmail_quote", HEARD_HTML_QUOTED, false},
    {"protonmail_signature_block", HEARD_HTML_SIGNATURE, false},
    {"zmail_extra", HEARD_HTML_QUOTED, false},           // Zoho
    {"tutanota_quote", HEARD_HTML_QUOTED, false},
    {"wp-quote", HEARD_HTML_QUOTED, false},
    {"cite", HEARD_HTML_QUOTED, false},
    {NULL, 0, false},
};

static bool listed(const char *const *list, const char *name) {
  for (; *list; list++) {
    if (strcasecmp(*list, name) == 0) return true;
  }
  return false;
}

/// Looks each word of a class or id attribute up in the table.
static void apply_markers(html_meaning *meaning, const char *value) {
  while (*value) {
    while (*value == ' ' || *value == '\t' || *value == '\n' || *value == '\r') value++;
    size_t length = strcspn(value, " \t\r\n");
    const char *word = value;
    size_t count = length;
    while (count > 2 && (word[0] | 0x20) == 'x' && word[1] == '_') {
      word += 2;
      count -= 2;
    }
    for (const marker *m = markers; count > 0 && m->word; m++) {
      if (strlen(m->word) != count || strncasecmp(m->word, word, count) != 0) continue;
      // Inside a quotation everything is quoted, whatever it was to its own writer.
      if (m->kind != HEARD_HTML_OWN && meaning->kind != HEARD_HTML_QUOTED &&
          meaning->kind != HEARD_HTML_FORWARDED) {
        meaning->kind = m->kind;
      }
      if (m->rest) meaning->starts_rest = m->kind;
      meaning->block = true;
    }
    value += length;
  }
}

/// Whether a style says `name: value`, with any white space.
static bool style_has(const char *style, const char *name, const char *value) {
  size_t length = strlen(name);
  for (const char *at = style; (at = strcasestr(at, name)); at += length) {
    const char *after = at + length;
    while (*after == ' ') after++;
    if (*after++ != ':') continue;
    while (*after == ' ') after++;
    if (strncasecmp(after, value, strlen(value)) == 0) return true;
  }
  return false;
}

static bool is_invisible(const char *style) {
  return style_has(style, "display", "none") || style_has(style, "visibility", "hidden") ||
         style_has(style, "mso-hide", "all");
}

html_meaning html_meaning_of(const html_meaning *outer, const char *name,
                             const char *const *attributes) {
  html_meaning meaning = {0};
  meaning.hidden = outer->hidden || listed(hidden_elements, name);
  if (meaning.hidden) return meaning;
  meaning.kind = outer->kind;
  meaning.preformatted = outer->preformatted || strcasecmp(name, "pre") == 0;
  meaning.paragraph = listed(paragraph_elements, name);
  meaning.block = meaning.paragraph || listed(block_elements, name);
  meaning.line_break = strcasecmp(name, "br") == 0;
  meaning.cell = strcasecmp(name, "td") == 0 || strcasecmp(name, "th") == 0;
  meaning.item = strcasecmp(name, "li") == 0;
  // Buttons that indent make a blockquote too: one quotes only when it says so.
  bool may_quote =
      strcasecmp(name, "blockquote") == 0 && meaning.kind != HEARD_HTML_FORWARDED;
  if (may_quote && meaning.kind == HEARD_HTML_OWN) meaning.kind = HEARD_HTML_INDENTED;
  for (const char *const *at = attributes; at && at[0]; at += 2) {
    const char *value = at[1];
    if (!value) {
      if (strcasecmp(at[0], "hidden") == 0) meaning.hidden = true;
      continue;
    }
    if (strcasecmp(at[0], "class") == 0 || strcasecmp(at[0], "id") == 0) {
      apply_markers(&meaning, value);
    } else if (strcasecmp(at[0], "style") == 0 && is_invisible(value)) {
      meaning.hidden = true;
    } else if (may_quote && (strcasecmp(at[0], "cite") == 0 ||
                             (strcasecmp(at[0], "type") == 0 && strcasecmp(value, "cite") == 0))) {
      meaning.kind = HEARD_HTML_QUOTED;
    }
  }
  return meaning;
}

size_t html_space(const char *bytes, size_t count) {
  const uint8_t c = (uint8_t)bytes[0];
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') return 1;
  if (c == 0xC2 && count > 1 && (uint8_t)bytes[1] == 0xA0) return 2;
  return 0;
}

// MARK: Without structure

static bool ends_line(const char *tag, size_t count) {
  if (count > 0 && *tag == '/') {
    tag++;
    count--;
  }
  char name[16];
  size_t length = 0;
  while (length < count && length < sizeof name - 1 && tag[length] > ' ' && tag[length] != '/') {
    name[length] = tag[length];
    length++;
  }
  name[length] = 0;
  return strcasecmp(name, "br") == 0 || listed(block_elements, name) ||
         listed(paragraph_elements, name);
}

/// Length of the character reference at an ampersand; 0 when it is none.
static size_t entity(const char *text, size_t count, unsigned int *value) {
  size_t at = 1;
  if (count > 2 && text[1] == '#') {
    bool is_hex = (text[2] | 0x20) == 'x';
    size_t from = at = is_hex ? 3 : 2;
    for (*value = 0; at < count; at++) {
      unsigned int c = (uint8_t)text[at], letter = (c | 0x20) - 'a';
      if (c - '0' < 10) *value = *value * (is_hex ? 16 : 10) + (c - '0');
      else if (is_hex && letter < 6) *value = *value * 16 + letter + 10;
      else break;
      if (*value > 0x10FFFF) *value = 0x110000;
    }
    if (at == from) return 0;
    if (*value == 0 || *value > 0x10FFFF || (*value & ~0x7FFu) == 0xD800) *value = 0xFFFD;
  } else {
    char name[12];
    size_t length = 0;
    while (length + 1 < sizeof name && at < count && (text[at] | 0x20) >= 'a' &&
           (text[at] | 0x20) <= 'z') {
      name[length++] = text[at++];
    }
    name[length] = 0;
    const htmlEntityDesc *found = length > 0 ? htmlEntityLookup((const xmlChar *)name) : NULL;
    if (!found) return 0;
    *value = found->value;
  }
  return at < count && text[at] == ';' ? at + 1 : at;
}

static size_t write_utf8(unsigned int value, char *out) {
  if (value < 0x80) {
    out[0] = (char)value;
    return 1;
  }
  size_t count = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
  for (size_t i = count - 1; i > 0; i--, value >>= 6) out[i] = (char)(0x80 | (value & 0x3F));
  out[0] = (char)((0xF00 >> count) | value);
  return count;
}

void html_flat_text(const uint8_t *bytes, size_t count, void *context,
                    void (*emit)(void *context, const char *bytes, size_t count, bool line)) {
  const char *text = (const char *)bytes;
  size_t i = 0;
  while (i < count) {
    if (text[i] == '<') {
      const char *close = memchr(text + i, '>', count - i);
      size_t end = close ? (size_t)(close - text) : count;
      if (ends_line(text + i + 1, end - i - 1)) emit(context, NULL, 0, true);
      i = end < count ? end + 1 : count;
      continue;
    }
    size_t space = html_space(text + i, count - i);
    if (space > 0) {
      emit(context, NULL, 0, false);
      i += space;
      continue;
    }
    unsigned int value = 0;
    size_t length = text[i] == '&' ? entity(text + i, count - i, &value) : 0;
    if (length > 0) {
      char utf8[4];
      if (value == 0xA0) emit(context, NULL, 0, false);
      else emit(context, utf8, write_utf8(value, utf8), false);
      i += length;
      continue;
    }
    size_t from = i++;
    while (i < count && text[i] != '<' && text[i] != '&' &&
           html_space(text + i, count - i) == 0) {
      i++;
    }
    emit(context, text + from, i - from, false);
  }
}
