#include "backup/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/error.h"
#include "crypto/random.h"

namespace parse::backup {
namespace {

constexpr std::string_view kPart = ".part-";

}  // namespace

void throw_system_error(std::string_view what, const std::string& path) {
  throw Error(ErrorCode::kInternal, fmt::format("cannot {} {}: {}", what, path, std::strerror(errno)));
}

File File::create(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) throw_system_error("write", path);
  return {path, descriptor};
}

File File::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT) throw Error(ErrorCode::kObjectNotFound, fmt::format("{} is missing", path));
  if (descriptor < 0) throw_system_error("read", path);
  return {path, descriptor};
}

File::File(File&& other) noexcept : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void File::write(std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_system_error("write", path_);
    bytes.remove_prefix(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
}

std::string File::read(std::size_t count, std::uint64_t offset) const {
  std::string bytes(count, '\0');
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = ::pread(descriptor_, bytes.data() + done, count - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_system_error("read", path_);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

std::uint64_t File::size() const {
  struct stat found {};
  if (::fstat(descriptor_, &found) != 0) throw_system_error("read", path_);
  return static_cast<std::uint64_t>(found.st_size);
}

void File::sync() {
  if (::fsync(descriptor_) != 0) throw_system_error("write", path_);
}

void sync_folder(const std::string& path) { File::open(path).sync(); }

std::string part_name(const std::string& path) { return path + std::string(kPart) + crypto::random_hex(6); }

bool is_part_name(std::string_view name) { return name.find(kPart) != std::string_view::npos; }

void write_whole(const std::string& path, std::string_view bytes) {
  const std::string part = part_name(path);
  try {
    File file = File::create(part);
    file.write(bytes, 0);
    file.sync();
    if (std::rename(part.c_str(), path.c_str()) != 0) throw_system_error("write", path);
  } catch (...) {
    ::unlink(part.c_str());
    throw;
  }
  sync_folder(std::filesystem::path(path).parent_path());
}

}  // namespace parse::backup
