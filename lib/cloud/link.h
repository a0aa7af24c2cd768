#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>

#include "cloud/frame.h"

namespace parse::cloud {

/// Our end of the socket to a Node process. One thread polls; any thread sends, and never blocks: what the socket does
/// not take at once goes out with the next poll.
class Link {
 public:
  Link();
  ~Link();
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  /// Node's end, until it has been given away.
  int peer() const { return peer_; }
  void close_peer();

  /// False when the connection is gone, or more waits to be sent than kMaxFrameBytes.
  bool send(FrameKind kind, std::uint32_t number, std::string_view payload);
  /// Sends what waits and hands on what has come, for `patience` at most. False: the other end is closed. Throws Error
  /// kInternal (1) for a frame that cannot be one.
  bool poll(std::chrono::milliseconds patience, const std::function<void(Frame)>& take);
  /// Makes a poll return soon. Any thread.
  void wake();

 private:
  bool write_some();  // needs mutex_
  bool receive(const std::function<void(Frame)>& take);

  int socket_ = -1;
  int peer_ = -1;
  int wake_ = -1;
  FrameReader reader_;
  std::mutex mutex_;  // guards the two below
  std::string waiting_;
  bool is_closed_ = false;
};

}  // namespace parse::cloud
