#include "storage/sqlite/reader_pool.h"

#include <utility>

#include "base/worker_pool.h"

namespace parse::storage::sqlite {

ReaderPool::ReaderPool(ConnectionSettings settings, std::size_t max_readers)
    : settings_(std::move(settings)), max_readers_(max_readers) {
  free_.reserve(max_readers);
}

std::unique_ptr<Connection> ReaderPool::borrow() {
  {
    std::unique_lock lock(mutex_);
    if (free_.empty() && opened_ >= max_readers_) {
      BlockingSection blocking;
      returned_.wait(lock, [this] { return !free_.empty() || opened_ < max_readers_; });
    }
    if (!free_.empty()) {
      auto connection = std::move(free_.back());
      free_.pop_back();
      return connection;
    }
    ++opened_;
  }
  try {
    return std::make_unique<Connection>(settings_);
  } catch (...) {
    std::lock_guard lock(mutex_);
    --opened_;
    returned_.notify_one();
    throw;
  }
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) noexcept {
  {
    std::lock_guard lock(mutex_);
    free_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

}  // namespace parse::storage::sqlite
