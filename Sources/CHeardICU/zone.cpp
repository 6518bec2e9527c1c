// Time zones: what the clocks of a place show, by ICU's copy of the IANA data.
#include "CHeardICUZone.h"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <memory>

namespace {

std::unique_ptr<icu::TimeZone> open_zone(const char *name) {
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (!zone || *zone == icu::TimeZone::getUnknown()) return nullptr;
  return zone;
}

}  // namespace

extern "C" bool heard_zone_known(const char *name) { return open_zone(name) != nullptr; }

extern "C" bool heard_zone_offset(
    const char *name, int64_t seconds, bool is_local, int32_t *offset) {
  const std::unique_ptr<icu::TimeZone> zone = open_zone(name);
  if (!zone) return false;
  UErrorCode status = U_ZERO_ERROR;
  const UDate date = static_cast<double>(seconds) * 1000.0;
  int32_t raw = 0;
  int32_t saving = 0;
  const auto *basic = dynamic_cast<const icu::BasicTimeZone *>(zone.get());
  if (is_local && basic) {
    basic->getOffsetFromLocal(
        date, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw, saving, status);
  } else {
    zone->getOffset(date, is_local, raw, saving, status);
  }
  if (U_FAILURE(status)) return false;
  *offset = (raw + saving) / 1000;
  return true;
}
