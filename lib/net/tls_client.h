#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <mutex>
#include <string>

namespace parse::net {

/// Puts TLS over connections to other servers. Any thread.
class TlsClient {
 public:
  /// `extra_ca_file`: see HttpClientSettings. It is read with the first connection.
  explicit TlsClient(std::string extra_ca_file);

  /// Shakes hands over `socket`, which is connected, and checks that the certificate is trusted and made out for
  /// `host`, a name or an address. Throws Poco::Exception or std::runtime_error.
  Poco::Net::SecureStreamSocket secure(const Poco::Net::StreamSocket& socket, const std::string& host);

 private:
  Poco::Net::Context::Ptr context();

  const std::string extra_ca_file_;
  std::mutex mutex_;  // guards context_
  Poco::Net::Context::Ptr context_;
};

}  // namespace parse::net
