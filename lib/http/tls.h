#pragma once

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace parse::http {

/// Where certificate and key are; both PEM.
struct TlsSettings {
  /// The server's certificate, followed by the intermediate ones.
  std::string certificate_path;
  std::string key_path;
};

/// OpenSSL's objects, freed with their owner.
struct TlsDeleter {
  void operator()(ssl_ctx_st* context) const;
  void operator()(ssl_st* session) const;
};
using TlsSession = std::unique_ptr<ssl_st, TlsDeleter>;

/// A loaded certificate; makes sessions for accepted sockets. TLS 1.2 and later, no renegotiation.
class TlsContext {
 public:
  /// Throws Error that names the file when it cannot be read, or when key and certificate do not belong together.
  explicit TlsContext(const TlsSettings& settings);

  /// A session in the server's role over `socket`, which stays owned by the caller. Any thread.
  TlsSession accept(int socket) const;

 private:
  std::unique_ptr<ssl_ctx_st, TlsDeleter> context_;
};

}  // namespace parse::http
