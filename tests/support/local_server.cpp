#include "tests/support/local_server.h"

#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace parse::test {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::string decode_form(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out.push_back(static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16)));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

std::shared_ptr<void> make_tls(const ServerIdentity& identity) {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> certificate(
      BIO_new_mem_buf(identity.certificate.data(), static_cast<int>(identity.certificate.size())), BIO_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> key(
      BIO_new_mem_buf(identity.key.data(), static_cast<int>(identity.key.size())), BIO_free);
  X509* const x509 = PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr);
  EVP_PKEY* const pkey = PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr);
  const bool good =
      SSL_CTX_use_certificate(context.get(), x509) == 1 && SSL_CTX_use_PrivateKey(context.get(), pkey) == 1;
  X509_free(x509);
  EVP_PKEY_free(pkey);
  if (!good) throw std::runtime_error("the test's certificate is not usable");
  return context;
}

std::string render(const Reply& reply) {
  if (!reply.raw.empty()) return reply.raw;
  std::string text = "HTTP/1.1 " + std::to_string(reply.status) + (reply.status == 200 ? " OK" : " Refused") + "\r\n";
  text += "Content-Type: " + reply.content_type + "\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\n";
  for (const std::string& field : reply.fields) text += field + "\r\n";
  return text + "Connection: close\r\n\r\n" + reply.body;
}

/// Reads the head; false when it is not whole yet.
bool read_head(const std::string& bytes, SeenRequest& request, std::size_t& head_size) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  head_size = end + 4;
  std::size_t start = bytes.find("\r\n");
  const std::string line = bytes.substr(0, start);
  request.method = line.substr(0, line.find(' '));
  request.target = line.substr(line.find(' ') + 1, line.rfind(' ') - line.find(' ') - 1);
  while (start < end) {
    const std::size_t next = bytes.find("\r\n", start + 2);
    const std::string field = bytes.substr(start + 2, next - start - 2);
    const std::size_t colon = field.find(": ");
    if (colon != std::string::npos) request.headers[lower(field.substr(0, colon))] = field.substr(colon + 2);
    start = next;
  }
  return true;
}

}  // namespace

/// A socket, with TLS over it or without.
class LocalServer::Connection {
 public:
  Connection(int socket, SSL_CTX* context) : socket_(socket) {
    if (context == nullptr) return;
    tls_ = SSL_new(context);
    SSL_set_fd(tls_, socket);
    if (SSL_accept(tls_) != 1) failed_ = true;
  }
  ~Connection() {
    if (tls_ != nullptr && !failed_) SSL_shutdown(tls_);
    SSL_free(tls_);
    ::close(socket_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool read(SeenRequest& request) {
    std::string bytes;
    std::size_t head = 0;
    while (!failed_ && !read_head(bytes, request, head)) {
      if (!fill(bytes)) return false;
    }
    const std::string length = request.header("content-length");
    const std::size_t size = head + (length.empty() ? 0 : std::stoul(length));
    while (!failed_ && bytes.size() < size) {
      if (!fill(bytes)) return false;
    }
    if (!failed_) request.body = bytes.substr(head);
    return !failed_;
  }

  bool send(std::string_view text) {
    while (!text.empty()) {
      const auto sent = tls_ != nullptr ? SSL_write(tls_, text.data(), static_cast<int>(text.size()))
                                        : ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Waits a moment; true when the client has left.
  bool client_left(int milliseconds) const {
    pollfd event{socket_, POLLIN | POLLRDHUP, 0};
    return ::poll(&event, 1, milliseconds) > 0;
  }

 private:
  bool fill(std::string& bytes) {
    char block[4096];
    const auto count = tls_ != nullptr ? SSL_read(tls_, block, sizeof block) : ::recv(socket_, block, sizeof block, 0);
    if (count <= 0) return false;
    bytes.append(block, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  SSL* tls_ = nullptr;
  bool failed_ = false;
};

std::string SeenRequest::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string SeenRequest::query() const {
  const std::size_t mark = target.find('?');
  return mark == std::string::npos ? "" : target.substr(mark + 1);
}

std::string SeenRequest::field(const std::string& name) const {
  for (const std::string& text : {query(), body}) {
    std::size_t start = 0;
    while (start < text.size()) {
      const std::size_t end = std::min(text.find('&', start), text.size());
      const std::string pair = text.substr(start, end - start);
      if (pair.starts_with(name + "=")) return decode_form(pair.substr(name.size() + 1));
      start = end + 1;
    }
  }
  return "";
}

LocalServer::LocalServer(Handler handler) : handler_(std::move(handler)) { listen(); }

LocalServer::LocalServer(Handler handler, const ServerIdentity& identity)
    : handler_(std::move(handler)), tls_(make_tls(identity)) {
  listen();
}

void LocalServer::listen() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no local server");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

LocalServer::~LocalServer() {
  stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  for (std::thread& worker : workers_) worker.join();
}

void LocalServer::accept_all() {
  while (!stopping_) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    const std::lock_guard lock(mutex_);
    workers_.emplace_back([this, socket] { serve(socket); });
  }
}

void LocalServer::serve(int socket) {
  Connection connection(socket, static_cast<SSL_CTX*>(tls_.get()));
  SeenRequest request;
  if (!connection.read(request)) return;
  {
    const std::lock_guard lock(mutex_);
    seen_.push_back(request);
  }
  const Reply reply = handler_(request);
  const std::string text = render(reply);
  if (!reply.drip) {
    connection.send(text);
    return;
  }
  for (std::size_t i = 0; !stopping_ && !connection.client_left(20); ++i) {
    if (i < text.size() && !connection.send(std::string_view(text).substr(i, 1))) return;
  }
}

std::string LocalServer::url(std::string_view path) const {
  return (tls_ ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(port_) + std::string(path);
}

std::vector<SeenRequest> LocalServer::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

int LocalServer::count(std::string_view path) const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(
      std::count_if(seen_.begin(), seen_.end(), [path](const SeenRequest& request) { return request.path() == path; }));
}

}  // namespace parse::test
