// Time zones by ICU. No ICU type appears here.
#ifndef C_HEARD_ICU_ZONE_H
#define C_HEARD_ICU_ZONE_H
#include <stdbool.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
/// Whether ICU knows a time zone of that name, as "Europe/Warsaw".
bool heard_zone_known(const char *name);
/// Seconds that the zone's clocks are ahead of UTC. `seconds` is since 1970, of UTC or, when
/// `is_local`, of the zone's own clocks: of a time that they show twice the first is meant, and one
/// that they skip counts as if they had not been put forward yet. False for an unknown zone.
bool heard_zone_offset(const char *name, int64_t seconds, bool is_local, int32_t *offset);
#ifdef __cplusplus
}
#endif
#endif
