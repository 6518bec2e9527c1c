// C face of GMime and libxml2 for heard. No type of either appears here.
//
// What is handed out (`heard_bytes`) belongs to the object it came from and lives until that object
// is closed. Nothing here calls abort on data; a null or an empty result means "could not be read".
#ifndef C_HEARD_MAIL_H
#define C_HEARD_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that somebody else owns; not closed by a NUL.
typedef struct {
  const uint8_t *bytes;
  size_t count;
} heard_bytes;

// MARK: Structure of a mail

typedef struct heard_mail heard_mail;

/// What is too much of something is left out before GMime sees it, and flagged.
typedef struct {
  /// Lines that begin with `--`, of which each may open a part.
  size_t boundary_lines;
  /// Bytes and lines of one block of header fields.
  size_t header_bytes;
  size_t header_lines;
} heard_mail_limits;

enum {
  HEARD_MAIL_CUT_PARTS = 1 << 0,
  HEARD_MAIL_CUT_HEADERS = 1 << 1,
  HEARD_MAIL_TRUNCATED_MULTIPART = 1 << 2,
  HEARD_MAIL_NO_BOUNDARY = 1 << 3,
  HEARD_MAIL_NESTING_OVERFLOW = 1 << 4,
  HEARD_MAIL_BAD_HEADER = 1 << 5,
  HEARD_MAIL_BAD_CONTENT_TYPE = 1 << 6,
  HEARD_MAIL_EMPTY_MULTIPART = 1 << 7,
};

/// A header field as it stands: folded, undecoded.
typedef struct {
  heard_bytes name;
  heard_bytes value;
} heard_header;

enum { HEARD_NODE_LEAF = 0, HEARD_NODE_MULTIPART = 1, HEARD_NODE_MESSAGE = 2 };

/// One node of the tree of parts, in document order; a child comes after its parent.
typedef struct {
  uint32_t kind;
  /// Index of the parent, or −1 for the root.
  int32_t parent;
  uint32_t depth;
  bool attachment;
  bool flowed;
  bool delsp;
  /// Lower case, as `text/plain`.
  heard_bytes type;
  heard_bytes charset;
  heard_bytes filename;
  /// Raw Subject of the enclosed message; only for HEARD_NODE_MESSAGE.
  heard_bytes subject;
} heard_node;

/// Starts GMime once in the process; safe to call again and from any thread.
void heard_mail_start(void);

/// Reads the structure of a mail; null when not even one header field was found.
/// `only_gmime` has GMime read what could be read without it, which gives the same.
heard_mail *heard_mail_open(const uint8_t *bytes, size_t count, heard_mail_limits limits,
                            size_t node_limit, bool only_gmime);
/// Whether a mail was ordinary enough to be read without GMime.
bool heard_mail_is_quick(const heard_mail *mail);
void heard_mail_close(heard_mail *mail);
/// HEARD_MAIL_… flags of what was wrong.
uint32_t heard_mail_flags(const heard_mail *mail);
size_t heard_mail_header_count(const heard_mail *mail);
heard_header heard_mail_header(const heard_mail *mail, size_t index);
size_t heard_mail_node_count(const heard_mail *mail);
/// Whether there were more nodes than the limit.
bool heard_mail_nodes_cut(const heard_mail *mail);
const heard_node *heard_mail_node(const heard_mail *mail, size_t index);
/// Content of a leaf with its transfer encoding undone, at most `limit` bytes of it.
/// `cut` says whether there was more. Valid until the next call for the same mail.
heard_bytes heard_mail_content(heard_mail *mail, size_t index, size_t limit, bool *cut);
/// Size of a leaf's content with its transfer encoding undone.
size_t heard_mail_content_size(heard_mail *mail, size_t index);

// MARK: Header values

/// Calls back for each mailbox of an unfolded UTF-8 value; `only_gmime` as above.
void heard_addresses(const uint8_t *bytes, size_t count, size_t limit, bool only_gmime,
                     void *context,
                     void (*found)(void *context, heard_bytes name, heard_bytes address));
/// Seconds since 1970 of a Date value; `only_gmime` as above.
bool heard_date(const uint8_t *bytes, size_t count, bool only_gmime, int64_t *seconds);
void heard_free(uint8_t *bytes);

// MARK: Text

