#pragma once

#include <string>

namespace parse::storage::sqlite {

/// Holds `<database>.lock` for this process; the system frees it when the process ends, however it ends.
class LockFile {
 public:
  /// Throws kInternal (1), naming the path, when another server holds it or it cannot be made.
  explicit LockFile(const std::string& database);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  int descriptor_;
};

}  // namespace parse::storage::sqlite
