#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "storage/sqlite/connection.h"
#include "storage/sqlite/image_file.h"

namespace parse::storage::sqlite {

/// One consistent image of a database in a file: what was committed when this was made, whatever a server that uses the
/// database at the same time writes meanwhile. It holds up no writer; only the write-ahead log cannot be reused until
/// this ends. Reads only. One thread.
class DatabaseImage {
 public:
  /// Throws kInternal (1) that says why the file cannot be read as a database.
  explicit DatabaseImage(const std::string& path);
  DatabaseImage(const DatabaseImage&) = delete;
  DatabaseImage& operator=(const DatabaseImage&) = delete;

  std::uint64_t page_size() const { return page_size_; }
  /// In bytes.
  std::uint64_t size() const { return page_size_ * page_count_; }

  /// Hands the image to `sink` in chunks of `chunk_bytes`, a multiple of every page size; the last one may be shorter.
  /// Each chunk once, in about ascending order, the first one last. `between` runs every now and then with the bytes
  /// done. Both may throw, which ends the copy. An image that has not changed gives the same bytes again.
  void copy(std::uint64_t chunk_bytes, const ChunkSink& sink, const std::function<void(std::uint64_t)>& between);

 private:
  Connection connection_;
  std::uint64_t page_size_ = 0;
  std::uint64_t page_count_ = 0;
};

}  // namespace parse::storage::sqlite
