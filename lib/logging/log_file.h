#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parse::logging {

using Time = std::chrono::system_clock::time_point;

/// A log file by its name: `parse-server.info.2026-03-11`, continued in `parse-server.info.2026-03-11.1`.
struct LogFileName {
  /// "2026-03-11", UTC.
  std::string date;
  unsigned part = 0;

  friend auto operator<=>(const LogFileName&, const LogFileName&) = default;
};

inline constexpr std::string_view kInfoPrefix = "parse-server.info";
inline constexpr std::string_view kErrorPrefix = "parse-server.err";

std::string to_path(const std::string& folder, std::string_view prefix, const LogFileName& name);
/// The UTC date of `time`, as in file names.
std::string date_of(Time time);
/// The log files in `folder`, oldest first; empty when the folder cannot be read.
std::vector<LogFileName> list_log_files(const std::string& folder, std::string_view prefix);

/// What a LogFile writes, and for how long it is kept. See LogSettings.
struct LogFileSettings {
  std::string folder;
  std::string_view prefix;
  std::size_t max_files = 0;
  std::chrono::days max_age{0};
  std::size_t max_bytes = 0;
  /// Say on standard error, once, that the file cannot be written.
  bool announce_failure = true;
};

/// Appends lines to the file of the day; begins a new one with each day and when it grew too long, then removes old
/// ones. A disk that is full or a folder that cannot be written loses lines, and says how many once it works again. Not
/// thread-safe.
class LogFile {
 public:
  explicit LogFile(LogFileSettings settings);
  ~LogFile();
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  /// `line` ends with a newline.
  void append(std::string_view line, Time now);

 private:
  bool ready(Time now, std::size_t bytes);
  bool open(LogFileName name);
  void close();
  void fail(Time now, int error);
  void report_lost(Time now);
  bool write_all(std::string_view bytes);
  void remove_old(Time now) const;

  LogFileSettings settings_;
  LogFileName current_;
  int descriptor_ = -1;
  std::size_t size_ = 0;
  std::size_t lost_ = 0;
  std::optional<Time> failed_at_;
};

}  // namespace parse::logging
