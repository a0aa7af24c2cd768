#include <boost/test/unit_test.hpp>

#include "tests/api/test_app.h"

using parse::test::TestApp;

namespace {

parse::api::Settings watching_classes() {
  parse::api::Settings settings;
  settings.idempotency.paths.emplace_back("^classes/.*", "");
  settings.idempotency.ttl = std::chrono::seconds(60);
  return settings;
}

TestApp::Fields with_id(const std::string& id) {
  return {{"X-Parse-Application-Id", "app"}, {"X-Parse-Request-Id", id}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(idempotency)

BOOST_AUTO_TEST_CASE(a_repeated_request_id_is_refused_and_nothing_is_stored) {
  TestApp app({}, watching_classes());
  BOOST_TEST(app.post("/classes/Game", "{}", with_id("one")).status == 201);
  const auto again = app.post("/classes/Game", "{}", with_id("one"));
  BOOST_TEST(again.body == R"({"code":159,"error":"Duplicate request"})");
  BOOST_TEST((TestApp::member(app.get("/classes/Game?count=1"), "count") == parse::object::Value(1)));
  BOOST_TEST(app.post("/classes/Game", "{}", with_id("two")).status == 201);
}

BOOST_AUTO_TEST_CASE(an_id_may_be_used_again_after_its_time) {
  TestApp app({}, watching_classes());
  app.post("/classes/Game", "{}", with_id("one"));
  app.now += 61'000;
  BOOST_TEST(app.post("/classes/Game", "{}", with_id("one")).status == 201);
}

BOOST_AUTO_TEST_CASE(paths_that_are_not_listed_and_reads_are_not_watched) {
  TestApp app({}, watching_classes());
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST(app.get("/classes/Game", with_id("read")).status == 200);
    BOOST_TEST(app.post("/events/AppOpened", "{}", with_id("event")).status == 200);
  }
}

BOOST_AUTO_TEST_SUITE_END()
