#include "CHeardICUTimeZone.h"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>
#include <unicode/unistr.h>

#include <memory>

int32_t heard_time_zone_changes(
    const char *name, int64_t from, int64_t to, int64_t *moments, int32_t *offsets, int32_t room) {
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  // An unknown name gives the zone Etc/Unknown, not an error.
  if (!zone || *zone == icu::TimeZone::getUnknown() || room < 1) return -1;
  const auto *basic = dynamic_cast<const icu::BasicTimeZone *>(zone.get());
  if (!basic) return -1;
  UErrorCode status = U_ZERO_ERROR;
  int32_t raw = 0;
  int32_t saving = 0;
  zone->getOffset(from * 1000.0, false, raw, saving, status);
  if (U_FAILURE(status)) return -1;
  moments[0] = from;
  offsets[0] = (raw + saving) / 1000;
  int32_t count = 1;
  icu::TimeZoneTransition change;
  double at = from * 1000.0;
  while (count < room && basic->getNextTransition(at, false, change) &&
         change.getTime() <= to * 1000.0) {
    at = change.getTime();
    zone->getOffset(at, false, raw, saving, status);
    if (U_FAILURE(status)) return -1;
    moments[count] = static_cast<int64_t>(at / 1000);
    offsets[count] = (raw + saving) / 1000;
    ++count;
  }
  return count;
}
