#include "cloud/frame.h"

#include <fmt/format.h>

#include "base/error.h"

namespace parse::cloud {
namespace {

constexpr std::size_t kLengthBytes = 4;
/// Kind and number, which the length counts too.
constexpr std::size_t kHeadBytes = 5;

void put_number(std::string& out, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>((number >> shift) & 0xff));
}

std::uint32_t read_number(std::string_view bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return number;
}

}  // namespace

std::string encode(FrameKind kind, std::uint32_t number, std::string_view payload) {
  std::string frame;
  frame.reserve(kLengthBytes + kHeadBytes + payload.size());
  put_number(frame, static_cast<std::uint32_t>(kHeadBytes + payload.size()));
  frame.push_back(static_cast<char>(kind));
  put_number(frame, number);
  frame.append(payload);
  return frame;
}

void FrameReader::feed(std::string_view bytes) {
  if (start_ == buffer_.size()) {
    buffer_.clear();
    start_ = 0;
  }
  buffer_.append(bytes);
}

std::optional<Frame> FrameReader::next() {
  const std::string_view rest = std::string_view(buffer_).substr(start_);
  if (rest.size() < kLengthBytes) return std::nullopt;
  const std::size_t length = read_number(rest);
  if (length > kMaxFrameBytes || length < kHeadBytes)
    throw Error(ErrorCode::kInternal, fmt::format("a frame of {} bytes from Cloud Code", length));
  if (rest.size() < kLengthBytes + length) return std::nullopt;
  Frame frame;
  frame.kind = static_cast<FrameKind>(rest[kLengthBytes]);
  frame.number = read_number(rest.substr(kLengthBytes + 1));
  frame.payload.assign(rest.substr(kLengthBytes + kHeadBytes, length - kHeadBytes));
  start_ += kLengthBytes + length;
  if (start_ > buffer_.size() / 2 && start_ > 64 * 1024) {
    buffer_.erase(0, start_);
    start_ = 0;
  }
  return frame;
}

HeadAndBody split_head(std::string_view payload) {
  const std::size_t end = payload.find('\n');
  if (end == std::string_view::npos) return {payload, {}};
  return {payload.substr(0, end), payload.substr(end + 1)};
}

}  // namespace parse::cloud
