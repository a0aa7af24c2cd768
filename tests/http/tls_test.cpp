#include "http/tls.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <filesystem>

#include "base/error.h"
#include "tests/http/running_server.h"
#include "tests/support/raw_client.h"

using namespace parse;
using namespace parse::http;
using parse::test::RawClient;
using parse::test::RunningServer;

namespace {

/// A folder of its own with a self-signed certificate and its key, both made for the test.
class Certificate {
 public:
  Certificate() {
    std::string pattern = (std::filesystem::temp_directory_path() / "http_tls_XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    const auto* common_name = reinterpret_cast<const unsigned char*>("localhost");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_sign(certificate, key, EVP_sha256());
    write(certificate_path(), [&](FILE* file) { PEM_write_X509(file, certificate); });
    write(key_path(), [&](FILE* file) { PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr); });
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  ~Certificate() { std::filesystem::remove_all(folder_); }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  std::string certificate_path() const { return folder_ / "certificate.pem"; }
  std::string key_path() const { return folder_ / "key.pem"; }
  TlsSettings settings() const { return {certificate_path(), key_path()}; }

 private:
  template <class Writer>
  static void write(const std::string& path, Writer writer) {
    FILE* file = std::fopen(path.c_str(), "w");
    writer(file);
    std::fclose(file);
  }

  std::filesystem::path folder_;
};

/// A blocking TLS client over a raw one.
class TlsClient {
 public:
  TlsClient(std::uint16_t port, int highest_version)
      : raw_(port), context_(SSL_CTX_new(TLS_client_method())), session_(nullptr) {
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_.get(), highest_version);
    session_.reset(SSL_new(context_.get()));
    SSL_set_fd(session_.get(), raw_.descriptor());
  }

  bool connect() { return SSL_connect(session_.get()) == 1; }
  void send(std::string_view bytes) { SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())); }
  std::string read(std::size_t at_least) {
    std::string all;
    std::vector<char> chunk(65536);
    while (all.size() < at_least) {
      const int got = SSL_read(session_.get(), chunk.data(), static_cast<int>(chunk.size()));
      if (got <= 0) break;
      all.append(chunk.data(), static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  RawClient raw_;
  std::unique_ptr<ssl_ctx_st, TlsDeleter> context_;
  TlsSession session_;
};

ServerSettings tls_settings(const Certificate& certificate) {
  auto settings = RunningServer::loopback();
  settings.tls = certificate.settings();
  return settings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tls_test)

BOOST_AUTO_TEST_CASE(requests_over_tls_are_served_and_known_as_secure) {
  const Certificate certificate;
  RunningServer server(tls_settings(certificate), [](Request request, Responder responder) {
    responder.respond(Response{.body = request.secure ? "secure" : "plain"});
  });
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server.port(), version);
    BOOST_TEST(client.connect());
    for (int i = 0; i < 3; ++i) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      BOOST_TEST(client.read(1).ends_with("\r\n\r\nsecure"));
    }
  }
}

BOOST_AUTO_TEST_CASE(large_bodies_cross_tls_both_ways) {
  const Certificate certificate;
  RunningServer server(tls_settings(certificate), [](Request request, Responder responder) {
    responder.respond(Response{.body = std::move(request.body)});
  });
  TlsClient client(server.port(), TLS1_3_VERSION);
  BOOST_TEST(client.connect());
  const std::string body(3'000'000, 'q');
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n" + body);
  BOOST_TEST((client.read(body.size() + 100).ends_with(body)));
}

BOOST_AUTO_TEST_CASE(versions_before_1_2_are_refused) {
  const Certificate certificate;
  RunningServer server(tls_settings(certificate));
  TlsClient client(server.port(), TLS1_1_VERSION);
  BOOST_TEST(!client.connect());
}

BOOST_AUTO_TEST_CASE(plain_text_to_a_tls_port_is_closed) {
  const Certificate certificate;
  RunningServer server(tls_settings(certificate));
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_CHECK_THROW(client.receive(), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_missing_certificate_is_named) {
  const Certificate certificate;
  auto settings = tls_settings(certificate);
  settings.tls->certificate_path = "/nowhere/certificate.pem";
  BOOST_CHECK_EXCEPTION(RunningServer server(settings), Error, [](const Error& error) {
    return error.message() == "Cannot load the TLS certificate '/nowhere/certificate.pem'";
  });
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_key_is_named) {
  const Certificate certificate;
  auto settings = tls_settings(certificate);
  settings.tls->key_path = certificate.certificate_path();
  BOOST_CHECK_EXCEPTION(RunningServer server(settings), Error, [&](const Error& error) {
    return error.message() == "Cannot load the TLS key '" + certificate.certificate_path() + "'";
  });
}

BOOST_AUTO_TEST_CASE(a_key_of_another_certificate_is_refused) {
  const Certificate certificate;
  const Certificate other;
  auto settings = tls_settings(certificate);
  settings.tls->key_path = other.key_path();
  BOOST_CHECK_EXCEPTION(RunningServer server(settings), Error, [&](const Error& error) {
    return error.message() == "The TLS key does not belong to the certificate: '" + other.key_path() + "'";
  });
}

BOOST_AUTO_TEST_SUITE_END()
