#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "backup/between.h"
#include "backup/repository.h"

namespace parse::backup {

/// Looks at what backups are made of; a chunk that several need is read once. One thread.
class Verifier {
 public:
  explicit Verifier(const Repository& repository) : repository_(repository), store_(repository.chunks()) {}

  /// What is missing or damaged of the backup; nothing when it can be restored.
  std::vector<Fault> check(const std::string& id, const Between& between);

  /// Bytes of content that were read.
  std::uint64_t checked_bytes() const { return checked_bytes_; }

 private:
  std::vector<Fault> check_chunks(const Snapshot& snapshot, const Between& between);
  const std::string& fault_of(const ChunkHash& hash);

  const Repository& repository_;
  ChunkStore store_;
  std::set<ChunkHash> good_;
  std::map<ChunkHash, std::string> bad_;
  std::uint64_t checked_bytes_ = 0;
};

/// SHA-256 of a file, as bytes.
std::string hash_of_file(const std::string& path, const Between& between);

}  // namespace parse::backup
