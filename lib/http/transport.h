#pragma once

#include <cstddef>
#include <string_view>

#include "http/tls.h"

namespace parse::http {

/// Outcome of one attempt to move bytes.
struct IoResult {
  enum class Kind {
    kDone,       ///< `bytes` were moved
    kWantRead,   ///< nothing moved; try again when the socket is readable
    kWantWrite,  ///< nothing moved; try again when the socket is writable
    kClosed      ///< the peer has gone, or the session is broken
  };
  Kind kind = Kind::kClosed;
  std::size_t bytes = 0;
};

/// Bytes in and out of one non-blocking socket, plain or through TLS. Does not own the socket.
class Transport {
 public:
  /// `session` is empty for plain sockets.
  Transport(int socket, TlsSession session) : socket_(socket), session_(std::move(session)) {}

  IoResult read(char* into, std::size_t size);
  /// Writes from `first`, then from `second`; may stop anywhere.
  IoResult write(std::string_view first, std::string_view second);
  /// Whether bytes were taken from the socket that `read` has not returned yet.
  bool has_buffered() const;
  /// Tells the peer that nothing more will be written.
  void finish_writing();
  bool secure() const { return session_ != nullptr; }

 private:
  IoResult tls_result(int moved);

  int socket_;
  TlsSession session_;
};

}  // namespace parse::http
