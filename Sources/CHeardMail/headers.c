// Values of header fields, by GMime: mailboxes and dates.
#include "CHeardMail.h"
#include "gmime_library.h"
#include "quick.h"

#include <stdlib.h>
#include <string.h>

static heard_bytes bytes_of(const char *text) {
  heard_bytes bytes = {(const uint8_t *)text, text ? strlen(text) : 0};
  return bytes;
}

/// Groups may hold groups; heard_guard_copy and the limit on colons here keep that shallow.
static void visit(InternetAddressList *list, size_t *left, void *context,
                  void (*found)(void *, heard_bytes, heard_bytes)) {
  int count = internet_address_list_length(list);
  for (int i = 0; i < count && *left > 0; i++) {
    InternetAddress *address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
      *left -= 1;
      found(context, bytes_of(internet_address_get_name(address)),
            bytes_of(internet_address_mailbox_get_addr((InternetAddressMailbox *)address)));
    } else if (INTERNET_ADDRESS_IS_GROUP(address)) {
      visit(internet_address_group_get_members((InternetAddressGroup *)address), left, context,
            found);
    }
  }
}

void heard_addresses(const uint8_t *bytes, size_t count, size_t limit, bool only_gmime,
                     void *context,
                     void (*found)(void *context, heard_bytes name, heard_bytes address)) {
  heard_bytes name, address;
  if (!only_gmime && limit > 0 && heard_quick_mailbox(bytes, count, &name, &address)) {
    found(context, name, address);
    return;
  }
  heard_mail_start();
  char *text = g_strndup((const char *)bytes, count);
  int colons = 0;
  for (char *at = text; *at; at++) {
    if (*at == ':' && ++colons > 200) *at = ' ';
  }
  InternetAddressList *list = internet_address_list_parse(NULL, text);
  g_free(text);
  if (!list) return;
  visit(list, &limit, context, found);
  g_object_unref(list);
}

bool heard_date(const uint8_t *bytes, size_t count, bool only_gmime, int64_t *seconds) {
  if (!only_gmime && heard_quick_date(bytes, count, seconds)) return true;
  heard_mail_start();
  if (count > 1000) return false;
  char *text = g_strndup((const char *)bytes, count);
  GDateTime *date = g_mime_utils_header_decode_date(text);
  g_free(text);
  if (!date) return false;
  *seconds = g_date_time_to_unix(date);
  g_date_time_unref(date);
  return true;
}

// GLib's memory is the system's.
void heard_free(uint8_t *bytes) { free(bytes); }
