#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/sqlite/connection.h"

namespace parse::storage::sqlite {

/// Read-only connections, opened on demand and lent one at a time. Any thread may borrow.
class ReaderPool {
 public:
  ReaderPool(ConnectionSettings settings, std::size_t max_readers);
  ReaderPool(const ReaderPool&) = delete;
  ReaderPool& operator=(const ReaderPool&) = delete;

  /// Waits for a free connection when all are lent.
  std::unique_ptr<Connection> borrow();
  void give_back(std::unique_ptr<Connection> connection) noexcept;

 private:
  ConnectionSettings settings_;
  std::size_t max_readers_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> free_;
  std::size_t opened_ = 0;
};

/// A borrowed connection; the scope's end gives it back.
class Reader {
 public:
  explicit Reader(ReaderPool& pool) : pool_(pool), connection_(pool.borrow()) {}
  ~Reader() { pool_.give_back(std::move(connection_)); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  Connection& operator*() { return *connection_; }

 private:
  ReaderPool& pool_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace parse::storage::sqlite
