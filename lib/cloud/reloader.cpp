#include "cloud/reloader.h"

#include <utility>

#include "base/error.h"
#include "logging/logger.h"

namespace parse::cloud {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Programs write more than one file, and some write each more than once.
constexpr milliseconds kQuiet{200};
/// However busy the folder is.
constexpr milliseconds kLongestUnrest{2000};
constexpr milliseconds kLongWait{60'000};

/// Empty when the working folder is gone.
std::filesystem::path folder_of(const std::filesystem::path& main) {
  std::error_code ignored;
  return std::filesystem::absolute(main, ignored).lexically_normal().parent_path();
}

}  // namespace

Reloader::Reloader(const std::filesystem::path& main, bool is_watching, std::function<void()> reload)
    : is_watching_(is_watching), reload_(std::move(reload)), watch_(folder_of(main)) {}

Reloader::~Reloader() { stop(); }

void Reloader::start() {
  if (is_watching_) watch_.start();
  thread_ = std::thread([this] { run(); });
}

void Reloader::request() {
  is_requested_ = true;
  watch_.wake();
}

void Reloader::stop() {
  is_stopping_ = true;
  watch_.wake();
  if (thread_.joinable()) thread_.join();
}

void Reloader::wait_until_quiet() {
  const auto end = steady_clock::now() + kLongestUnrest;
  while (!is_stopping_ && steady_clock::now() < end && watch_.wait(kQuiet)) continue;
}

void Reloader::run() {
  while (!is_stopping_) {
    const bool is_changed = watch_.wait(kLongWait);
    if (is_changed) wait_until_quiet();
    if (is_stopping_ || (!is_requested_.exchange(false) && !is_changed)) continue;
    logging::info("loading Cloud Code anew");
    try {
      reload_();
      logging::info("the new Cloud Code answers from now on");
    } catch (const Error& error) {
      logging::error("{}; the old code stays", error.message());
    }
  }
}

}  // namespace parse::cloud
