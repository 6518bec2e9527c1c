// Charsets by ICU: conversion to UTF-8 and detection. No ICU type appears here.
#ifndef C_HEARD_ICU_CHARSET_H
#define C_HEARD_ICU_CHARSET_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
/// Whether ICU has a converter of that name.
bool heard_charset_known(const char *name);
/// Converts to UTF-8; what the charset has no meaning for becomes U+FFFD and is counted in
/// `invalid`. Null when the charset is unknown. Free with `heard_charset_free`.
uint8_t *heard_charset_convert(const char *name, const uint8_t *bytes, size_t count, size_t *length,
                               size_t *invalid);
void heard_charset_free(uint8_t *bytes);
/// ICU's guess at the charset of some bytes: writes its name, gives its confidence, 0 to 100.
int heard_charset_guess(const uint8_t *bytes, size_t count, char *name, size_t room);
#ifdef __cplusplus
}
#endif
#endif
