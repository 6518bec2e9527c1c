// Inner face of guard.c.
#ifndef HEARD_GUARD_H
#define HEARD_GUARD_H
#include "CHeardMail.h"
/// Copies a mail into `out` (room for `count` + 1 bytes) without what would make GMime slow, big or
/// deep. Returns the bytes written and adds to `flags`.
size_t heard_guard_copy(const uint8_t *bytes, size_t count, heard_mail_limits limits, uint8_t *out,
                        uint32_t *flags);
#endif
