#include <boost/test/unit_test.hpp>
#include <ctime>

#include "crypto/public_key.h"
#include "tests/support/signing.h"

using namespace parse::crypto;
using parse::test::SigningKey;

namespace {

struct Chain {
  explicit Chain(std::size_t number = 0) : root_key(SigningKey::rsa_number(number)) {}

  SigningKey root_key;
  SigningKey leaf_key = SigningKey::rsa_number(3);
  parse::test::Certificate root{{.common_name = "Root", .is_authority = true}, root_key, nullptr, root_key};
  parse::test::Certificate leaf{{.common_name = "Leaf"}, leaf_key, &root, root_key};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(certificates)

BOOST_AUTO_TEST_CASE(certificates_are_read_from_pem_and_der) {
  const Chain chain;
  BOOST_TEST(Certificate::read(chain.leaf.pem()).has_value());
  BOOST_TEST(Certificate::read(chain.leaf.der()).has_value());
  for (const char* text : {"", "text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
    BOOST_TEST(!Certificate::read(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(a_certificate_is_issued_by_the_one_that_signed_it) {
  const Chain chain;
  const Chain other(1);
  const auto leaf = Certificate::read(chain.leaf.der()).value();
  BOOST_TEST(leaf.is_issued_by(Certificate::read(chain.root.pem()).value()));
  // The other root has the same name, but not the key.
  BOOST_TEST(!leaf.is_issued_by(Certificate::read(other.root.pem()).value()));
  BOOST_TEST(!leaf.is_issued_by(leaf));
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_no_authority_issues_nothing) {
  const Chain chain;
  const parse::test::Certificate forged({.common_name = "Forged"}, chain.leaf_key, &chain.leaf, chain.leaf_key);
  BOOST_TEST(!Certificate::read(forged.pem())->is_issued_by(Certificate::read(chain.leaf.pem()).value()));
}

BOOST_AUTO_TEST_CASE(a_certificate_is_valid_in_its_time_only) {
  const Chain chain;
  const auto leaf = Certificate::read(chain.leaf.der()).value();
  const std::int64_t now = std::time(nullptr);
  BOOST_TEST(leaf.is_valid_at(now));
  BOOST_TEST(!leaf.is_valid_at(now - 3600));
  BOOST_TEST(!leaf.is_valid_at(now + 7200));
}

BOOST_AUTO_TEST_CASE(the_key_of_a_certificate_checks_signatures) {
  const Chain chain;
  const auto key = Certificate::read(chain.leaf.der())->public_key().value();
  BOOST_TEST(key.verifies(SignatureAlgorithm::kRs256, "text", chain.leaf_key.sign("text")));
  BOOST_TEST(!key.verifies(SignatureAlgorithm::kRs256, "text", chain.root_key.sign("text")));
}

BOOST_AUTO_TEST_SUITE_END()
