#pragma once

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// One log for the process: console lines and JSON files. Any thread may write. Secrets are masked in every message.
namespace parse::logging {

/// Most important first; a message is written when it is at or before the configured level.
enum class Level : int { kSilent = -1, kError, kWarn, kInfo, kDebug, kVerbose, kSilly };

/// Reads "error", "warn", "info", "debug", "verbose", "silly" or "silent".
std::optional<Level> parse_level(std::string_view text);
std::string_view to_string(Level level);

/// Where messages go. Files are `parse-server.info.<date>` (all levels) and `parse-server.err.<date>` (errors), with
/// one JSON object `{"level","message","timestamp"}` a line; the date is UTC. Source: parse-server WinstonLogger.
struct LogSettings {
  Level level = Level::kInfo;
  /// Nothing on the console; files are still written.
  bool silent = false;
  /// JSON lines on the console instead of text.
  bool json = false;
  /// Empty: no files. Created when it is missing.
  std::string folder = {};
  /// Files kept of each kind; zero keeps all.
  std::size_t max_files = 0;
  /// Age of the oldest file kept; zero keeps all.
  std::chrono::days max_age{0};
  /// A file that grew beyond this is continued in `<name>.1`, `<name>.2` …
  std::size_t max_file_bytes = std::size_t{64} * 1024 * 1024;
  /// The clock of timestamps and file names; empty: the system's.
  std::function<std::chrono::system_clock::time_point()> clock = {};
};

/// Replaces how messages are written, from now on. Until the first call only warnings and errors are printed, to the
/// console.
void configure(LogSettings settings);
/// Writes out what is buffered.
void flush();

namespace detail {
extern std::atomic<int> threshold;
}

/// True when a message of `level` would be written; one relaxed load.
inline bool enabled(Level level) {
  return static_cast<int>(level) <= detail::threshold.load(std::memory_order_relaxed);
}

/// Writes one message; secrets are masked. A folder that cannot be written costs one line on the console, not the
/// caller.
void write(Level level, std::string_view message);

template <typename... Args>
void log(Level level, fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(level)) write(level, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  log(Level::kError, format, std::forward<Args>(args)...);
}
template <typename... Args>
void warn(fmt::format_string<Args...> format, Args&&... args) {
  log(Level::kWarn, format, std::forward<Args>(args)...);
}
template <typename... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  log(Level::kInfo, format, std::forward<Args>(args)...);
}
template <typename... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  log(Level::kDebug, format, std::forward<Args>(args)...);
}
template <typename... Args>
void verbose(fmt::format_string<Args...> format, Args&&... args) {
  log(Level::kVerbose, format, std::forward<Args>(args)...);
}

}  // namespace parse::logging
