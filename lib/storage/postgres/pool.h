#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "storage/postgres/connection.h"

namespace parse::storage::postgres {

struct PoolSettings {
  ConnectionSettings connection;
  /// Connections at most. Each costs the database server a process.
  std::size_t max_connections = 10;
  /// A connection unused for this long is closed.
  std::chrono::milliseconds idle_limit{30000};
  /// Longest wait for a connection when all are in use.
  std::chrono::milliseconds wait_limit{30000};
};

/// The connections to one database, made on demand. Any thread.
class Pool {
 public:
  explicit Pool(PoolSettings settings);
  /// Every lease must have ended.
  ~Pool() = default;
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// One connection for the life of the lease, then back to the pool.
  class Lease {
   public:
    explicit Lease(Pool& pool) : pool_(pool), connection_(pool.take()) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    Pool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  const PoolSettings& settings() const { return settings_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Idle {
    std::unique_ptr<Connection> connection;
    Clock::time_point since;
  };

  /// Throws Disconnected when the database cannot be reached, at once when it could not a moment ago; kTimeout (124)
  /// when no connection became free.
  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection) noexcept;
  std::unique_ptr<Connection> take_idle();
  std::unique_ptr<Connection> connect();
  void forget_one() noexcept;

  const PoolSettings settings_;
  std::mutex mutex_;  // guards everything below; never held while connecting
  std::condition_variable returned_;
  std::vector<Idle> idle_;  // the one used last is at the end
  std::size_t open_ = 0;    // idle, leased or being made
  std::size_t waiting_ = 0;
  Clock::time_point no_try_before_{};
  std::string last_failure_;
};

}  // namespace parse::storage::postgres
