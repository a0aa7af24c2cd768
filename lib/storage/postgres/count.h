#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "query/where.h"
#include "schema/class_schema.h"
#include "storage/postgres/connection.h"

namespace parse::storage::postgres {

/// Counts that are still true. PostgreSQL says in one word, its snapshot, which transactions a statement sees: while
/// that stays the same, nothing has been written by anybody, and a count is what it was. One round trip either way. Any
/// thread.
class CountCache {
 public:
  /// Counts, or finds out that the last count of the same is still right.
  std::int64_t count(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                     const query::Where& where);

 private:
  struct Known {
    std::string key;
    std::string snapshot;
    std::int64_t count = 0;
  };
  std::optional<Known> find(const std::string& key);
  void keep(Known known);

  std::mutex mutex_;          // guards what follows
  std::list<Known> entries_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Known>::iterator> by_key_;
};

/// Counts without a cache: inside a transaction, which sees its own writes.
std::int64_t count_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                           const query::Where& where);

}  // namespace parse::storage::postgres
