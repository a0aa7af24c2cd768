#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace parse::test {

/// A mail server on the loopback address for one conversation: answers each command by its first word, 250 when nothing
/// else is said, and keeps what the client sent.
class FakeSmtpServer {
 public:
  using Answers = std::map<std::string, std::string>;

  /// `answers`: command -> answer, for example {"RCPT", "550 no such user"}; "" is the greeting. An empty answer closes
  /// the connection; "silence" never answers.
  explicit FakeSmtpServer(Answers answers = {}) : answers_(std::move(answers)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 1) != 0) {
      throw std::runtime_error("no socket for the mail server of the test");
    }
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeSmtpServer() { finish(); }

  std::uint16_t port() const { return port_; }
  /// Waits for the end of the conversation: the commands, and the mail itself line by line.
  const std::vector<std::string>& lines() {
    finish();
    return lines_;
  }
  /// All lines, as one text.
  std::string text() {
    std::string all;
    for (const std::string& line : lines()) all += line + "\n";
    return all;
  }

 private:
  void finish() {
    if (!thread_.joinable()) return;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  void serve() {
    const int client = ::accept(listener_, nullptr, nullptr);
    if (client < 0) return;
    if (say(client, answer_to("", "220 test")) && converse(client)) ::shutdown(client, SHUT_RDWR);
    ::close(client);
  }
  bool converse(int client) {
    bool in_mail = false;
    for (std::string line; read_line(client, line);) {
      lines_.push_back(line);
      if (in_mail && line != ".") continue;
      const std::string command = in_mail ? "." : line.substr(0, line.find_first_of(" :"));
      in_mail = command == "DATA";
      if (!say(client, answer_to(command, command == "DATA" ? "354 go on" : "250 fine"))) return false;
      if (command == "QUIT") return true;
    }
    return true;
  }
  std::string answer_to(const std::string& command, const std::string& usual) const {
    const auto found = answers_.find(command);
    return found == answers_.end() ? usual : found->second;
  }
  static bool say(int client, const std::string& answer) {
    if (answer.empty()) return false;
    if (answer == "silence") return true;
    const std::string line = answer + "\r\n";
    return ::send(client, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size());
  }
  static bool read_line(int client, std::string& line) {
    line.clear();
    for (char c = 0; ::recv(client, &c, 1, 0) == 1;) {
      if (c == '\n') return true;
      if (c != '\r') line += c;
    }
    return false;
  }

  const Answers answers_;
  std::vector<std::string> lines_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace parse::test
