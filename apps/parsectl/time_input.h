#pragma once

#include <chrono>
#include <string>

#include "base/iso_date.h"

namespace parse::ctl {

/// "90", "90s", "10m", "2h" or "7d" as seconds. Throws Failure kUsage, naming `flag`.
std::chrono::seconds read_span(const std::string& flag, const std::string& text);

/// A moment in the past: an ISO 8601 date, or a span before `now` ("2h"). Throws Failure kUsage, naming `flag`.
Milliseconds read_past(const std::string& flag, const std::string& text, Milliseconds now);
/// A moment to come: an ISO 8601 date, or a span after `now`. Throws Failure kUsage, naming `flag`.
Milliseconds read_future(const std::string& flag, const std::string& text, Milliseconds now);

/// By the clock of this machine.
Milliseconds now_in_milliseconds();

}  // namespace parse::ctl
