// Time zones by ICU's own table, whatever the machine's zone is. No ICU type appears here.
#ifndef C_HEARD_ICU_TIME_ZONE_H
#define C_HEARD_ICU_TIME_ZONE_H
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
/// When the offset of a zone changes, between two moments (seconds since 1970-01-01T00:00:00Z).
///
/// The first of `moments` is `from`; each has in `offsets` the seconds east of UTC that hold from
/// then on. Writes at most `room` of them and returns their number; -1 for a name that is no zone
/// (as Europe/Amsterdam) and when ICU's data are missing.
int32_t heard_time_zone_changes(
    const char *name, int64_t from, int64_t to, int64_t *moments, int32_t *offsets, int32_t room);
#ifdef __cplusplus
}
#endif
#endif
