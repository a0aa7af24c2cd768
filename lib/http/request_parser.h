#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "http/message.h"
#include "http/request_sink.h"

namespace parse::http {

/// How much of a request is accepted.
struct ParserLimits {
  std::size_t max_header_bytes = 64 * 1024;
  std::uint64_t max_body_bytes = 20 * 1024 * 1024;
};

/// Turns bytes into one Request at a time. Stricter than the protocol where leniency lets two servers read one message
/// differently: folded lines, bare line ends, repeated or contradictory lengths, transfer codings other than chunked
/// and a missing or repeated Host are malformed.
class RequestParser {
 public:
  explicit RequestParser(ParserLimits limits);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  /// Reads from the front of `bytes` and returns how many were used up; the rest must come again, followed by more.
  /// Stops after one complete request or a fault.
  std::size_t feed(std::string_view bytes);
  /// Forgets the request and waits for the next one.
  void reset();

  /// Whether the request line and all header fields have been read.
  bool header_done() const;
  bool complete() const;
  std::optional<RequestFault> fault() const;
  /// Whether the client asked for an interim 100 answer before it sends the body.
  bool expects_continue() const;
  bool http_1_0() const;
  /// Whether the client lets the connection stay open.
  bool keep_alive() const;
  /// What has been read; move it away once complete.
  Request& request();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parse::http
