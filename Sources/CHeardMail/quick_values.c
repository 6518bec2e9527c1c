// Dates and mailboxes in the form in which nearly every program writes them; whatever else there is
// in header fields is left to GMime (headers.c). A test compares the two.
#include "quick.h"

#include <string.h>

static bool number(const uint8_t *text, size_t digits, int *value) {
  *value = 0;
  for (size_t i = 0; i < digits; i++) {
    if ((uint8_t)(text[i] - '0') > 9) return false;
    *value = *value * 10 + (text[i] - '0');
  }
  return true;
}

static int place_in(const char *names, const uint8_t *text) {
  for (int i = 0; names[i * 3]; i++) {
    if (memcmp(names + i * 3, text, 3) == 0) return i;
  }
  return -1;
}

/// Days from 1970-01-01 in the Gregorian calendar, for years from 1970.
static int64_t days(int year, int month, int day) {
  int64_t y = month <= 2 ? year - 1 : year;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return y * 365 + y / 4 - y / 100 + y / 400 + of_year - 719468;
}

/// Days of a month from 1 to 12, of a year from 1970 to 2200.
static int days_in(int year, int month) {
  bool is_last = month == 12;
  return (int)(days(year + is_last, is_last ? 1 : month + 1, 1) - days(year, month, 1));
}

bool heard_quick_date(const uint8_t *bytes, size_t count, int64_t *seconds) {
  // `Sun, 15 Jun 2025 15:06:40 +0200`, or with one digit of the day.
  if (count < 30 || count > 31 || bytes[3] != ',' || bytes[4] != ' ' ||
      place_in("MonTueWedThuFriSatSun", bytes) < 0) {
    return false;
  }
  const uint8_t *at = bytes + 5;
  size_t digits = count - 29;
  int day, year, hour, minute, second, offset;
  int month = place_in("JanFebMarAprMayJunJulAugSepOctNovDec", at + digits + 1) + 1;
  bool is_read = number(at, digits, &day) && at[digits] == ' ' && month > 0;
  at += digits + 4;
  is_read = is_read && at[0] == ' ' && number(at + 1, 4, &year) && at[5] == ' ' &&
            number(at + 6, 2, &hour) && at[8] == ':' && number(at + 9, 2, &minute) &&
            at[11] == ':' && number(at + 12, 2, &second) && at[14] == ' ' &&
            (at[15] == '+' || at[15] == '-') && number(at + 16, 4, &offset);
  if (!is_read || year < 1970 || year > 2200 || day < 1 || day > days_in(year, month) ||
      hour > 23 || minute > 59 || second > 59 || offset > 1400 || offset % 100 > 59) {
    return false;
  }
  int64_t east = (offset / 100 * 60 + offset % 100) * 60;
  *seconds = days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second -
             (at[15] == '+' ? east : -east);
  return true;
}

/// Length of `local@domain` in letters that need no quotation marks; 0 when it is none.
static size_t address_length(const uint8_t *bytes, size_t count) {
  size_t at = 0, local = 0;
  while (at < count && heard_is_token(bytes[at])) at++;
  local = at;
  if (local == 0 || at == count || bytes[at++] != '@') return 0;
  size_t domain = at;
  while (at < count && (heard_is_alnum(bytes[at]) || bytes[at] == '-' || bytes[at] == '.')) at++;
  // Names of other alphabets (`xn--`), and dots at ends and beside each other, are for who knows what to
  // do with them.
  for (size_t i = domain; i + 1 < at; i++) {
    if (bytes[i] == '-' && bytes[i + 1] == '-') return 0;
  }
  for (size_t i = 0; i < at; i++) {
    bool at_edge = i == 0 || i + 1 == local || i == domain || i + 1 == at;
    if (bytes[i] == '.' && (at_edge || bytes[i + 1] == '.')) return 0;
  }
  return at > domain ? at : 0;
}

bool heard_quick_mailbox(const uint8_t *bytes, size_t count, heard_bytes *name,
                         heard_bytes *address) {
  *name = (heard_bytes){bytes, 0};
  size_t length = address_length(bytes, count);
  if (length > 0) {
    *address = (heard_bytes){bytes, length};
    return length == count;
  }
  size_t at = 0;
  if (bytes[0] == '"') {
    for (at = 1; at < count && bytes[at] != '"'; at++) {
      if (heard_is_alnum(bytes[at]) || memchr("',.-_&", bytes[at], 6)) continue;
      if (bytes[at] != ' ' || bytes[at - 1] == ' ') return false;
    }
    *name = (heard_bytes){bytes + 1, at - 1};
    if (at == 1 || at + 1 >= count || bytes[1] == ' ' || bytes[at - 1] == ' ') return false;
    at++;
  } else {
    if (bytes[0] == '.') return false;
    // An encoded word, whose first `?` the caller wrote as `~`, has these as well.
    while (at < count && bytes[at] != ' ' && bytes[at] != '<') {
      do {
        if (!heard_is_alnum(bytes[at]) && !memchr("=~?+/_-.", bytes[at], 8)) return false;
        at++;
      } while (at < count && bytes[at] != ' ' && bytes[at] != '<');
      name->count = at;
      if (at + 1 < count && bytes[at] == ' ' && bytes[at + 1] != '<') at++;
    }
  }
  if (at > 0) {
    if (at >= count || bytes[at] != ' ') return false;
    at++;
  }
  if (at >= count || bytes[at] != '<') return false;
  at++;
  length = address_length(bytes + at, count - at);
  *address = (heard_bytes){bytes + at, length};
  return length > 0 && at + length + 1 == count && bytes[at + length] == '>';
}
