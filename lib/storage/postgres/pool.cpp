#include "storage/postgres/pool.h"

#include <utility>

namespace parse::storage::postgres {
namespace {

/// After a failure to connect, others fail at once for this long, so that requests do not queue for a dead database.
constexpr std::chrono::milliseconds kPauseAfterFailure{500};

}  // namespace

Pool::Pool(PoolSettings settings) : settings_(std::move(settings)) {}

std::unique_ptr<Connection> Pool::take() {
  while (auto connection = take_idle()) {
    if (connection->is_usable()) return connection;
    connection.reset();
    forget_one();
  }
  return connect();
}

/// The connection used last, so that the others may grow old; nullptr when a new one may be made, whose place is taken.
std::unique_ptr<Connection> Pool::take_idle() {
  std::vector<Idle> aged;  // closed after the lock
  std::unique_lock lock(mutex_);
  const auto is_ready = [&] { return !idle_.empty() || open_ < settings_.max_connections; };
  ++waiting_;
  const bool is_in_time = returned_.wait_for(lock, settings_.wait_limit, is_ready);
  --waiting_;
  if (!is_in_time) throw Error(ErrorCode::kTimeout, "The database has no free connection.", "the pool is exhausted");
  if (idle_.empty()) {
    ++open_;
    return nullptr;
  }
  std::unique_ptr<Connection> connection = std::move(idle_.back().connection);
  idle_.pop_back();
  const Clock::time_point oldest = Clock::now() - settings_.idle_limit;
  while (!idle_.empty() && idle_.front().since < oldest) {
    aged.push_back(std::move(idle_.front()));
    idle_.erase(idle_.begin());
    --open_;
  }
  return connection;
}

std::unique_ptr<Connection> Pool::connect() {
  try {
    {
      const std::lock_guard lock(mutex_);
      if (Clock::now() < no_try_before_) throw Disconnected(last_failure_);
    }
    return std::make_unique<Connection>(settings_.connection);
  } catch (const Error& error) {
    {
      const std::lock_guard lock(mutex_);
      if (Clock::now() >= no_try_before_) no_try_before_ = Clock::now() + kPauseAfterFailure;
      last_failure_ = error.cause();
    }
    forget_one();
    throw;
  }
}

void Pool::give_back(std::unique_ptr<Connection> connection) noexcept {
  if (!connection->is_reusable()) {
    connection.reset();
    forget_one();
    return;
  }
  const std::lock_guard lock(mutex_);
  idle_.push_back({std::move(connection), Clock::now()});
  if (waiting_ > 0) returned_.notify_one();
}

void Pool::forget_one() noexcept {
  const std::lock_guard lock(mutex_);
  --open_;
  returned_.notify_one();
}

}  // namespace parse::storage::postgres
