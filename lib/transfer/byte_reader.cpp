#include "transfer/byte_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace parse::transfer {
namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

[[noreturn]] void throw_system_error(const std::string& path) {
  throw Error(ErrorCode::kInternal, fmt::format("cannot read {}: {}", path, std::strerror(errno)));
}

}  // namespace

ByteReader::ByteReader(const std::string& path) : path_(path), buffer_(kBufferBytes) {
  file_ = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) throw_system_error(path);
}

ByteReader::~ByteReader() {
  if (file_ != STDIN_FILENO) ::close(file_);
}

bool ByteReader::fill() {
  start_ += end_;
  next_ = end_ = 0;
  ssize_t count = 0;
  do {
    count = ::read(file_, buffer_.data(), buffer_.size());
  } while (count < 0 && errno == EINTR);
  if (count < 0) throw_system_error(path_);
  end_ = static_cast<std::size_t>(count);
  return end_ > 0;
}

std::uint64_t ByteReader::take_line(std::string& text, std::size_t most) {
  std::uint64_t length = 0;
  while (next_ < end_ || fill()) {
    const char* begin = buffer_.data() + next_;
    const auto* found = static_cast<const char*>(std::memchr(begin, '\n', end_ - next_));
    const std::size_t count = found ? static_cast<std::size_t>(found - begin) : end_ - next_;
    if (length < most) text.append(begin, std::min<std::uint64_t>(count, most - length));
    length += count;
    next_ += count;
    if (found == nullptr) continue;
    ++next_;
    ++line_;
    break;
  }
  return length;
}

void ByteReader::seek(const Position& position) {
  if (::lseek(file_, static_cast<off_t>(position.offset), SEEK_SET) < 0) throw_system_error(path_);
  start_ = position.offset;
  next_ = end_ = 0;
  line_ = position.line;
}

}  // namespace parse::transfer
