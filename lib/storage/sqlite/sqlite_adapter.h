#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "storage/adapter.h"

namespace parse::storage::sqlite {

struct SqliteSettings {
  /// A file, made when missing, or ":memory:" for a database that lives as long as the adapter.
  std::string path = ":memory:";
  /// Longest time one statement may run; zero means no limit.
  std::chrono::milliseconds statement_limit{30000};
  /// Read-only connections at most; they are opened on demand.
  std::size_t max_readers = 4;
  /// Page cache of each connection that reads.
  std::int64_t cache_kib = 2048;
  /// Page cache of the one that writes.
  std::int64_t writer_cache_kib = 2048;
  /// Pages in the WAL before they move to the database file; more makes rewrites of the same page cheaper.
  std::int64_t checkpoint_pages = 2000;
  /// A transaction that does nothing for this long is rolled back, so that other writes can go on.
  std::chrono::milliseconds transaction_idle_limit{30000};
  /// Make an index on a field whose finds have read many rows in vain; see docs/storage-sqlite.md.
  bool has_auto_indexes = true;
};

/// Opens the database, brings its layout up to date and locks it against a second server.
/// Throws kInternal (1) whose message says what is wrong with the file.
std::unique_ptr<storage::Adapter> open_sqlite(const SqliteSettings& settings);

}  // namespace parse::storage::sqlite
