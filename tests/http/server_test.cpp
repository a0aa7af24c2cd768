#include "http/server.h"

#include <boost/test/unit_test.hpp>
#include <future>
#include <optional>
#include <set>
#include <thread>

#include "base/error.h"
#include "base/worker_pool.h"
#include "tests/http/running_server.h"
#include "tests/support/raw_client.h"

using namespace parse;
using namespace parse::http;
using parse::test::RawClient;
using parse::test::RunningServer;

BOOST_AUTO_TEST_SUITE(server_test)

BOOST_AUTO_TEST_CASE(answers_a_request_and_keeps_the_connection_open) {
  RunningServer server;
  RawClient client(server.port());
  const auto first = client.exchange("GET /a%20b?x=1 HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(first.status == 200);
  BOOST_TEST(first.body == "GET /a%20b?x=1 ");
  BOOST_TEST(first.field("Content-Type") == "text/plain");
  BOOST_TEST(first.field("Date").ends_with(" GMT"));
  BOOST_TEST(first.field("Connection").empty());
  BOOST_TEST(client.exchange("PUT /b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc").body == "PUT /b? abc");
}

BOOST_AUTO_TEST_CASE(a_request_that_arrives_byte_by_byte_is_understood) {
  RunningServer server;
  RawClient client(server.port());
  for (const char byte : std::string("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello")) {
    client.send(std::string_view(&byte, 1));
    std::this_thread::yield();
  }
  BOOST_TEST(client.receive().body == "POST /x? hello");
}

BOOST_AUTO_TEST_CASE(a_chunked_request_that_arrives_byte_by_byte_is_understood) {
  RunningServer server;
  RawClient client(server.port());
  // The connection outlives one request, so that the last chunk is met in every state of the parser.
  for (const std::string chunks : {"0\r\n\r\n", "3\r\nabc\r\n0\r\n\r\n", "1\r\na\r\n2\r\nbc\r\n00\r\nT: 1\r\n\r\n"}) {
    for (const char byte : "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks) {
      client.send(std::string_view(&byte, 1));
      std::this_thread::yield();
    }
    BOOST_TEST(client.receive().status == 200);
  }
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_order) {
  RunningServer server;
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 100; ++i) requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
  client.send(requests);
  for (int i = 0; i < 100; ++i) BOOST_TEST(client.receive().body == "GET /" + std::to_string(i) + "? ");
}

BOOST_AUTO_TEST_CASE(pipelined_requests_answered_by_workers_stay_in_order) {
  WorkerPool pool({.active = 4});
  RunningServer server(RunningServer::loopback(), [&](Request request, Responder responder) {
    auto call = std::make_shared<std::pair<Request, Responder>>(std::move(request), std::move(responder));
    pool.try_post([call] { RunningServer::echo(std::move(call->first), std::move(call->second)); });
  });
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 100; ++i) requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
  client.send(requests);
  for (int i = 0; i < 100; ++i) BOOST_TEST(client.receive().body == "GET /" + std::to_string(i) + "? ");
}

