#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backup/chunk_store.h"
#include "backup/snapshot.h"

namespace parse::backup {

/// A file with its fault, for people.
struct Fault {
  /// The backup it belongs to; empty for others.
  std::string id;
  std::string text;
};

/// A folder of backups: `chunks/`, `dumps/`, `snapshots/`, and the file that says what it is. What snapshots/ lists
/// counts, everything else is there for it. Errors of every call: kInternal (1), naming the file.
class Repository {
 public:
  /// True when the folder holds backups, or is ready for them. Throws kInvalidValue (162) when a newer parsectl made
  /// it.
  static bool is_one(const std::string& folder);
  /// Makes the folder. It must not exist, or be empty.
  static void make(const std::string& folder);
  /// Of a folder that is one.
  explicit Repository(std::string folder) : folder_(std::move(folder)) {}

  /// Many may add, read and remove backups at once; while one sweeps, nobody else works here.
  enum class Use { kShared, kSweep };
  class Lock {
   public:
    Lock(Lock&& other) noexcept;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock();

   private:
    friend class Repository;
    explicit Lock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
  };
  /// Nothing when others keep it from being given now.
  std::optional<Lock> try_lock(Use use) const;

  struct Contents {
    /// Oldest first, without their chunks, which may be many.
    std::vector<Snapshot> snapshots;
    /// Backups that cannot be read.
    std::vector<Fault> faults;
  };
  Contents contents() const;
  /// The whole of one. Throws kObjectNotFound (101), kInvalidValue (162) for a damaged one.
  Snapshot read(const std::string& id) const;

  /// From now on the backup counts. Its chunks and dumps must be on the disk.
  void add(const Snapshot& snapshot) const;
  /// From now on it does not. Its chunks stay until the next sweep.
  void remove(const std::string& id) const;

  const std::string& folder() const { return folder_; }
  std::string chunks() const { return folder_ + "/chunks"; }
  std::string dump_of(const std::string& id) const { return folder_ + "/dumps/" + id + ".dump"; }
  std::string snapshot_file(const std::string& id) const { return folder_ + "/snapshots/" + id + ".snapshot"; }

 private:
  std::string folder_;
};

}  // namespace parse::backup
