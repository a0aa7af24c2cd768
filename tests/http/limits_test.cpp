#include <boost/test/unit_test.hpp>
#include <chrono>
#include <future>
#include <string>
#include <thread>

#include "tests/http/running_server.h"
#include "tests/support/raw_client.h"

using namespace parse::http;
using namespace std::chrono_literals;
using parse::test::RawClient;
using parse::test::RunningServer;

namespace {

ServerSettings with_body_limit(std::uint64_t bytes) {
  auto settings = RunningServer::loopback();
  settings.max_body_bytes = bytes;
  return settings;
}

ServerSettings with_timeouts(Timeouts timeouts) {
  auto settings = RunningServer::loopback();
  settings.timeouts = timeouts;
  return settings;
}

std::string post(std::size_t size) {
  return "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" + std::string(size, 'b');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(limits_test)

BOOST_AUTO_TEST_CASE(a_body_of_exactly_the_limit_is_taken) {
  RunningServer server(with_body_limit(100'000));
  RawClient client(server.port());
  BOOST_TEST(client.exchange(post(100'000)).status == 200);
}

BOOST_AUTO_TEST_CASE(a_body_over_the_limit_is_refused_though_the_client_sends_it_whole) {
  RunningServer server(with_body_limit(20 * 1024 * 1024));
  RawClient client(server.port());
  const auto response = client.exchange(post(20 * 1024 * 1024 + 1));
  BOOST_TEST(response.status == 413);
  BOOST_TEST(response.body == "{\"fault\":413}");
  BOOST_TEST(response.field("Connection") == "close");
}

BOOST_AUTO_TEST_CASE(a_chunked_body_over_the_limit_is_refused) {
  RunningServer server(with_body_limit(10));
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n5\r\nghijk\r\n0\r\n\r\n");
  BOOST_TEST(client.receive().status == 413);
  BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_client_that_asks_first_is_refused_before_it_sends_the_body) {
  RunningServer server(with_body_limit(10));
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
  BOOST_TEST(client.receive().status == 413);
}

BOOST_AUTO_TEST_CASE(a_header_of_100_kb_is_refused_with_431) {
  RunningServer server;
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n");
  BOOST_TEST(client.receive().status == 431);
}

BOOST_AUTO_TEST_CASE(a_header_of_60_kb_is_taken) {
  RunningServer server;
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(60'000, 'x') + "\r\n\r\n");
  BOOST_TEST(client.receive().status == 200);
}

BOOST_AUTO_TEST_CASE(a_header_of_too_many_fields_is_refused_with_431) {
  RunningServer server;
  RawClient client(server.port());
  std::string request = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 1000; ++i) request += "a: b\r\n";
  BOOST_TEST(client.exchange(request + "\r\n").status == 431);
}

BOOST_AUTO_TEST_CASE(an_endless_chunk_header_is_refused) {
  RunningServer server;
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(200'000, 'e'));
  BOOST_TEST(client.receive().status == 400);
}

BOOST_AUTO_TEST_CASE(a_header_that_does_not_end_is_answered_408) {
  RunningServer server(with_timeouts({.header = 60ms}));
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHos");
  const auto response = client.receive();
  BOOST_TEST(response.status == 408);
  BOOST_TEST(response.field("Connection") == "close");
  BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(bytes_that_trickle_in_do_not_extend_the_time_for_a_header) {
  RunningServer server(with_timeouts({.header = 200ms}));
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nX: ");
  const auto begin = std::chrono::steady_clock::now();
  // Each byte comes well within the limit; together they would take for ever.
  while (!client.is_closed_by_server(10ms) && std::chrono::steady_clock::now() - begin < 8s) {
    if (!client.send("a")) break;
  }
  BOOST_TEST((std::chrono::steady_clock::now() - begin < 5s));
}

BOOST_AUTO_TEST_CASE(a_body_that_stops_coming_is_answered_408) {
  RunningServer server(with_timeouts({.body_pause = 60ms}));
  RawClient client(server.port());
  BOOST_TEST(client.exchange("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc").status == 408);
}

BOOST_AUTO_TEST_CASE(an_idle_connection_is_closed_in_silence) {
  RunningServer server(with_timeouts({.idle = 60ms}));
  RawClient client(server.port());
  BOOST_TEST(client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 200);
  BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_connection_that_never_speaks_is_closed_in_silence) {
  RunningServer server(with_timeouts({.header = 60ms}));
  RawClient client(server.port());
  BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_take_its_response_is_cut_off) {
  std::promise<void> answered;
  RunningServer server(with_timeouts({.write_pause = 100ms}), [&](Request, Responder responder) {
    responder.respond(Response{.body = std::string(20'000'000, 'x')});
    answered.set_value();
  });
  RawClient client(server.port());
  client.shrink_receive_buffer(4096);
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  answered.get_future().wait();
  const auto begin = std::chrono::steady_clock::now();
  server.server().stop(30s);  // waits for the connection to go
  BOOST_TEST((std::chrono::steady_clock::now() - begin < 15s));
}

BOOST_AUTO_TEST_CASE(beyond_the_limit_of_connections_the_longest_waiting_one_makes_room) {
  auto settings = RunningServer::loopback();
  settings.max_connections = 3;
  RunningServer server(settings);
  RawClient first(server.port());
  first.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  RawClient second(server.port());
  RawClient third(server.port());
  RawClient fourth(server.port());
  BOOST_TEST(fourth.exchange("GET /4 HTTP/1.1\r\nHost: h\r\n\r\n").body == "GET /4? ");
}

BOOST_AUTO_TEST_SUITE_END()
