#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "query/where.h"
#include "schema/class_schema.h"
#include "storage/postgres/connection.h"
#include "storage/sql/index_advisor.h"

namespace parse::storage::postgres {

/// Makes indexes that finds ask for again and again: when finds on one field have taken long, and PostgreSQL says that
/// it reads the whole table for them, the field gets an index beside running writes, on a thread and a connection of
/// its own. One that PostgreSQL then does not use is dropped again; tables of more than some million rows are left
/// alone, as their owner should decide. Any thread.
class AutoIndex {
 public:
  explicit AutoIndex(ConnectionSettings settings);
  /// Ends what is being made.
  ~AutoIndex();
  AutoIndex(const AutoIndex&) = delete;
  AutoIndex& operator=(const AutoIndex&) = delete;

  /// Waits while an index is made that this find would gain from: scanning meanwhile would only take the processor from
  /// its making. Not longer than half a second.
  void wait_for_index(const schema::Schema& schema, const query::Find& find);
  /// A find took `elapsed` in the database and gave so many rows.
  void note(const schema::Schema& schema, const query::Find& find, std::chrono::microseconds elapsed, std::size_t rows);

 private:
  struct Wish {
    sql::IndexAdvice advice;
    schema::Schema schema;
    query::Find find;
  };
  class Building;
  void work(const std::stop_token& stop);
  void try_to_grant(const Wish& wish, const std::stop_token& stop);
  void grant(Connection& connection, const Wish& wish);

  ConnectionSettings settings_;
  sql::IndexAdvisor advisor_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable_any wished_;
  std::deque<Wish> wishes_;
  Connection* building_ = nullptr;
  std::jthread thread_;
};

}  // namespace parse::storage::postgres
