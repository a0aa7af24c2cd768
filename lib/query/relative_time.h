#pragma once

#include <string_view>

#include "base/iso_date.h"

namespace parse::query {

/// Reads `{"$relativeTime": text}`: "in 2 hrs 5 mins", "3 days ago" or "now", in any case. A year has 365 days; there
/// are no months. Throws kInvalidJson (107) saying what is wrong. Source: parse-server Utils relativeTimeToDate.
Milliseconds parse_relative_time(std::string_view text, Milliseconds now);

}  // namespace parse::query
