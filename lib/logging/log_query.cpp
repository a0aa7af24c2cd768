#include "logging/log_query.h"

#include <algorithm>

#include "base/iso_date.h"
#include "logging/json_line.h"
#include "logging/line_reader.h"
#include "logging/log_file.h"
#include "logging/logger_state.h"

namespace parse::logging {
namespace {

constexpr std::chrono::days kDefaultSpan{7};

std::string iso(Time time) {
  return to_iso_date(std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

/// Timestamps of one form compare as texts.
struct Span {
  std::string from;
  std::string until;

  bool contains(const std::string& timestamp) const { return timestamp >= from && timestamp <= until; }
  bool contains_day(const std::string& date) const {
    return date >= from.substr(0, date.size()) && date <= until.substr(0, date.size());
  }
};

/// Adds the entries of one file; true while more are wanted.
bool read_file(const std::string& path, const LogQuery& query, const Span& span, std::vector<LogEntry>& entries) {
  const std::size_t size = std::min(query.size, kMaxLogQuerySize);
  LineReader reader(path, query.newest_first ? LineReader::Direction::kBackward : LineReader::Direction::kForward);
  while (entries.size() < size) {
    const auto line = reader.next();
    if (!line) return true;
    auto entry = read_json_line(*line);
    if (entry && span.contains(entry->timestamp)) entries.push_back(std::move(*entry));
  }
  return false;
}

}  // namespace

std::vector<LogEntry> log_query(const LogQuery& query) {
  std::vector<LogEntry> entries;
  const std::string folder = log_folder();
  if (folder.empty() || query.size == 0) return entries;
  const Time until = query.until.value_or(now());
  const Span span{iso(query.from.value_or(until - kDefaultSpan)), iso(until)};
  const std::string_view prefix = query.level == Level::kError ? kErrorPrefix : kInfoPrefix;
  auto names = list_log_files(folder, prefix);
  if (query.newest_first) std::reverse(names.begin(), names.end());
  for (const auto& name : names) {
    if (!span.contains_day(name.date)) continue;
    if (!read_file(to_path(folder, prefix, name), query, span, entries)) break;
  }
  return entries;
}

}  // namespace parse::logging
