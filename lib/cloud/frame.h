#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parse::cloud {

/// What a message between the server and a Node process is about.
enum class FrameKind : std::uint8_t {
  /// To Node: run a hook; the payload is its request as JSON. Answered by kResult or kFault with the same number.
  kCall = 1,
  /// To Node: the response to a kRequest; a line of JSON `{"status","headers"}`, then the body.
  kResponse = 2,
  /// To Node: answer with kPong.
  kPing = 3,
  /// To Node, first of all: what the code learns of the server, see NodeSettings::app. Not on the command line, which
  /// everybody on the machine can read.
  kStart = 4,
  /// From Node: the code is loaded; the payload is `{"hooks":[…]}`, see registration.h.
  kReady = 16,
  /// From Node: the code cannot be loaded; the payload says why, as text.
  kLoadFailed = 17,
  /// From Node: what a hook came to; a line of JSON (which may be empty), then its value as JSON.
  kResult = 18,
  /// From Node: a hook failed; `{"code","message"}`.
  kFault = 19,
  /// From Node: a REST request of the code; a line of JSON `{"call","method","path","headers","master"}`, then the
  /// body. Answered by kResponse.
  kRequest = 20,
  kPong = 21,
  /// From Node: a line for the log; `{"level","message"}`.
  kLog = 22,
  /// From Node: what a running job tells; the number is that of its kCall, the payload a text.
  kJobMessage = 23,
};

struct Frame {
  FrameKind kind = FrameKind::kPing;
  /// Chosen by the side that asks; answers carry it back.
  std::uint32_t number = 0;
  std::string payload;
};

/// On the socket: the length of the rest (4 bytes), the kind (1), the number (4), the payload; little-endian.
std::string encode(FrameKind kind, std::uint32_t number, std::string_view payload);

/// Longest frame that either side accepts.
inline constexpr std::size_t kMaxFrameBytes = std::size_t{64} * 1024 * 1024;

/// Cuts what arrives on a socket into frames.
class FrameReader {
 public:
  void feed(std::string_view bytes);
  /// The next whole frame; nullopt: more bytes are needed. Throws Error kInternal (1) for one beyond kMaxFrameBytes.
  std::optional<Frame> next();

 private:
  std::string buffer_;
  std::size_t start_ = 0;
};

/// The first line of a payload and what follows it.
struct HeadAndBody {
  std::string_view head;
  std::string_view body;
};
HeadAndBody split_head(std::string_view payload);

}  // namespace parse::cloud
