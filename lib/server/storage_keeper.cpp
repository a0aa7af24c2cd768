#include "server/storage_keeper.h"

#include <algorithm>
#include <utility>

#include "logging/logger.h"
#include "storage/unavailable.h"

namespace parse::server {

StorageKeeper::StorageKeeper(StorageKeeperSteps steps, StorageKeeperSettings settings)
    : steps_(std::move(steps)), settings_(settings) {}

StorageKeeper::~StorageKeeper() { stop(); }

void StorageKeeper::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void StorageKeeper::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void StorageKeeper::run(const std::stop_token& stop) {
  try {
    if (open(stop)) watch(stop);
  } catch (...) {
    steps_.failed();
  }
}

bool StorageKeeper::open(const std::stop_token& stop) {
  auto next_pause = settings_.first_pause;
  while (!stop.stop_requested()) {
    try {
      steps_.open();
      if (!logged_cause_.empty()) logging::info("the database is there");
      logged_cause_.clear();
      return true;
    } catch (const storage::Unavailable& error) {
      log_away(error.cause());
    }
    pause(next_pause, stop);
    next_pause = std::min(next_pause * 2, settings_.longest_pause);
  }
  return false;
}

void StorageKeeper::watch(const std::stop_token& stop) {
  bool was_there = true;
  while (!stop.stop_requested()) {
    pause(was_there ? settings_.watch_pause : settings_.first_pause, stop);
    if (stop.stop_requested()) return;
    bool is_there = true;
    try {
      steps_.check();
    } catch (const storage::Unavailable& error) {
      is_there = false;
      log_away(error.cause());
    } catch (const Error&) {
      // It answers, if only that it is busy.
    }
    if (is_there != std::exchange(was_there, is_there)) steps_.changed(is_there);
    if (!is_there || logged_cause_.empty()) continue;
    logging::info("the database is there again");
    logged_cause_.clear();
  }
}

void StorageKeeper::pause(std::chrono::milliseconds length, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, stop, length, [] { return false; });
}

void StorageKeeper::log_away(const std::string& cause) {
  // The same cause again and again says nothing new.
  if (cause == logged_cause_) return;
  logging::error("the database cannot be reached, and will be asked for again: {}", cause);
  logged_cause_ = cause.empty() ? "unknown" : cause;
}

}  // namespace parse::server
