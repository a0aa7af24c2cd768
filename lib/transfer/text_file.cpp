#include "transfer/text_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/error.h"

namespace parse::transfer {
namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

[[noreturn]] void throw_system_error(const std::string& path) {
  throw Error(ErrorCode::kInternal, fmt::format("cannot write {}: {}", path, std::strerror(errno)));
}

int open_file(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
  if (file < 0) throw_system_error(path);
  return file;
}

}  // namespace

TextFile::TextFile(std::string path, std::string written_path, int file)
    : path_(std::move(path)), written_path_(std::move(written_path)), file_(file) {}

TextFile::TextFile(TextFile&& other) noexcept
    : path_(std::move(other.path_)),
      written_path_(std::move(other.written_path_)),
      file_(std::exchange(other.file_, -1)),
      buffer_(std::move(other.buffer_)),
      length_(other.length_) {}

TextFile::~TextFile() {
  if (file_ > STDOUT_FILENO) ::close(file_);
}

TextFile TextFile::create(const std::string& path) {
  if (path == "-") return {"standard output", "standard output", STDOUT_FILENO};
  const std::string part = path + ".part";
  return {path, part, open_file(part, O_TRUNC)};
}

TextFile TextFile::append(const std::string& path, std::uint64_t length) {
  TextFile made(path, path, open_file(path, 0));
  const auto end = static_cast<off_t>(length);
  const bool is_file = std::filesystem::is_regular_file(path);  // and not /dev/null, say
  if (is_file && (::ftruncate(made.file_, end) != 0 || ::lseek(made.file_, end, SEEK_SET) < 0))
    throw_system_error(path);
  made.length_ = length;
  return made;
}

void TextFile::write(std::string_view text) {
  buffer_ += text;
  length_ += text.size();
  if (buffer_.size() >= kBufferBytes) flush();
}

void TextFile::flush() {
  for (std::size_t done = 0; done < buffer_.size();) {
    const ssize_t count = ::write(file_, buffer_.data() + done, buffer_.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_system_error(written_path_);
    done += static_cast<std::size_t>(count);
  }
  buffer_.clear();
}

void TextFile::commit() {
  flush();
  if (file_ == STDOUT_FILENO) return;
  if (::fsync(file_) != 0) throw_system_error(written_path_);
  if (written_path_ != path_ && std::rename(written_path_.c_str(), path_.c_str()) != 0) throw_system_error(path_);
}

}  // namespace parse::transfer
