#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "backup/file.h"

namespace parse::backup {

/// SHA-256 of a chunk's content, as bytes.
using ChunkHash = std::string;
inline constexpr std::size_t kHashBytes = 32;

/// Chunks in files named by the hash of what they hold, compressed, below `folder`; each is there once. Several
/// processes may write at once. Errors of every call: kInternal (1), naming the file.
class ChunkStore {
 public:
  /// A dry one writes nothing, and counts all the same.
  enum class Mode { kWrite, kDry };
  explicit ChunkStore(std::string folder, Mode mode = Mode::kWrite) : folder_(std::move(folder)), mode_(mode) {}
  /// What was not settled is gone.
  ~ChunkStore();
  ChunkStore(const ChunkStore&) = delete;
  ChunkStore& operator=(const ChunkStore&) = delete;

  /// Stores a chunk unless it is there. It counts after settle().
  ChunkHash put(std::string_view bytes);
  /// What was put is on the disk, and stays there.
  void settle();
  /// The content, checked against its hash. Throws kObjectNotFound (101) for a missing chunk, kInvalidValue (162) for a
  /// damaged one; both name the file.
  std::string get(const ChunkHash& hash) const;

  std::uint64_t new_chunks() const { return new_chunks_; }
  /// Bytes written into files of chunks.
  std::uint64_t new_bytes() const { return new_bytes_; }
  std::string path_of(const ChunkHash& hash) const;

 private:
  struct Pending {
    std::string part;
    std::string path;
    File file;
  };
  void write(const std::string& path, std::string_view compressed);
  void name_pending();

  std::string folder_;
  Mode mode_;
  std::vector<Pending> pending_;
  std::set<ChunkHash> put_;  // without a name so far
  std::set<std::string> touched_;
  std::uint64_t new_chunks_ = 0;
  std::uint64_t new_bytes_ = 0;
};

}  // namespace parse::backup
