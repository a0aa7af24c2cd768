#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

struct sqlite3;

namespace parse::storage::sqlite {

/// What takes one chunk of an image: its number, and its bytes.
using ChunkSink = std::function<void(std::uint64_t number, std::string_view bytes)>;

/// Collects pages, written in about ascending order, into chunks of the same size, and hands each one on when all its
/// pages are there. The first chunk waits until the end, for SQLite writes page 1 twice.
class ChunkAssembler {
 public:
  struct Sizes {
    std::uint64_t image = 0;
    std::uint64_t chunk = 0;
  };
  ChunkAssembler(const Sizes& sizes, ChunkSink sink) : sizes_(sizes), sink_(std::move(sink)) {}

  /// False when `bytes` belong to a chunk that is gone already, or lie outside the image.
  bool write(std::uint64_t offset, std::string_view bytes);
  /// Copies what is still held here; zeros elsewhere.
  void read(std::uint64_t offset, char* to, std::size_t count) const;
  /// Hands on the rest; what was never written is zeros, as the page is that SQLite keeps for its locks.
  void finish();

 private:
  struct Partial {
    std::string bytes;
    std::uint64_t missing = 0;
  };
  Partial& partial(std::uint64_t number);

  Sizes sizes_;
  ChunkSink sink_;
  std::map<std::uint64_t, Partial> partials_;
  std::uint64_t handed_on_below_ = 1;  // every chunk from 1 up to here is gone
  std::set<std::uint64_t> handed_on_;
};

/// A database that keeps nothing: what SQLite writes into it goes to a sink, chunk by chunk. One thread.
class ImageFile {
 public:
  ImageFile(const ChunkAssembler::Sizes& sizes, ChunkSink sink);
  ~ImageFile();
  ImageFile(const ImageFile&) = delete;
  ImageFile& operator=(const ImageFile&) = delete;

  /// An open connection without journal, which the caller closes before this ends. Throws what throw_sqlite_error does.
  sqlite3* open();
  /// Throws what the sink threw during the call of SQLite that just failed, if it did.
  void rethrow();
  /// Hands on what is left.
  void finish() { assembler_.finish(); }

 private:
  struct Vfs;
  friend struct Vfs;

  ChunkAssembler assembler_;
  std::uint64_t size_ = 0;
  std::exception_ptr failure_;
  std::unique_ptr<Vfs> vfs_;
};

}  // namespace parse::storage::sqlite
