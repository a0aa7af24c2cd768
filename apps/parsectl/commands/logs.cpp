#include <algorithm>
#include <thread>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/interruption.h"
#include "apps/parsectl/lookup.h"
#include "apps/parsectl/time_input.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::chrono::milliseconds kShortestPause{250};
constexpr std::chrono::milliseconds kLongestPause{2000};
/// Entries of one call while following; a server gives 10000 at most.
constexpr std::size_t kLeastPage = 1000;
constexpr std::size_t kLargestPage = 10000;

const std::vector<std::string> kColumns = {"timestamp", "level", "message"};

struct LogsFlags {
  std::string level = "info";
  std::string from;
  std::string until;
  std::size_t size = 10;
  bool follows = false;
};

/// Oldest first.
Array read_entries(Session& session, client::Params params) {
  const Value answer = session.server().get("/scriptlog", params);
  if (const auto* entries = answer.get_if<Array>()) return *entries;
  throw Failure(ExitCode::kFailed, "the server answered with something that is no list of log entries");
}

/// The last `size` entries of the span.
Array read_last(Session& session, const LogsFlags& flags) {
  client::Params params{{"level", flags.level}, {"size", std::to_string(flags.size)}, {"order", "desc"}};
  const Milliseconds now = now_in_milliseconds();
  if (!flags.from.empty()) params.emplace_back("from", to_iso_date(read_past("--from", flags.from, now)));
  if (!flags.until.empty()) params.emplace_back("until", to_iso_date(read_past("--until", flags.until, now)));
  Array entries = read_entries(session, params);
  std::reverse(entries.begin(), entries.end());
  return entries;
}

/// Gives each entry once, although calls overlap: the log is asked from the moment of the last entry on, because more
/// may be written within the same millisecond.
class Follower {
 public:
  explicit Follower(const LogsFlags& flags) : flags_(flags) {}

  /// Takes note of entries that were printed.
  void remember(const Array& entries) {
    for (const Value& entry : entries) {
      const std::string time = text_at(entry.as<Object>(), "timestamp");
      if (time != last_time_) at_last_time_.clear();
      last_time_ = time;
      at_last_time_.push_back(entry);
    }
  }

  /// What was written since, oldest first.
  Array next(Session& session) {
    client::Params params{{"level", flags_.level}, {"size", std::to_string(page_)}, {"order", "asc"}};
    if (!last_time_.empty()) params.emplace_back("from", last_time_);
    Array entries = read_entries(session, params);
    const std::size_t count = entries.size();
    std::vector<Value> known = at_last_time_;
    std::erase_if(entries, [&](const Value& entry) {
      const auto found = std::find(known.begin(), known.end(), entry);
      if (found == known.end()) return false;
      known.erase(found);
      return true;
    });
    // A whole page of one millisecond would come back for ever.
    page_ = entries.empty() && count >= page_ ? std::min(page_ * 2, kLargestPage) : kLeastPage;
    remember(entries);
    return entries;
  }

 private:
  const LogsFlags& flags_;
  std::string last_time_;
  std::vector<Value> at_last_time_;
  std::size_t page_ = kLeastPage;
};

void print_lines(Output& output, const Array& entries) {
  for (const Value& entry : entries) output.line(kColumns, entry.as<Object>());
  output.flush();
}

void follow(Session& session, const LogsFlags& flags) {
  end_on_interrupt();
  Follower follower(flags);
  // More than is printed, to know which entries share the moment of the last one.
  LogsFlags known = flags;
  known.size = std::max(flags.size, kLeastPage);
  Array entries = read_last(session, known);
  follower.remember(entries);
  if (entries.size() > flags.size)
    entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(flags.size));
  print_lines(session.output(), entries);
  for (auto pause = kShortestPause;;) {
    std::this_thread::sleep_for(pause);
    const Array more = follower.next(session);
    print_lines(session.output(), more);
    pause = more.empty() ? std::min(pause * 2, kLongestPause) : kShortestPause;
  }
}

void show_logs(Session& session, const LogsFlags& flags) {
  if (session.target().server.empty())
    throw Failure(ExitCode::kUsage, "only a running server has a log",
                  "name it by --server; without one, read the files of its logsFolder");
  if (flags.follows && !flags.until.empty()) throw Failure(ExitCode::kUsage, "--follow and --until exclude each other");
  if (flags.follows) return follow(session, flags);
  session.output().rows(kColumns, read_last(session, flags));
}

}  // namespace

void add_logs_commands(Commands& commands) {
  const auto flags = std::make_shared<LogsFlags>();
  CLI::App& logs = commands.add(commands.root(), "logs", "Show what the server logged, oldest first",
                                [flags](Session& session) { show_logs(session, *flags); });
  logs.add_option("--level", flags->level, "info: all entries; error: errors only [info]")
      ->check(CLI::IsMember({"info", "error"}));
  logs.add_option("--from", flags->from, "Not before this date, or this long ago: 30m, 2h, 7d [7d]")->type_name("TIME");
  logs.add_option("--until", flags->until, "Not after this date, or this long ago [now]")->type_name("TIME");
  logs.add_option("--size", flags->size, "At most this many entries, the last ones [10]")
      ->check(CLI::Range(std::size_t{0}, kLargestPage))
      ->type_name("NUMBER");
  logs.add_flag("-f,--follow", flags->follows, "Go on with what is written from now on, until Ctrl-C (exit code 130)");
  logs.footer(
      "Followed entries are printed one a line, JSON too, and a table has tabs between its columns.\n\nExamples:\n"
      "  parsectl logs --level error --from 2h --size 100\n"
      "  parsectl logs --follow --output ndjson");
}

}  // namespace parse::ctl
