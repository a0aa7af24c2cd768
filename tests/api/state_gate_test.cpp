#include "api/state_gate.h"

#include <boost/test/unit_test.hpp>

#include "http/server.h"
#include "tests/support/raw_client.h"

using namespace parse;

namespace {

/// Stands for the dispatcher: answers every request with its path.
struct Echo final : http::RequestSink {
  void handle(http::Request request, http::Responder responder) override {
    http::Response response;
    response.body = "dispatched " + request.path;
    responder.respond(std::move(response));
  }
  http::Response on_fault(http::RequestFault, const http::Request&) override { return {}; }
};

struct Fixture {
  Echo dispatcher;
  api::StateGate gate{"/parse", {}};
  http::Server server{loopback(), gate};

  Fixture() {
    server.start();
    gate.open(dispatcher);
  }
  static http::ServerSettings loopback() {
    http::ServerSettings settings;
    settings.host = "127.0.0.1";
    settings.port = 0;
    return settings;
  }
  test::RawResponse get(const std::string& path) const {
    return test::RawClient(server.port()).exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_state_gate, Fixture)

BOOST_AUTO_TEST_CASE(once_open_it_hands_everything_on) {
  BOOST_TEST(get("/parse/health").body == "dispatched /parse/health");
  BOOST_TEST(get("/elsewhere").body == "dispatched /elsewhere");
}

BOOST_AUTO_TEST_CASE(a_database_that_went_away_shows_in_health_alone) {
  gate.set_reachable(false);
  const test::RawResponse health = get("/parse/health");
  BOOST_TEST(health.status == 503);
  BOOST_TEST(health.body == R"({"status":"error"})");
  BOOST_TEST(health.field("Retry-After") == "1");
  BOOST_TEST(get("/parse/classes/Game").body == "dispatched /parse/classes/Game");
  gate.set_reachable(true);
  BOOST_TEST(get("/parse/health").body == "dispatched /parse/health");
}

BOOST_AUTO_TEST_SUITE_END()
