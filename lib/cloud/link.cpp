#include "cloud/link.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace parse::cloud {
namespace {

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

void close_once(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

}  // namespace

Link::Link() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw Error(ErrorCode::kInternal, "cannot open a socket for Cloud Code", std::strerror(errno));
  socket_ = ends[0];
  peer_ = ends[1];
  fcntl(socket_, F_SETFL, O_NONBLOCK);
  wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

Link::~Link() {
  close_once(socket_);
  close_once(peer_);
  close_once(wake_);
}

void Link::close_peer() { close_once(peer_); }

bool Link::send(FrameKind kind, std::uint32_t number, std::string_view payload) {
  const std::string frame = encode(kind, number, payload);
  const std::lock_guard lock(mutex_);
  if (is_closed_ || waiting_.size() + frame.size() > kMaxFrameBytes) return false;
  const bool was_empty = waiting_.empty();
  waiting_ += frame;
  if (!was_empty) return true;
  if (!write_some()) return false;
  if (!waiting_.empty()) wake();
  return true;
}

bool Link::write_some() {
  while (!waiting_.empty()) {
    const ssize_t written = ::send(socket_, waiting_.data(), waiting_.size(), MSG_NOSIGNAL);
    if (written < 0 && would_block()) return true;
    if (written < 0) {
      is_closed_ = true;
      waiting_.clear();
      return false;
    }
    waiting_.erase(0, static_cast<std::size_t>(written));
  }
  return true;
}

bool Link::receive(const std::function<void(Frame)>& take) {
  std::array<char, 64 * 1024> bytes;
  const ssize_t got = recv(socket_, bytes.data(), bytes.size(), 0);
  if (got < 0) return would_block();
  if (got == 0) return false;
  reader_.feed({bytes.data(), static_cast<std::size_t>(got)});
  while (auto frame = reader_.next()) take(std::move(*frame));
  return true;
}

bool Link::poll(std::chrono::milliseconds patience, const std::function<void(Frame)>& take) {
  std::array<pollfd, 2> items{pollfd{socket_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
  {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return false;
    if (!waiting_.empty()) items[0].events |= POLLOUT;
  }
  if (::poll(items.data(), items.size(), static_cast<int>(patience.count())) <= 0) return true;
  if (items[1].revents != 0) {
    std::uint64_t count = 0;
    while (read(wake_, &count, sizeof count) > 0) continue;
  }
  if ((items[0].revents & POLLOUT) != 0) {
    const std::lock_guard lock(mutex_);
    if (!write_some()) return false;
  }
  if ((items[0].revents & (POLLIN | POLLHUP | POLLERR)) == 0) return true;
  return receive(take);
}

void Link::wake() {
  const std::uint64_t one = 1;
  // A counter that is full wakes as well.
  static_cast<void>(!write(wake_, &one, sizeof one));
}

}  // namespace parse::cloud
