#include "http/router.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"

using namespace parse;
using namespace parse::http;

namespace {

enum Routes : std::size_t { kHealth = 1, kFind, kGet, kCreate, kMe, kUser, kFile, kAnyFile };

Router sample() {
  Router router;
  router.add(Method::kGet, "/health", kHealth);
  router.add(Method::kGet, "/classes/:class", kFind);
  router.add(Method::kPost, "/classes/:class", kCreate);
  router.add(Method::kGet, "/classes/:class/:id", kGet);
  router.add(Method::kGet, "/users/me", kMe);
  router.add(Method::kGet, "/users/:id", kUser);
  router.add(Method::kGet, "/files/:app/:name", kFile);
  router.add(Method::kGet, "/files/*path", kAnyFile);
  return router;
}

using Kind = RouteMatch::Kind;

}  // namespace

BOOST_AUTO_TEST_SUITE(router_test)

BOOST_AUTO_TEST_CASE(segments_are_captured_and_decoded) {
  const Router router = sample();
  const auto match = router.match(Method::kGet, "/classes/My%20Class/a%2Fb");
  BOOST_TEST((match.kind == Kind::kFound));
  BOOST_TEST(match.route == kGet);
  BOOST_TEST(match.params.at("class") == "My Class");
  BOOST_TEST(match.params.at("id") == "a/b");
}

BOOST_AUTO_TEST_CASE(a_literal_wins_over_a_parameter) {
  const Router router = sample();
  BOOST_TEST(router.match(Method::kGet, "/users/me").route == kMe);
  BOOST_TEST(router.match(Method::kGet, "/users/you").route == kUser);
}

BOOST_AUTO_TEST_CASE(a_wildcard_takes_what_no_other_pattern_fits) {
  const Router router = sample();
  BOOST_TEST(router.match(Method::kGet, "/files/app/name").route == kFile);
  const auto match = router.match(Method::kGet, "/files/a/b/c%20d");
  BOOST_TEST(match.route == kAnyFile);
  BOOST_TEST(match.params.at("path") == "a/b/c d");
}

BOOST_AUTO_TEST_CASE(literals_ignore_case_and_one_trailing_slash_as_express_does) {
  const Router router = sample();
  BOOST_TEST(router.match(Method::kGet, "/HEALTH").route == kHealth);
  const auto match = router.match(Method::kGet, "/Classes/Foo/");
  BOOST_TEST(match.route == kFind);
  BOOST_TEST(match.params.at("class") == "Foo");
}

BOOST_AUTO_TEST_CASE(an_empty_segment_fits_no_route) {
  const Router router = sample();
  BOOST_TEST((router.match(Method::kGet, "/classes//Foo").kind == Kind::kNotFound));
  BOOST_TEST((router.match(Method::kGet, "/classes/").kind == Kind::kNotFound));
  BOOST_TEST((router.match(Method::kGet, "/classes/a//").kind == Kind::kNotFound));
}

BOOST_AUTO_TEST_CASE(another_method_is_told_from_an_unknown_path) {
  const Router router = sample();
  BOOST_TEST((router.match(Method::kDelete, "/classes/Foo").kind == Kind::kMethodNotAllowed));
  BOOST_TEST((router.match(Method::kGet, "/nothing").kind == Kind::kNotFound));
  BOOST_TEST((router.match(Method::kGet, "/classes/a/b/c").kind == Kind::kNotFound));
  BOOST_TEST((router.match(Method::kGet, "").kind == Kind::kNotFound));
}

BOOST_AUTO_TEST_CASE(head_uses_the_route_of_get) {
  const Router router = sample();
  BOOST_TEST(router.match(Method::kHead, "/health").route == kHealth);
}

BOOST_AUTO_TEST_CASE(a_segment_that_cannot_be_decoded_is_reported) {
  const Router router = sample();
  const auto match = router.match(Method::kGet, "/classes/%zz");
  BOOST_TEST((match.kind == Kind::kBadEncoding));
  BOOST_TEST(match.bad_segment == "%zz");
}

BOOST_AUTO_TEST_CASE(the_same_route_twice_is_a_mistake) {
  Router router = sample();
  BOOST_CHECK_THROW(router.add(Method::kGet, "/classes/:other", 9), Error);
}

BOOST_AUTO_TEST_CASE(a_path_of_very_many_segments_is_merely_not_found) {
  const Router router = sample();
  std::string path;
  for (int i = 0; i < 30'000; ++i) path += "/a";
  BOOST_TEST((router.match(Method::kGet, path).kind == Kind::kNotFound));
  BOOST_TEST(router.match(Method::kGet, "/files" + path).route == kAnyFile);
}

BOOST_AUTO_TEST_SUITE_END()