enum {
  HEARD_TEXT_NUL = 1 << 0,
  HEARD_TEXT_CR = 1 << 1,
  HEARD_TEXT_NON_ASCII = 1 << 2,
  /// Not valid UTF-8.
  HEARD_TEXT_INVALID = 1 << 3,
  /// Other control characters than tab, line feed, form feed, carriage return and escape.
  HEARD_TEXT_CONTROL = 1 << 4,
  HEARD_TEXT_ESCAPE = 1 << 5,
  /// Two characters as text has them that was encoded twice; never missed where it was.
  HEARD_TEXT_MOJIBAKE = 1 << 6,
};

/// HEARD_TEXT_… flags of some bytes, in one pass.
uint32_t heard_text_scan(const uint8_t *bytes, size_t count);
/// Bytes of the valid UTF-8 sequence at the start, 0 when there is none.
size_t heard_utf8_sequence(const uint8_t *bytes, size_t count);
/// A line: its bytes without the line end, and its folded form's.
typedef struct {
  uint32_t start;
  uint32_t end;
  uint32_t folded_start;
  uint32_t folded_end;
  /// Sets of phrases of which one may begin the line, as bits (heard_cues_add_start).
  uint16_t starts;
  /// HEARD_LINE_… flags.
  uint16_t traits;
} heard_line;

enum {
  /// Begins with one of `> | - _ =`.
  HEARD_LINE_MARK = 1 << 0,
  /// Begins with a digit.
  HEARD_LINE_DIGIT = 1 << 1,
  /// Ends with a colon.
  HEARD_LINE_COLON = 1 << 2,
  /// Begins with one of `- _ = ~ #` or a byte of a dash.
  HEARD_LINE_RULE = 1 << 3,
};

/// Tables of what phrases begin with.
typedef struct heard_cues heard_cues;

enum { HEARD_CUE_STRONG = 1, HEARD_CUE_WEAK = 2 };

/// Makes empty tables, which are never freed; null when memory is out.
heard_cues *heard_cues_make(void);
/// Adds a folded phrase to a set (one bit) of what lines begin with.
void heard_cues_add_start(heard_cues *cues, const uint8_t *phrase, size_t count, uint16_t set);
/// Adds a folded phrase to a kind (HEARD_CUE_…) of what stands at words.
void heard_cues_add_word(heard_cues *cues, const uint8_t *phrase, size_t count, uint8_t kind);
/// The sets of which a phrase may begin a folded line.
uint16_t heard_line_starts(const heard_cues *cues, const uint8_t *folded, size_t count);
/// Counts the words of folded lines that may begin a phrase of each kind, never too few; eight
/// bytes behind them can be read.
void heard_word_cues(const heard_cues *cues, const uint8_t *folded, size_t count, size_t *strong,
                     size_t *weak);

/// Folds text for comparing phrases (see fold.c) into `out`, which has room for `count` bytes.
size_t heard_fold(const uint8_t *bytes, size_t count, uint8_t *out);
size_t heard_line_count(const uint8_t *bytes, size_t count);
/// Finds all lines with their starts and folds at most `limit` bytes of each; gives the bytes of all
/// folded forms, which have one space between them and eight NULs behind them.
/// `lines` has room for heard_line_count, `folded` for `count`, as many bytes as lines, and eight.
size_t heard_lines(const uint8_t *bytes, size_t count, size_t limit, const heard_cues *cues,
                   heard_line *lines, uint8_t *folded);
/// Converts by the C library's iconv, for the charsets that ICU does not know.
/// Null when it does not know the charset either. Free with `heard_free`.
uint8_t *heard_iconv(const char *charset, const uint8_t *bytes, size_t count, size_t *length,
                     size_t *invalid);

// MARK: HTML

/// Stretch of the text of a page: `kind` holds from `start` until the next mark.
typedef struct {
  uint32_t kind;
  uint32_t start;
} heard_html_mark;

enum {
  HEARD_HTML_OWN = 0,
  HEARD_HTML_QUOTED = 1,
  HEARD_HTML_SIGNATURE = 2,
  HEARD_HTML_FORWARDED = 3,
  /// In a block of quoted text of which nothing says that it quotes; a button that indents makes one.
  HEARD_HTML_INDENTED = 4,
};

typedef struct {
  uint8_t *text;
  size_t count;
  heard_html_mark *marks;
  size_t mark_count;
  /// Nested deeper than the parser is trusted with: the rest was read without structure.
  bool too_deep;
  /// Longer than the limit: the rest was left out.
  bool cut;
} heard_html;

/// Turns a UTF-8 page into UTF-8 text. `limit` bounds the text, in bytes. Close with
/// `heard_html_close`.
heard_html *heard_html_text(const uint8_t *bytes, size_t count, size_t limit);
void heard_html_close(heard_html *html);

#ifdef __cplusplus
}
#endif
#endif
