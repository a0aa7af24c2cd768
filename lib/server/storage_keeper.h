#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace parse::server {

/// How often a database that is away is asked for again.
struct StorageKeeperSettings {
  /// After the first failure; doubled after each further one.
  std::chrono::milliseconds first_pause{200};
  std::chrono::milliseconds longest_pause{5'000};
  /// Between two looks at a database that is there.
  std::chrono::milliseconds watch_pause{5'000};
};

/// What the keeper does and tells; all of it on its thread.
struct StorageKeeperSteps {
  /// Opens the database and builds what needs it. Throws storage::Unavailable when another try may work; every other
  /// exception ends the keeper.
  std::function<void()> open;
  /// Throws storage::Unavailable when the open database does not answer.
  std::function<void()> check;
  /// The open database went away, or is there again. Called at changes only.
  std::function<void(bool is_there)> changed;
  /// `open` threw what no further try can mend; called within the handler, and the last call.
  std::function<void()> failed;
};

/// Opens a database that may be away for as long as that takes, then watches over it. A thread of its own, because a
/// try may take seconds. Logs once for each change.
class StorageKeeper {
 public:
  explicit StorageKeeper(StorageKeeperSteps steps, StorageKeeperSettings settings = {});
  /// Waits for the step that is under way.
  ~StorageKeeper();
  StorageKeeper(const StorageKeeper&) = delete;
  StorageKeeper& operator=(const StorageKeeper&) = delete;

  void start();
  /// No further try. Safe to call twice.
  void stop();

 private:
  void run(const std::stop_token& stop);
  bool open(const std::stop_token& stop);
  void watch(const std::stop_token& stop);
  void pause(std::chrono::milliseconds length, const std::stop_token& stop);
  void log_away(const std::string& cause);

  const StorageKeeperSteps steps_;
  const StorageKeeperSettings settings_;
  std::mutex mutex_;  // for pauses alone
  std::condition_variable_any wake_;
  std::string logged_cause_;
  std::jthread thread_;
};

}  // namespace parse::server
