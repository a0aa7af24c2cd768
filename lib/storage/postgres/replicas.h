#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "query/where.h"
#include "storage/postgres/pool.h"
#include "storage/postgres/runner.h"

namespace parse::storage::postgres {

/// The copies of a database that answer reads. A replica that cannot be reached is left alone for a while by its pool,
/// so passing over it costs nothing. Any thread.
class Replicas {
 public:
  /// Connects to none of them: they may be away.
  explicit Replicas(std::vector<PoolSettings> settings);

  /// Calls `body(runner)` with the first server in the order of preference that can be reached. Replicas take turns;
  /// NEAREST means any server in turn; without replicas everything is read from the primary. Throws Disconnected when
  /// none can be reached.
  template <typename Body>
  auto read(query::ReadPreference from, Runner& primary, Body&& body) {
    if (from == query::ReadPreference::kPrimary || servers_.empty()) return body(primary);
    const std::vector<Runner*> order = order_of(from, primary);
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
      try {
        return body(*order[i]);
      } catch (const Disconnected&) {
        // The next one may answer.
      }
    }
    return body(*order.back());
  }

 private:
  struct Server {
    explicit Server(PoolSettings settings) : pool(std::move(settings)) {}
    Pool pool;
    Runner run{pool};
  };

  std::vector<Runner*> order_of(query::ReadPreference from, Runner& primary);

  std::vector<std::unique_ptr<Server>> servers_;
  std::atomic<std::size_t> turn_{0};
};

}  // namespace parse::storage::postgres
