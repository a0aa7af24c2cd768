#include "rest/schema_follower.h"

#include <algorithm>
#include <exception>

#include "logging/logger.h"

namespace parse::rest {

SchemaFollower::SchemaFollower(storage::Adapter& storage, SchemaService& schemas, SchemaFollowerSettings settings)
    : storage_(storage), schemas_(schemas), settings_(settings) {
  storage_.watch_schema([this] { notice(); });
}

SchemaFollower::~SchemaFollower() { storage_.watch_schema({}); }

void SchemaFollower::notice() {
  {
    const std::lock_guard lock(mutex_);
    ++notices_;
    if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { follow(stop); });
  }
  wake_.notify_one();
}

void SchemaFollower::follow(const std::stop_token& stop) {
  std::uint64_t done = 0;
  auto wait = settings_.first_wait;
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested() && wake_.wait(lock, stop, [&] { return notices_ != done; })) {
    const std::uint64_t seen = notices_;
    lock.unlock();
    const bool is_read = reload();
    lock.lock();
    if (is_read) {
      done = seen;
      wait = settings_.first_wait;
      continue;
    }
    wake_.wait_for(lock, stop, wait, [&] { return notices_ != seen; });
    wait = std::min(wait * 2, settings_.longest_wait);
  }
}

bool SchemaFollower::reload() {
  try {
    schemas_.reload();
    return true;
  } catch (const Error& error) {
    logging::warn("the schema that another server changed cannot be read: {} {}", error.message(), error.cause());
  } catch (const std::exception& error) {
    logging::warn("the schema that another server changed cannot be read: {}", error.what());
  }
  return false;
}

}  // namespace parse::rest
