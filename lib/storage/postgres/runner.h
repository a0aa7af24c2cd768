#pragma once

#include "base/worker_pool.h"
#include "storage/postgres/actual_schema.h"
#include "storage/postgres/pool.h"
#include "storage/postgres/transaction_scope.h"

namespace parse::storage::postgres {

/// Runs pieces of work, functions of a Connection, on connections of a pool, and tries again where that is safe. Any
/// thread; enters a BlockingSection.
class Runner {
 public:
  explicit Runner(Pool& pool) : pool_(pool) {}

  /// A read whose connection went away is made once more on another.
  template <typename Body>
  auto read(Body&& body) {
    const BlockingSection blocking(pool_.settings().max_connections);
    try {
      const Pool::Lease connection(pool_);
      return body(*connection);
    } catch (const Disconnected& lost) {
      if (!lost.was_sent()) throw;
    }
    const Pool::Lease connection(pool_);
    return body(*connection);
  }

  /// A read that goes by `schema`, or by what the database really has of it; see with_actual_schema.
  template <typename Body>
  auto read(const schema::Schema& schema, Body&& body) {
    return read([&](Connection& connection) {
      return with_actual_schema(connection, schema,
                                [&](const schema::Schema& actual) { return body(connection, actual); });
    });
  }

  /// A write that met another one, or a statement that no longer fits, is tried again; one whose connection went away
  /// is not, for it may have been carried out.
  template <typename Body>
  auto write(Body&& body) {
    const BlockingSection blocking;
    for (int tries = 1;; ++tries) {
      const Pool::Lease connection(pool_);
      try {
        return body(*connection);
      } catch (const StaleStatement&) {
        connection->forget_statements();
        if (tries == kMostTries) throw;
      } catch (const Error& error) {
        if (error.code() != ErrorCode::kInvalidLinkedSession || tries == kMostTries) throw;
      }
    }
  }

  /// As `write`; in a transaction when it takes several statements.
  template <typename Body>
  auto in_transaction(bool is_several, Body&& body) {
    return write([&](Connection& connection) {
      if (!is_several) return body(connection);
      TransactionScope scope(connection);
      auto result = body(connection);
      scope.commit();
      return result;
    });
  }

 private:
  /// Each time that a write meets another one, somebody has got further.
  static constexpr int kMostTries = 5;

  Pool& pool_;
};

}  // namespace parse::storage::postgres
