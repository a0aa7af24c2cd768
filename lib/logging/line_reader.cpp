#include "logging/line_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace parse::logging {
namespace {

constexpr std::size_t kBlock = std::size_t{64} * 1024;
constexpr std::size_t kLongestLine = std::size_t{1024} * 1024;

}  // namespace

LineReader::LineReader(const std::string& path, Direction direction)
    : direction_(direction), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  struct stat info {};
  if (descriptor_ >= 0 && ::fstat(descriptor_, &info) == 0) end_ = static_cast<std::size_t>(info.st_size);
}

LineReader::~LineReader() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<std::string> LineReader::next() {
  while (true) {
    auto line = direction_ == Direction::kForward ? take_forward() : take_backward();
    if (line) return line;
    if (buffer_.size() > kLongestLine) buffer_.clear();
    if (read_block()) continue;
    if (buffer_.empty()) return std::nullopt;
    std::string rest = std::exchange(buffer_, {});
    if (rest.back() == '\n') rest.pop_back();
    return rest;
  }
}

bool LineReader::read_block() {
  const std::size_t wanted = std::min(kBlock, end_ - begin_);
  if (wanted == 0) return false;
  std::string block(wanted, '\0');
  const std::size_t from = direction_ == Direction::kForward ? begin_ : end_ - wanted;
  const auto got = ::pread(descriptor_, block.data(), wanted, static_cast<off_t>(from));
  if (got != static_cast<ssize_t>(wanted)) {
    begin_ = end_;
    return false;
  }
  if (direction_ == Direction::kForward) {
    begin_ += wanted;
    buffer_ += block;
  } else {
    end_ -= wanted;
    buffer_.insert(0, block);
  }
  return true;
}

std::optional<std::string> LineReader::take_forward() {
  const auto newline = buffer_.find('\n');
  if (newline == std::string::npos) return std::nullopt;
  std::string line = buffer_.substr(0, newline);
  buffer_.erase(0, newline + 1);
  return line;
}

std::optional<std::string> LineReader::take_backward() {
  if (buffer_.empty()) return std::nullopt;
  const bool ended = buffer_.back() == '\n';
  const auto newline = buffer_.size() < 2 ? std::string::npos : buffer_.rfind('\n', buffer_.size() - 2);
  if (newline == std::string::npos) return std::nullopt;
  std::string line = buffer_.substr(newline + 1, buffer_.size() - newline - 1 - (ended ? 1 : 0));
  buffer_.resize(newline + 1);
  return line;
}

}  // namespace parse::logging
