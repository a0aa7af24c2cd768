#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace parse::test {

/// One response as it came over the wire.
struct RawResponse {
  int status = 0;
  /// Status line and fields, without the empty line.
  std::string head;
  std::string body;

  /// The value of the first field of that name (in any case), or "".
  std::string field(std::string_view name) const;
};

/// A TCP connection to the loopback address that sends exactly the bytes it is given. Reads give up after a few seconds
/// and then fail the test by throwing std::runtime_error.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False when the server closed before everything was taken.
  bool send(std::string_view bytes);
  /// Says that nothing more will be sent, as a client that shuts down its side.
  void finish_sending();
  /// Reads one response; its body by Content-Length, or none after a HEAD request.
  RawResponse receive(bool after_head = false);
  /// Sends, then receives.
  RawResponse exchange(std::string_view bytes);
  /// Waits for the end of the stream; true when it comes with no byte before it.
  bool is_closed_by_server(std::chrono::milliseconds patience = std::chrono::seconds(5));
  /// Limits the kernel's receive buffer, to play a client that does not read.
  void shrink_receive_buffer(int bytes);
  int descriptor() const { return socket_; }

 private:
  bool fill();

  int socket_ = -1;
  std::string buffer_;
};

}  // namespace parse::test
