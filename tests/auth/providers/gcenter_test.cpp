#include <ctime>

#include "crypto/base64.h"
#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;

namespace {

constexpr const char* kRoot = "cacerts.digicert.com/DigiCertTrustedG4CodeSigningRSA4096SHA3842021CA1.crt.pem";
constexpr const char* kKey = "static.gc.apple.com/public-key/gc-prod-9.cer";
constexpr const char* kKeyUrl = "https://static.gc.apple.com/public-key/gc-prod-9.cer";

/// Apple's authority and signing key, made for the test.
struct GameCenter : World {
  SigningKey root_key = SigningKey::rsa_number(0);
  SigningKey apple_key = SigningKey::rsa_number(1);
  Certificate root{{.common_name = "Root", .is_authority = true}, root_key, nullptr, root_key};
  Certificate apple{{.common_name = "Apple"}, apple_key, &root, root_key};
  auth::Provider* provider = nullptr;

  explicit GameCenter(const std::string& options = R"({"bundleId":"com.example.app"})", bool insecure = false)
      : provider(&set_up("gcenter", options, insecure)) {
    now = std::time(nullptr) * 1000LL;
    answer(kRoot, Reply{.body = root.pem(), .content_type = "application/x-pem-file"});
    answer(
        kKey,
        Reply{.body = apple.der(), .content_type = "application/pkix-cert", .fields = {"Cache-Control: max-age=60"}});
  }

  std::string signature(const std::string& id, const std::string& bundle = "com.example.app",
                        const SigningKey* key = nullptr) const {
    const std::string timestamp("\0\0\x01\x8b\xcf\xe5\x68\x01", 8);  // 1700000000001
    return crypto::encode_base64((key == nullptr ? apple_key : *key).sign(id + bundle + timestamp + "salt"));
  }
  std::string auth_data(const std::string& id, const std::string& signed_text, const std::string& url = kKeyUrl,
                        const std::string& timestamp = "1700000000001") const {
    return fmt::format(
        R"({{"id":"{}","publicKeyUrl":"{}","timestamp":{},"signature":"{}","salt":"{}","bundleId":"com.example.app"}})",
        id, url, timestamp, signed_text, crypto::encode_base64("salt"));
  }
  std::string failure(const std::string& data) { return login_failure(*provider, data); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(gcenter)

BOOST_AUTO_TEST_CASE(a_signature_of_apple_logs_its_player_in) {
  GameCenter world;
  BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1"))) == "");
  BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1"), kKeyUrl, "\"1700000000001\"")) == "");
}

BOOST_AUTO_TEST_CASE(certificates_are_kept_for_the_time_that_the_answer_says) {
  GameCenter world;
  for (int i = 0; i < 3; ++i) world.failure(world.auth_data("G:1", world.signature("G:1")));
  BOOST_TEST(world.count(kKey) == 1);
  BOOST_TEST(world.count(kRoot) == 1);
}

BOOST_AUTO_TEST_CASE(what_was_not_signed_is_refused) {
  GameCenter world;
  const std::string good = world.signature("G:1");
  BOOST_TEST(world.failure(world.auth_data("G:2", good)) == "101 Invalid signature.");
  BOOST_TEST(world.failure(world.auth_data("G:1", good, kKeyUrl, "1700000000002")) == "101 Invalid signature.");
  // GHSA-837q-jhwx-cmpv: signed for another app.
  BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1", "com.other.app"))) ==
             "101 Invalid signature.");
}

// GHSA-qf8x-vqjv-92gr: the certificate was not checked.
BOOST_AUTO_TEST_CASE(a_certificate_of_another_authority_is_refused) {
  GameCenter world;
  const SigningKey& forger = SigningKey::rsa_number(2);
  const Certificate self_made({.common_name = "Root", .is_authority = true}, forger, nullptr, forger);
  const Certificate forged({.common_name = "Apple"}, forger, &self_made, forger);
  world.answer(kKey, Reply{.body = forged.der()});
  BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1", "com.example.app", &forger))) ==
             "101 Invalid publicKeyUrl.");
  // Signed by the real key, which is no authority.
  const Certificate below({.common_name = "Below"}, forger, &world.apple, world.apple_key);
  world.answer(kKey, Reply{.body = below.der()});
  BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1", "com.example.app", &forger))) ==
             "101 Invalid publicKeyUrl.");
}

BOOST_AUTO_TEST_CASE(a_certificate_out_of_its_time_is_refused) {
  GameCenter world;
  world.now += 7'200'000;
  BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1"))) != "");
}

// GHSA-rh9j-f5f8-rvgc: the certificate may come from Apple's hosts only.
BOOST_AUTO_TEST_CASE(other_hosts_are_not_asked) {
  GameCenter world;
  for (const char* url :
       {"http://static.gc.apple.com/a.cer", "https://evil.example/a.cer", "https://apple.com.evil.example/a.cer",
        "https://evilapple.com/a.cer", "https://evil.example/apple.com/a.cer", "https://static.gc.apple.com/a.txt",
        "https://static.gc.apple.com:8443/a.cer", "https://user@apple.com/a.cer",
        "https://evil.example#.apple.com/a.cer", "https://evil.example?.apple.com/a.cer",
        "https://static.gc.apple.com/redirect?to=https://evil.example/a.cer", "file:///etc/a.cer",
        "https://127.0.0.1/a.cer"}) {
    BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1"), url)) == "101 Invalid publicKeyUrl.", url);
  }
  BOOST_TEST(world.server.seen().empty());
}

// GHSA-rh9j-f5f8-rvgc: denial of service by what is fetched.
BOOST_AUTO_TEST_CASE(huge_and_broken_certificates_are_refused) {
  GameCenter world;
  world.answer(kKey, Reply{.body = std::string(20'000, 'x')});
  BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1"))) ==
             "141 An external service could not be reached.");
  world.answer(kKey, Reply{.body = "no certificate"});
  BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1"))) == "101 Invalid publicKeyUrl.");
  world.answer(kKey, Reply{.status = 404, .body = world.apple.der()});
  BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1"))) == "101 Invalid publicKeyUrl.");
}

BOOST_AUTO_TEST_CASE(without_a_root_nobody_is_logged_in) {
  GameCenter world;
  world.answer(kRoot, "no certificate");
  BOOST_TEST(world.failure(world.auth_data("G:1", world.signature("G:1"))) == "101 Invalid rootCertificateURL.");
}

// GHSA-pfj7-wv7c-22pr
BOOST_AUTO_TEST_CASE(every_part_of_the_authdata_must_be_there) {
  GameCenter world;
  for (const std::string name : {"id", "publicKeyUrl", "timestamp", "signature", "salt"}) {
    object::Object data = object_of(world.auth_data("G:1", world.signature("G:1")));
    data.erase(name);
    BOOST_TEST(world.failure(object::to_json(data)) == "101 AuthData " + name + " is missing.");
  }
}

BOOST_AUTO_TEST_CASE(the_app_is_said_by_the_option) {
  World world;
  BOOST_TEST(failure_of([&] { world.set_up("gcenter", "{}"); }) == "-1 'auth.gcenter' needs bundleId");
  GameCenter insecure(R"({"enableInsecureAuth":true})", true);
  BOOST_TEST(insecure.failure(insecure.auth_data("G:1", insecure.signature("G:1"))) == "");
}

BOOST_AUTO_TEST_SUITE_END()
