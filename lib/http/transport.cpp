#include "http/transport.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace parse::http {
namespace {

IoResult socket_result(ssize_t moved, IoResult::Kind when_blocked) {
  if (moved >= 0) return {IoResult::Kind::kDone, static_cast<std::size_t>(moved)};
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {when_blocked, 0};
  return {IoResult::Kind::kClosed, 0};
}

int clamp_to_int(std::size_t size) {
  return static_cast<int>(std::min(size, static_cast<std::size_t>(std::numeric_limits<int>::max())));
}

}  // namespace

IoResult Transport::read(char* into, std::size_t size) {
  if (session_ != nullptr) {
    ERR_clear_error();
    return tls_result(SSL_read(session_.get(), into, clamp_to_int(size)));
  }
  const ssize_t moved = ::recv(socket_, into, size, 0);
  if (moved == 0) return {IoResult::Kind::kClosed, 0};
  return socket_result(moved, IoResult::Kind::kWantRead);
}

IoResult Transport::write(std::string_view first, std::string_view second) {
  if (session_ != nullptr) {
    const std::string_view part = first.empty() ? second : first;
    ERR_clear_error();
    return tls_result(SSL_write(session_.get(), part.data(), clamp_to_int(part.size())));
  }
  if (second.empty()) {
    return socket_result(::send(socket_, first.data(), first.size(), MSG_NOSIGNAL), IoResult::Kind::kWantWrite);
  }
  iovec parts[2] = {{const_cast<char*>(first.data()), first.size()}, {const_cast<char*>(second.data()), second.size()}};
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = 2;
  return socket_result(::sendmsg(socket_, &message, MSG_NOSIGNAL), IoResult::Kind::kWantWrite);
}

bool Transport::has_buffered() const { return session_ != nullptr && SSL_pending(session_.get()) > 0; }

void Transport::finish_writing() {
  if (session_ != nullptr && SSL_is_init_finished(session_.get())) {
    ERR_clear_error();
    SSL_shutdown(session_.get());
  }
  ::shutdown(socket_, SHUT_WR);
}

IoResult Transport::tls_result(int moved) {
  if (moved > 0) return {IoResult::Kind::kDone, static_cast<std::size_t>(moved)};
  switch (SSL_get_error(session_.get(), moved)) {
    case SSL_ERROR_WANT_READ:
      return {IoResult::Kind::kWantRead, 0};
    case SSL_ERROR_WANT_WRITE:
      return {IoResult::Kind::kWantWrite, 0};
    default:
      return {IoResult::Kind::kClosed, 0};
  }
}

}  // namespace parse::http
