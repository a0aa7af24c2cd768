#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "logging/logger.h"

namespace parse::logging {

/// Which entries of the log files to return. Source: parse-server WinstonLoggerAdapter.query.
struct LogQuery {
  /// Default: seven days before `until`.
  std::optional<std::chrono::system_clock::time_point> from;
  /// Default: now.
  std::optional<std::chrono::system_clock::time_point> until;
  /// kError reads the error files only; anything else reads all entries.
  Level level = Level::kInfo;
  /// At most kMaxLogQuerySize entries are returned, whatever is asked for.
  std::size_t size = 10;
  bool newest_first = true;
};

inline constexpr std::size_t kMaxLogQuerySize = 10000;

/// One line of a log file.
struct LogEntry {
  std::string level;
  std::string message;
  /// ISO 8601, UTC, milliseconds.
  std::string timestamp;

  friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

/// Reads the log files of the configured folder; empty without one. Blocks on the disk: call it from a worker.
std::vector<LogEntry> log_query(const LogQuery& query);

}  // namespace parse::logging
