#include "storage/sqlite/lock_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace parse::storage::sqlite {

LockFile::LockFile(const std::string& database) {
  const std::string path = database + ".lock";
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0)
    throw Error(ErrorCode::kInternal, fmt::format("Cannot open the database {}: {}", database, std::strerror(errno)));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  ::close(descriptor_);
  throw Error(ErrorCode::kInternal, fmt::format("The database {} is already open in another server.", database));
}

LockFile::~LockFile() { ::close(descriptor_); }

}  // namespace parse::storage::sqlite
