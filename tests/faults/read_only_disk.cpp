// Preloaded into the server by disk_test.mjs: as long as the file named by READ_ONLY_DISK exists, every file looks as
// if its file system had turned read-only, which is what the kernel does to a disk with errors. It cannot be had from
// mount(8): a file system with files open for writing is busy.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdlib>

namespace {

bool is_read_only() {
  static const char* const mark = std::getenv("READ_ONLY_DISK");
  const int before = errno;
  const bool is_there = mark != nullptr && access(mark, F_OK) == 0;
  errno = before;
  return is_there;
}

bool is_on_disk(int descriptor) {
  struct stat about {};
  return fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
}

/// Pipes and sockets stay as they are.
bool is_refused(int descriptor) {
  if (!is_read_only() || !is_on_disk(descriptor)) return false;
  errno = EROFS;
  return true;
}

bool is_refused_flags(const char* path, int flags) {
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
  struct stat about {};
  const bool is_device = stat(path, &about) == 0 && !S_ISREG(about.st_mode);
  if (!writes || is_device || !is_read_only()) return false;
  errno = EROFS;
  return true;
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

using Open = int(const char*, int, ...);
using Write = ssize_t(int, const void*, size_t);
using WriteAt = ssize_t(int, const void*, size_t, off_t);
using Truncate = int(int, off_t);
using Unlink = int(const char*);

int open_as(const char* name, const char* path, int flags, mode_t mode) {
  return is_refused_flags(path, flags) ? -1 : next<Open>(name)(path, flags, mode);
}

ssize_t write_as(const char* name, int descriptor, const void* data, size_t size, off_t offset) {
  return is_refused(descriptor) ? -1 : next<WriteAt>(name)(descriptor, data, size, offset);
}

int truncate_as(const char* name, int descriptor, off_t size) {
  return is_refused(descriptor) ? -1 : next<Truncate>(name)(descriptor, size);
}

mode_t mode_of(int flags, va_list arguments) { return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0; }

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_as("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_as("open64", path, flags, mode);
}

ssize_t write(int descriptor, const void* data, size_t size) {
  return is_refused(descriptor) ? -1 : next<Write>("write")(descriptor, data, size);
}

ssize_t pwrite(int descriptor, const void* data, size_t size, off_t offset) {
  return write_as("pwrite", descriptor, data, size, offset);
}

ssize_t pwrite64(int descriptor, const void* data, size_t size, off64_t offset) {
  return write_as("pwrite64", descriptor, data, size, offset);
}

int ftruncate(int descriptor, off_t size) noexcept { return truncate_as("ftruncate", descriptor, size); }
int ftruncate64(int descriptor, off64_t size) noexcept { return truncate_as("ftruncate64", descriptor, size); }

int unlink(const char* path) noexcept {
  if (!is_read_only()) return next<Unlink>("unlink")(path);
  errno = EROFS;
  return -1;
}
}
