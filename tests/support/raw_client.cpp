#include "tests/support/raw_client.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <utility>

namespace parse::test {
namespace {

constexpr int kPatienceMs = 10'000;

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

std::string RawResponse::field(std::string_view name) const {
  for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
    const std::size_t colon = head.find(':', at);
    if (colon == std::string::npos) return "";
    if (same_name(std::string_view(head).substr(at + 2, colon - at - 2), name)) {
      return head.substr(colon + 2, head.find("\r\n", colon) - colon - 2);
    }
  }
  return "";
}

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw std::runtime_error("cannot connect");
  }
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::fill() {
  pollfd waiting{socket_, POLLIN, 0};
  if (::poll(&waiting, 1, kPatienceMs) != 1) throw std::runtime_error("no answer in time");
  std::array<char, 16384> chunk;
  const ssize_t got = ::recv(socket_, chunk.data(), chunk.size(), 0);
  if (got <= 0) return false;
  buffer_.append(chunk.data(), static_cast<std::size_t>(got));
  return true;
}

RawResponse RawClient::receive(bool after_head) {
  std::size_t end = buffer_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!fill()) throw std::runtime_error("closed before a response came");
    end = buffer_.find("\r\n\r\n");
  }
  RawResponse response;
  response.head = buffer_.substr(0, end);
  response.status = std::stoi(response.head.substr(response.head.find(' ') + 1, 3));
  buffer_.erase(0, end + 4);
  const std::string length = response.field("content-length");
  const std::size_t size = after_head || length.empty() ? 0 : std::stoul(length);
  while (buffer_.size() < size) {
    if (!fill()) throw std::runtime_error("closed within a body");
  }
  response.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return response;
}

RawResponse RawClient::exchange(std::string_view bytes) {
  send(bytes);
  return receive();
}

bool RawClient::is_closed_by_server(std::chrono::milliseconds patience) {
  pollfd waiting{socket_, POLLIN, 0};
  if (!buffer_.empty() || ::poll(&waiting, 1, static_cast<int>(patience.count())) != 1) return false;
  char byte = 0;
  return ::recv(socket_, &byte, 1, 0) <= 0;
}

void RawClient::shrink_receive_buffer(int bytes) { ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes); }

}  // namespace parse::test
