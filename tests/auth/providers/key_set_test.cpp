#include "auth/providers/key_set.h"

#include <atomic>
#include <thread>

#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::auth;
using parse::test::failure_of;
using parse::test::Issuer;
using parse::test::Reply;
using parse::test::SeenRequest;
using parse::test::World;

namespace {

constexpr const char* kKeys = "keys.example/jwks";
constexpr auto kRs256 = crypto::SignatureAlgorithm::kRs256;

struct Set : World {
  Issuer issuer;
  KeySet keys{KeySetSettings{.url = std::string("https://") + kKeys}, services};

  bool has(const std::string& kid) { return keys.find(kid, kRs256).has_value(); }
  void pass(std::chrono::milliseconds time) { now += time.count(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(key_set)

BOOST_AUTO_TEST_CASE(keys_are_fetched_once_and_kept) {
  Set set;
  set.answer(kKeys, set.issuer.jwks());
  BOOST_TEST(set.has("key-1"));
  BOOST_TEST(set.has("key-1"));
  BOOST_TEST(set.count(kKeys) == 1);
}

BOOST_AUTO_TEST_CASE(keys_are_fetched_again_when_their_time_is_over) {
  Set set;
  set.answer(kKeys, Reply{.body = set.issuer.jwks(), .fields = {"Cache-Control: public, max-age=600"}});
  set.has("key-1");
  set.pass(std::chrono::seconds(599));
  set.has("key-1");
  BOOST_TEST(set.count(kKeys) == 1);
  set.pass(std::chrono::seconds(1));
  set.has("key-1");
  BOOST_TEST(set.count(kKeys) == 2);
}

BOOST_AUTO_TEST_CASE(without_a_time_of_their_own_they_hold_an_hour_and_never_longer) {
  Set set;
  set.answer(kKeys, Reply{.body = set.issuer.jwks(), .fields = {"Cache-Control: max-age=99999999"}});
  set.has("key-1");
  set.pass(std::chrono::minutes(59));
  set.has("key-1");
  BOOST_TEST(set.count(kKeys) == 1);
  set.pass(std::chrono::minutes(2));
  set.has("key-1");
  BOOST_TEST(set.count(kKeys) == 2);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_new_is_found_by_fetching_again) {
  Set set;
  set.answer(kKeys, set.issuer.jwks("key-1"));
  set.has("key-1");
  set.answer(kKeys, set.issuer.jwks("key-2"));
  set.pass(std::chrono::seconds(10));
  BOOST_TEST(set.has("key-2"));
  BOOST_TEST(!set.has("key-1"));
}

BOOST_AUTO_TEST_CASE(invented_key_ids_do_not_make_it_fetch_without_end) {
  Set set;
  set.answer(kKeys, set.issuer.jwks());
  for (int i = 0; i < 20; ++i) BOOST_TEST(!set.has("invented-" + std::to_string(i)));
  BOOST_TEST(set.count(kKeys) == 1);
  set.pass(std::chrono::seconds(10));
  for (int i = 0; i < 20; ++i) set.has("invented-" + std::to_string(i));
  BOOST_TEST(set.count(kKeys) == 2);
}

BOOST_AUTO_TEST_CASE(a_failed_fetch_is_an_error_and_the_next_call_tries_again) {
  Set set;
  set.answer(kKeys, Reply{.status = 500, .body = "{}"});
  BOOST_TEST(failure_of([&] { set.has("key-1"); }) == "141 The keys of the login provider could not be read.");
  set.answer(kKeys, Reply{.body = "<html>"});
  BOOST_TEST(failure_of([&] { set.has("key-1"); }) == "141 The keys of the login provider could not be read.");
  set.answer(kKeys, set.issuer.jwks());
  BOOST_TEST(set.has("key-1"));
}

BOOST_AUTO_TEST_CASE(many_threads_share_one_fetch) {
  Set set;
  set.answer(kKeys, set.issuer.jwks());
  std::atomic<int> found{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { found += set.has("key-1") ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  BOOST_TEST(found == 8);
  BOOST_TEST(set.count(kKeys) == 1);
}

BOOST_AUTO_TEST_CASE(a_token_without_key_id_fits_a_set_with_one_key_only) {
  Set set;
  set.answer(kKeys, set.issuer.jwks());
  BOOST_TEST(set.has(""));
  Set several;
  several.answer(kKeys, "{\"keys\":[" + several.issuer.key.jwk("a") + "," + several.issuer.other.jwk("b") + "]}");
  BOOST_TEST(!several.has(""));
}

BOOST_AUTO_TEST_CASE(keys_that_are_not_for_signatures_or_not_sound_are_left_out) {
  Set set;
  std::string encryption = set.issuer.key.jwk("enc");
  encryption.replace(encryption.find("\"sig\""), 5, "\"enc\"");
  std::string other_algorithm = set.issuer.key.jwk("other");
  other_algorithm.replace(other_algorithm.find("RS256"), 5, "PS512");
  set.answer(kKeys, "{\"keys\":[null,1,{},{\"kty\":\"RSA\",\"kid\":\"broken\",\"n\":\"!\",\"e\":\"AQAB\"}," +
                        encryption + "," + other_algorithm + "," + set.issuer.key.jwk("good") + "]}");
  for (const char* kid : {"broken", "enc", "other"}) BOOST_TEST(!set.has(kid), kid);
  BOOST_TEST(set.has("good"));
}

BOOST_AUTO_TEST_SUITE_END()