BOOST_AUTO_TEST_CASE(chunked_bodies_are_joined) {
  RunningServer server;
  RawClient client(server.port());
  client.send("POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n");
  client.send("5;ext=1\r\npedia\r\n0\r\nX-Trailer: t\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(client.receive().body == "POST /c? Wikipedia");
  BOOST_TEST(client.receive().body == "GET /next? ");
}

BOOST_AUTO_TEST_CASE(head_has_the_fields_of_get_and_no_body) {
  RunningServer server;
  RawClient client(server.port());
  client.send("HEAD /abc HTTP/1.1\r\nHost: h\r\n\r\nGET /d HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto head = client.receive(true);
  BOOST_TEST(head.status == 200);
  BOOST_TEST(head.field("content-length") == std::to_string(std::string("HEAD /abc? ").size()));
  BOOST_TEST(client.receive().body == "GET /d? ");
}

BOOST_AUTO_TEST_CASE(connection_close_is_honoured_and_announced) {
  RunningServer server;
  RawClient client(server.port());
  const auto response = client.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  BOOST_TEST(response.field("Connection") == "close");
  BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(http_1_0_clients_are_closed_unless_they_ask_otherwise) {
  RunningServer server;
  RawClient closing(server.port());
  BOOST_TEST(closing.exchange("GET / HTTP/1.0\r\n\r\n").field("Connection") == "close");
  BOOST_TEST(closing.is_closed_by_server());
  RawClient staying(server.port());
  const std::string_view request = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  BOOST_TEST(staying.exchange(request).field("Connection") == "keep-alive");
  BOOST_TEST(staying.exchange(request).status == 200);
}

BOOST_AUTO_TEST_CASE(an_absolute_target_is_reduced_to_its_path) {
  RunningServer server;
  RawClient client(server.port());
  BOOST_TEST(client.exchange("GET http://other.example:80/p/q?r=s HTTP/1.1\r\nHost: h\r\n\r\n").body ==
             "GET /p/q?r=s ");
  BOOST_TEST(client.exchange("GET http://other.example HTTP/1.1\r\nHost: h\r\n\r\n").body == "GET /? ");
  BOOST_TEST(client.exchange("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").body == "OPTIONS *? ");
}

BOOST_AUTO_TEST_CASE(a_target_with_invalid_utf8_reaches_the_sink_unharmed) {
  RunningServer server;
  RawClient client(server.port());
  BOOST_TEST(client.exchange("GET /%ff%fe?\xc3\x28=1 HTTP/1.1\r\nHost: h\r\n\r\n").status != 500);
}

BOOST_AUTO_TEST_CASE(expect_100_continue_is_answered_before_the_body_comes) {
  RunningServer server;
  RawClient client(server.port());
  client.send("POST /e HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  BOOST_TEST(client.receive().status == 100);
  BOOST_TEST(client.exchange("ok").body == "POST /e? ok");
}

BOOST_AUTO_TEST_CASE(statuses_without_a_body_carry_none) {
  RunningServer server(RunningServer::loopback(), [](Request, Responder responder) {
    Response response;
    response.status = 204;
    response.body = "must not be sent";
    responder.respond(std::move(response));
  });
  RawClient client(server.port());
  const auto response = client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(response.head.find("Content-") == std::string::npos);
  BOOST_TEST(client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 204);
}

BOOST_AUTO_TEST_CASE(a_large_response_arrives_whole) {
  const std::string large(10'000'000, 'z');
  RunningServer server(RunningServer::loopback(), [&](Request, Responder responder) {
    Response response;
    response.body = large;
    responder.respond(std::move(response));
  });
  RawClient client(server.port());
  BOOST_TEST((client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body == large));
}

BOOST_AUTO_TEST_CASE(a_field_value_cannot_smuggle_in_another_field) {
  RunningServer server(RunningServer::loopback(), [](Request, Responder responder) {
    Response response;
    response.headers.add("Location", "/a\r\nSet-Cookie: evil=1");
    responder.respond(std::move(response));
  });
  RawClient client(server.port());
  const auto response = client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(response.field("Set-Cookie").empty());
  BOOST_TEST(response.field("Location") == "/a  Set-Cookie: evil=1");
}

BOOST_AUTO_TEST_CASE(a_responder_dropped_unused_answers_500) {
  RunningServer server(RunningServer::loopback(), [](Request, Responder) {});
  RawClient client(server.port());
  BOOST_TEST(client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 500);
}

BOOST_AUTO_TEST_CASE(a_client_that_leaves_before_its_answer_harms_nobody) {
  std::promise<Responder> kept;
  RunningServer server(RunningServer::loopback(), [&](Request request, Responder responder) {
    if (request.path == "/slow") {
      kept.set_value(std::move(responder));
    } else {
      RunningServer::echo(std::move(request), std::move(responder));
    }
  });
  Responder responder = [&] {
    RawClient client(server.port());
    client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    return kept.get_future().get();
  }();
  responder.respond(Response{.body = std::string(5'000'000, 'x')});
  RawClient other(server.port());
  BOOST_TEST(other.exchange("GET /ok HTTP/1.1\r\nHost: h\r\n\r\n").body == "GET /ok? ");
}

BOOST_AUTO_TEST_CASE(one_request_may_answer_another_on_the_io_thread) {
  std::optional<Responder> waiting;
  RunningServer server(RunningServer::loopback(), [&](Request, Responder responder) {
    if (!waiting) {
      waiting.emplace(std::move(responder));
      return;
    }
    waiting->respond(Response{.body = "first"});
    responder.respond(Response{.body = "second"});
  });
  RawClient first(server.port());
  first.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  RawClient second(server.port());
  second.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  const std::set<std::string> answers{first.receive().body, second.receive().body};
  BOOST_TEST((answers == std::set<std::string>{"first", "second"}));
}

BOOST_AUTO_TEST_CASE(an_ipv4_client_of_an_ipv6_socket_keeps_its_ipv4_address) {
  auto settings = RunningServer::loopback();
  settings.host = "::";
  RunningServer server(
      settings, [](Request request, Responder responder) { responder.respond(Response{.body = request.client_ip}); });
  RawClient client(server.port());
  BOOST_TEST(client.exchange("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body == "127.0.0.1");
}

BOOST_AUTO_TEST_CASE(several_io_threads_serve_alike) {
  auto settings = RunningServer::loopback();
  settings.io_threads = 3;
  RunningServer server(settings);
  std::vector<RawClient> clients;
  for (int i = 0; i < 9; ++i) clients.emplace_back(server.port());
  for (auto& client : clients) BOOST_TEST(client.exchange("GET /t HTTP/1.1\r\nHost: h\r\n\r\n").body == "GET /t? ");
}

BOOST_AUTO_TEST_CASE(the_client_address_is_that_of_the_socket) {
  RunningServer server(RunningServer::loopback(), [](Request request, Responder responder) {
    responder.respond(Response{.body = request.client_ip + (request.secure ? " s" : " p")});
  });
  RawClient client(server.port());
  BOOST_TEST(client.exchange("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n").body == "127.0.0.1 p");
}

BOOST_AUTO_TEST_CASE(a_trusted_proxy_speaks_for_its_client) {
  auto settings = RunningServer::loopback();
  settings.trust_proxy = TrustProxy::addresses({"loopback"});
  RunningServer server(settings, [](Request request, Responder responder) {
    responder.respond(Response{.body = request.client_ip + (request.secure ? " s" : " p")});
  });
  RawClient client(server.port());
  const auto response = client.exchange(
      "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 1.1.1.1, 9.9.9.9\r\nX-Forwarded-Proto: https\r\n\r\n");
  BOOST_TEST(response.body == "9.9.9.9 s");
}

BOOST_AUTO_TEST_CASE(a_port_in_use_is_a_clear_error) {
  RunningServer first;
  auto settings = RunningServer::loopback();
  settings.port = first.port();
  BOOST_CHECK_EXCEPTION(RunningServer second(settings), Error, [&](const Error& error) {
    return error.message() == "Cannot listen on 127.0.0.1:" + std::to_string(first.port()) + ": Address already in use";
  });
}

BOOST_AUTO_TEST_CASE(an_unknown_host_is_a_clear_error) {
  auto settings = RunningServer::loopback();
  settings.host = "no such host";
  BOOST_CHECK_EXCEPTION(RunningServer server(settings), Error, [](const Error& error) {
    return error.message() == "Cannot listen on no such host:0: unknown host";
  });
}

BOOST_AUTO_TEST_SUITE_END()
