#include "net/tls_client.h"

#include <openssl/x509v3.h>

#include <stdexcept>

namespace parse::net {
namespace {

/// By OpenSSL, for any host: Poco's own check leaves "localhost" out and compares addresses by looking up names.
bool is_made_out_for(const Poco::Net::X509Certificate& certificate, const std::string& host) {
  X509* const x509 = const_cast<X509*>(certificate.certificate());
  if (X509_check_ip_asc(x509, host.c_str(), 0) == 1) return true;
  return X509_check_host(x509, host.data(), host.size(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, nullptr) == 1;
}

}  // namespace

TlsClient::TlsClient(std::string extra_ca_file) : extra_ca_file_(std::move(extra_ca_file)) {}

Poco::Net::Context::Ptr TlsClient::context() {
  const std::lock_guard lock(mutex_);
  if (!context_.isNull()) return context_;
  Poco::Net::Context::Params params;
  params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
  params.loadDefaultCAs = true;
  params.caLocation = extra_ca_file_;
  params.cipherList = "DEFAULT";
  Poco::Net::Context::Ptr made = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, params);
  made->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
  made->enableExtendedCertificateVerification(false);
  context_ = made;
  return context_;
}

Poco::Net::SecureStreamSocket TlsClient::secure(const Poco::Net::StreamSocket& socket, const std::string& host) {
  auto secured = Poco::Net::SecureStreamSocket::attach(socket, host, context());
  if (!is_made_out_for(secured.peerCertificate(), host)) {
    throw std::runtime_error("the certificate is not made out for " + host);
  }
  return secured;
}

}  // namespace parse::net
