#include "logging/log_file.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/iso_date.h"
#include "logging/json_line.h"

namespace parse::logging {
namespace {

constexpr std::chrono::seconds kRetryAfterFailure{10};
constexpr std::size_t kDateLength = 10;

std::optional<LogFileName> parse_name(std::string_view file, std::string_view prefix) {
  if (!file.starts_with(prefix)) return std::nullopt;
  file.remove_prefix(prefix.size());
  if (file.size() < kDateLength + 1 || file[0] != '.') return std::nullopt;
  LogFileName name;
  name.date = file.substr(1, kDateLength);
  if (name.date[4] != '-' || name.date[7] != '-' || !parse_iso_date(name.date)) return std::nullopt;
  file.remove_prefix(kDateLength + 1);
  if (file.empty()) return name;
  if (file[0] != '.') return std::nullopt;
  const auto result = std::from_chars(file.data() + 1, file.data() + file.size(), name.part);
  if (result.ec != std::errc() || result.ptr != file.data() + file.size()) return std::nullopt;
  return name;
}

Milliseconds to_milliseconds(Time time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace

std::string to_path(const std::string& folder, std::string_view prefix, const LogFileName& name) {
  if (name.part == 0) return fmt::format("{}/{}.{}", folder, prefix, name.date);
  return fmt::format("{}/{}.{}.{}", folder, prefix, name.date, name.part);
}

std::string date_of(Time time) { return to_iso_date(to_milliseconds(time)).substr(0, kDateLength); }

std::vector<LogFileName> list_log_files(const std::string& folder, std::string_view prefix) {
  std::vector<LogFileName> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (auto name = parse_name(entry->path().filename().string(), prefix)) names.push_back(std::move(*name));
  std::sort(names.begin(), names.end());
  return names;
}

LogFile::LogFile(LogFileSettings settings) : settings_(std::move(settings)) {}

LogFile::~LogFile() { close(); }

void LogFile::append(std::string_view line, Time now) {
  if (!ready(now, line.size())) {
    ++lost_;
    return;
  }
  if (lost_ != 0) report_lost(now);
  if (!write_all(line)) {
    fail(now, errno);
    ++lost_;
  }
}

bool LogFile::ready(Time now, std::size_t bytes) {
  if (failed_at_ && now - *failed_at_ < kRetryAfterFailure && now >= *failed_at_) return false;
  const std::string today = date_of(now);
  const bool grown = settings_.max_bytes != 0 && size_ != 0 && size_ + bytes > settings_.max_bytes;
  if (descriptor_ >= 0 && current_.date == today && !grown) return true;
  LogFileName next{today, current_.date == today ? current_.part : 0};
  if (descriptor_ >= 0 && current_.date == today) {
    ++next.part;
  } else {
    for (const auto& name : list_log_files(settings_.folder, settings_.prefix))
      if (name.date == today) next.part = std::max(next.part, name.part);
  }
  if (!open(next)) {
    fail(now, errno);
    return false;
  }
  remove_old(now);
  return true;
}

bool LogFile::open(LogFileName name) {
  close();
  std::error_code ignored;
  std::filesystem::create_directories(settings_.folder, ignored);
  const std::string path = to_path(settings_.folder, settings_.prefix, name);
  descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (descriptor_ < 0) return false;
  struct stat info {};
  size_ = ::fstat(descriptor_, &info) == 0 ? static_cast<std::size_t>(info.st_size) : 0;
  current_ = std::move(name);
  return true;
}

void LogFile::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
  size_ = 0;
}

void LogFile::fail(Time now, int error) {
  close();
  if (!failed_at_ && settings_.announce_failure)
    fmt::print(stderr, "warn: cannot write log files in {}: {}; trying again every {} seconds\n", settings_.folder,
               std::strerror(error), kRetryAfterFailure.count());
  failed_at_ = now;
}

void LogFile::report_lost(Time now) {
  std::string line = "\n";  // ends the line that the failure tore
  append_json_line(line, "warn", fmt::format("{} log lines could not be written", lost_),
                   to_iso_date(to_milliseconds(now)));
  if (!write_all(line)) return;
  lost_ = 0;
  failed_at_.reset();
}

bool LogFile::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    size_ += static_cast<std::size_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void LogFile::remove_old(Time now) const {
  auto names = list_log_files(settings_.folder, settings_.prefix);
  const std::size_t surplus =
      settings_.max_files != 0 && names.size() > settings_.max_files ? names.size() - settings_.max_files : 0;
  const std::string oldest = settings_.max_age.count() != 0 ? date_of(now - settings_.max_age) : std::string();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i >= surplus && names[i].date >= oldest) break;
    std::error_code ignored;
    if (names[i] != current_) std::filesystem::remove(to_path(settings_.folder, settings_.prefix, names[i]), ignored);
  }
}

}  // namespace parse::logging
