#pragma once

#include "storage/postgres/connection.h"

namespace parse::storage::postgres {

/// A transaction on one connection; leaving the scope without `commit` rolls back.
class TransactionScope {
 public:
  explicit TransactionScope(Connection& connection, const char* begin = "BEGIN") : connection_(connection) {
    connection_.use_plan_mode(PlanMode::kAuto);
    connection_.execute(begin);
  }
  ~TransactionScope() {
    if (is_committed_ || !connection_.is_in_transaction()) return;
    try {
      connection_.execute("ROLLBACK");
    } catch (const Error&) {
      // The connection is gone, and the transaction with it.
    }
  }
  TransactionScope(const TransactionScope&) = delete;
  TransactionScope& operator=(const TransactionScope&) = delete;

  void commit() {
    connection_.execute("COMMIT");
    is_committed_ = true;
  }

 private:
  Connection& connection_;
  bool is_committed_ = false;
};

}  // namespace parse::storage::postgres
