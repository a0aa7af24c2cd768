#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <thread>

#include "rest/schema_service.h"
#include "storage/adapter.h"

namespace parse::rest {

/// How long to wait before the schema is read again after that failed: at first, and at most after more failures.
struct SchemaFollowerSettings {
  std::chrono::milliseconds first_wait{1000};
  std::chrono::milliseconds longest_wait{30000};
};

/// Keeps a SchemaService in step with other servers on the same database: reloads it whenever storage tells that the
/// schema has changed, on a thread of its own, which only a storage that tells ever starts. Notices that come during a
/// reload share the next one. A failure is logged and tried again, at once when another notice comes.
class SchemaFollower {
 public:
  /// Begins to watch. Both must outlive it.
  SchemaFollower(storage::Adapter& storage, SchemaService& schemas, SchemaFollowerSettings settings = {});
  ~SchemaFollower();
  SchemaFollower(const SchemaFollower&) = delete;
  SchemaFollower& operator=(const SchemaFollower&) = delete;

 private:
  void notice();
  void follow(const std::stop_token& stop);
  bool reload();

  storage::Adapter& storage_;
  SchemaService& schemas_;
  const SchemaFollowerSettings settings_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any wake_;
  std::uint64_t notices_ = 0;
  std::jthread thread_;
};

}  // namespace parse::rest
