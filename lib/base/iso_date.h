#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parse {

/// Milliseconds since 1970-01-01T00:00:00Z, the resolution of every date in Parse.
using Milliseconds = std::int64_t;

/// Length of "2016-03-11T23:51:48.050Z".
inline constexpr std::size_t kIsoDateLength = 24;

/// Appends `YYYY-MM-DDTHH:MM:SS.mmmZ` (UTC). Years outside 0..9999 get the signed six-digit form of ECMAScript.
void append_iso_date(std::string& out, Milliseconds time);
std::string to_iso_date(Milliseconds time);

/// Reads the ISO 8601 forms that ECMAScript's Date reads: date only (UTC), date and time with optional seconds and
/// fraction, `Z` or an offset such as `+02:00`; no zone means UTC. Digits beyond milliseconds are cut off.
std::optional<Milliseconds> parse_iso_date(std::string_view text);

}  // namespace parse
