#include "http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "base/error.h"

namespace parse::http {
namespace {

[[noreturn]] void throw_tls_error(const std::string& what, const std::string& path) {
  char reason[256] = {};
  ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
  ERR_clear_error();
  throw Error(ErrorCode::kOtherCause, what + " '" + path + "'", reason);
}

}  // namespace

void TlsDeleter::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }
void TlsDeleter::operator()(ssl_st* session) const { SSL_free(session); }

TlsContext::TlsContext(const TlsSettings& settings) : context_(SSL_CTX_new(TLS_server_method())) {
  ERR_clear_error();
  SSL_CTX* context = context_.get();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                   SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  const std::string& certificate = settings.certificate_path;
  if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) {
    throw_tls_error("Cannot load the TLS certificate", certificate);
  }
  if (SSL_CTX_use_PrivateKey_file(context, settings.key_path.c_str(), SSL_FILETYPE_PEM) != 1) {
    // OpenSSL compares with the certificate while it loads the key.
    const bool mismatch = ERR_GET_REASON(ERR_peek_error()) == X509_R_KEY_VALUES_MISMATCH;
    throw_tls_error(mismatch ? "The TLS key does not belong to the certificate:" : "Cannot load the TLS key",
                    settings.key_path);
  }
}

TlsSession TlsContext::accept(int socket) const {
  TlsSession session(SSL_new(context_.get()));
  if (session == nullptr || SSL_set_fd(session.get(), socket) != 1) return nullptr;
  SSL_set_accept_state(session.get());
  return session;
}

}  // namespace parse::http
