#include <boost/test/unit_test.hpp>
#include <future>
#include <optional>
#include <thread>

#include "http/server.h"
#include "tests/http/running_server.h"
#include "tests/support/raw_client.h"

using namespace parse::http;
using namespace std::chrono_literals;
using parse::test::RawClient;
using parse::test::RunningServer;

namespace {

/// Keeps the responder of the first request until the test wants it answered.
struct Held {
  std::promise<Responder> promise;
  RunningServer::Answer answer() {
    return [this](Request, Responder responder) { promise.set_value(std::move(responder)); };
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(stop_test)

BOOST_AUTO_TEST_CASE(idle_connections_are_closed_at_once) {
  RunningServer server;
  RawClient used(server.port());
  BOOST_TEST(used.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 200);
  RawClient half_a_request(server.port());
  half_a_request.send("GET / HT");
  const auto begin = std::chrono::steady_clock::now();
  server.server().stop(10s);
  BOOST_TEST((std::chrono::steady_clock::now() - begin < 5s));
  BOOST_TEST(used.is_closed_by_server());
  BOOST_TEST(half_a_request.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_request_in_flight_is_finished_and_then_closed) {
  Held held;
  RunningServer server(RunningServer::loopback(), held.answer());
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  Responder responder = held.promise.get_future().get();
  std::thread stopping([&] { server.server().stop(10s); });
  responder.respond(Response{.body = "late"});
  const auto response = client.receive();
  BOOST_TEST(response.body == "late");
  BOOST_TEST(client.is_closed_by_server());
  client.finish_sending();
  stopping.join();
}

BOOST_AUTO_TEST_CASE(after_the_grace_what_is_left_is_cut) {
  Held held;
  RunningServer server(RunningServer::loopback(), held.answer());
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  Responder responder = held.promise.get_future().get();
  server.server().stop(20ms);
  BOOST_TEST(client.is_closed_by_server());
  responder.respond(Response{});
}

BOOST_AUTO_TEST_CASE(a_responder_may_outlive_the_server) {
  Held held;
  std::optional<RunningServer> server(std::in_place, RunningServer::loopback(), held.answer());
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  Responder responder = held.promise.get_future().get();
  server.reset();
  BOOST_CHECK_NO_THROW(responder.respond(Response{}));
}

BOOST_AUTO_TEST_CASE(new_connections_are_refused_after_the_stop) {
  RunningServer server;
  const auto port = server.port();
  server.server().stop(1s);
  server.server().stop(1s);
  BOOST_CHECK_THROW(RawClient client(port), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
