#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "transfer/byte_reader.h"

namespace parse::transfer {

/// What became of the rows of a file, or of several.
struct Counts {
  std::uint64_t read = 0;
  std::uint64_t stored = 0;
  std::uint64_t replaced = 0;
  std::uint64_t skipped = 0;
  std::uint64_t rejected = 0;

  Counts& operator+=(const Counts& other);
};

/// How far the import of one file, or the copy of one class, has come.
struct Progress {
  /// Everything before it is done.
  Position done;
  /// What lies between `done` and here may have been stored already when the import was cut short.
  std::uint64_t pending_end = 0;
  /// Of a class that is copied: the key of its last row before `done`, whose offset counts rows.
  std::string after;
  Counts counts;
  bool is_finished = false;
};

/// The memory of an import, or of a migration, that may be cut short at any moment: how far each file, or class, has
/// come. Kept in a small file, which one of them at a time may use. One thread.
class ImportState {
 public:
  struct Identity {
    /// What is imported from, and to where; a state of another import is refused.
    std::string source;
    std::string target;
    /// What is going on, for messages.
    std::string work = "import";
  };
  /// Opens or makes the file; an empty path keeps the state in memory only. Throws Error: kDuplicateRequest (159) when
  /// another import uses it; kInvalidValue (162) when it belongs to another import or cannot be understood; kInternal
  /// (1) when it cannot be written.
  ImportState(std::string path, const Identity& identity);
  ~ImportState();
  ImportState(const ImportState&) = delete;
  ImportState& operator=(const ImportState&) = delete;

  /// True when an earlier import was cut short.
  bool is_resumed() const { return is_resumed_; }
  const std::string& path() const { return path_; }
  /// What is known of a file; `fingerprint` is its size and time. Throws kInvalidValue (162) when the file has changed
  /// since.
  Progress& of_file(const std::string& file, const std::string& fingerprint);
  /// Length of the file of rejects that belongs to what is done.
  std::uint64_t rejects_length = 0;
  /// Writes it all down.
  void save();
  /// The import is through: nothing has to be remembered.
  void forget();

 private:
  struct File {
    std::string fingerprint;
    Progress progress;
  };
  void load(const Identity& identity);

  std::string path_;
  Identity identity_;
  int file_ = -1;
  bool is_resumed_ = false;
  std::map<std::string, File> files_;
};

}  // namespace parse::transfer
