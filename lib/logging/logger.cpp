#include "logging/logger.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <iterator>
#include <memory>
#include <mutex>
#include <vector>

#include "base/iso_date.h"
#include "logging/json_line.h"
#include "logging/log_file.h"
#include "logging/logger_state.h"
#include "logging/redact.h"

namespace parse::logging {

std::atomic<int> detail::threshold{static_cast<int>(Level::kWarn)};

namespace {

constexpr std::size_t kLongestMessage = std::size_t{64} * 1024;
constexpr std::string_view kLevelNames[] = {"error", "warn", "info", "debug", "verbose", "silly"};

// spdlog has fewer levels than Parse: the level's own name travels as the message's logger name.
std::string_view level_name(const spdlog::details::log_msg& message) {
  return {message.logger_name.data(), message.logger_name.size()};
}

std::string timestamp_of(const spdlog::details::log_msg& message) {
  return to_iso_date(std::chrono::duration_cast<std::chrono::milliseconds>(message.time.time_since_epoch()).count());
}

void append_line(std::string& out, const spdlog::details::log_msg& message) {
  append_json_line(out, level_name(message), {message.payload.data(), message.payload.size()}, timestamp_of(message));
}

/// A message from outside cannot begin a line of its own, nor send commands to a terminal.
void append_visible(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
      out.push_back(c);
    else if (c == '\n')
      out += "\\n";
    else
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
  }
}

/// `2026-03-11T23:51:48.050Z info: message`, or the JSON line of the log files.
class ConsoleFormat final : public spdlog::formatter {
 public:
  explicit ConsoleFormat(bool json) : json_(json) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    std::string line;
    if (json_) {
      append_line(line, message);
    } else {
      line = fmt::format("{} {}: ", timestamp_of(message), level_name(message));
      append_visible(line, {message.payload.data(), message.payload.size()});
      line.push_back('\n');
    }
    out.append(line.data(), line.data() + line.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<ConsoleFormat>(json_); }

 private:
  bool json_;
};

class FileSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit FileSink(LogFileSettings settings) : file_(std::move(settings)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    std::string line;
    append_line(line, message);
    file_.append(line, message.time);
  }
  void flush_() override {}

  LogFile file_;
};

struct State {
  LogSettings settings;
  std::vector<std::shared_ptr<spdlog::sinks::sink>> sinks;
};

std::mutex current_mutex;  // guards current, never what it points to
std::shared_ptr<const State> current;

void add_file(State& state, std::string_view prefix, spdlog::level::level_enum level, bool announce) {
  const LogSettings& settings = state.settings;
  auto sink = std::make_shared<FileSink>(LogFileSettings{settings.folder, prefix, settings.max_files, settings.max_age,
                                                         settings.max_file_bytes, announce});
  sink->set_level(level);
  state.sinks.push_back(std::move(sink));
}

std::shared_ptr<const State> make_state(LogSettings settings) {
  auto state = std::make_shared<State>();
  state->settings = std::move(settings);
  if (!state->settings.silent) {
    state->sinks.push_back(std::make_shared<spdlog::sinks::stdout_sink_mt>());
    state->sinks.back()->set_formatter(std::make_unique<ConsoleFormat>(state->settings.json));
  }
  if (!state->settings.folder.empty()) {
    add_file(*state, kInfoPrefix, spdlog::level::trace, true);
    add_file(*state, kErrorPrefix, spdlog::level::err, false);
  }
  return state;
}

std::shared_ptr<const State> state() {
  const std::lock_guard lock(current_mutex);
  if (!current) current = make_state({.level = Level::kWarn});
  return current;
}

}  // namespace

std::optional<Level> parse_level(std::string_view text) {
  if (text == "silent") return Level::kSilent;
  for (std::size_t i = 0; i < std::size(kLevelNames); ++i)
    if (text == kLevelNames[i]) return static_cast<Level>(i);
  return std::nullopt;
}

std::string_view to_string(Level level) {
  return level == Level::kSilent ? "silent" : kLevelNames[static_cast<std::size_t>(level)];
}

void configure(LogSettings settings) {
  const int level = static_cast<int>(settings.level);
  auto next = make_state(std::move(settings));
  {
    const std::lock_guard lock(current_mutex);
    current.swap(next);
  }
  detail::threshold.store(level, std::memory_order_relaxed);
}

void flush() {
  for (const auto& sink : state()->sinks) sink->flush();
}

void write(Level level, std::string_view message) {
  if (level == Level::kSilent || !enabled(level)) return;
  const auto target = state();
  if (target->sinks.empty()) return;
  std::string masked = redact(message);
  if (masked.size() > kLongestMessage) masked.replace(kLongestMessage, std::string::npos, "... (truncated)");
  const auto rank = level == Level::kError ? spdlog::level::err : spdlog::level::info;
  const auto name = to_string(level);
  const spdlog::details::log_msg entry(now(), spdlog::source_loc{}, {name.data(), name.size()}, rank,
                                       {masked.data(), masked.size()});
  for (const auto& sink : target->sinks)
    if (sink->should_log(rank)) sink->log(entry);
}

std::string log_folder() { return state()->settings.folder; }

Time now() {
  const auto& clock = state()->settings.clock;
  return clock ? clock() : std::chrono::system_clock::now();
}

}  // namespace parse::logging
