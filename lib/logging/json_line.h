#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "logging/log_query.h"

namespace parse::logging {

/// Appends `{"level":…,"message":…,"timestamp":…}` and a newline. Bytes that are no UTF-8 become U+FFFD.
void append_json_line(std::string& out, std::string_view level, std::string_view message, std::string_view timestamp);

/// Reads what append_json_line wrote, without the newline; nullopt for anything else, such as a torn line.
std::optional<LogEntry> read_json_line(std::string_view line);

}  // namespace parse::logging
