#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "tests/http/running_server.h"
#include "tests/support/raw_client.h"

using namespace parse::http;
using parse::test::RawClient;
using parse::test::RunningServer;

namespace {

const std::string kNul(1, '\0');

/// Each must be answered with 400 and a closed connection, and never reach the sink.
const std::vector<std::string> kMalformed = {
    "GARBAGE\r\n\r\n",
    "\x16\x03\x01\x02",  // the beginning of TLS
    "GET /\r\n\r\n",
    "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "GET nothing HTTP/1.1\r\nHost: h\r\n\r\n",
    "CONNECT host:443 HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n\tfolded\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nX: a" + kNul + "b\r\n\r\n",
    "GET /" + kNul + " HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET / HTTP/1.1\nHost: h\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nNo colon\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nSpace : before\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\n: no name\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\na",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x1\r\n\r\na",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1a\r\n\r\na",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999999\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1, 2\r\n\r\nab",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: \x0b"
    "chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(malformed_test)

BOOST_DATA_TEST_CASE(a_malformed_request_is_answered_400_and_the_connection_closed,
                     boost::unit_test::data::make(kMalformed), bytes) {
  RunningServer server(RunningServer::loopback(), [](Request, Responder) { BOOST_ERROR("reached the sink"); });
  RawClient client(server.port());
  const auto response = client.exchange(bytes);
  BOOST_TEST(response.status == 400);
  BOOST_TEST(response.body == "{\"fault\":400}");
  BOOST_TEST(response.field("Connection") == "close");
  BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(the_request_before_a_malformed_one_is_still_answered) {
  RunningServer server;
  RawClient client(server.port());
  client.send("GET /good HTTP/1.1\r\nHost: h\r\n\r\nBAD\r\n\r\n");
  BOOST_TEST(client.receive().body == "GET /good? ");
  BOOST_TEST(client.receive().status == 400);
  BOOST_TEST(client.is_closed_by_server());
}

BOOST_AUTO_TEST_CASE(empty_lines_before_a_request_are_ignored) {
  RunningServer server;
  RawClient client(server.port());
  BOOST_TEST(client.exchange("\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n").body == "GET /a? ");
  client.send("\r");
  client.send("\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(client.receive().body == "GET /b? ");
}

BOOST_AUTO_TEST_CASE(trailers_do_not_become_fields) {
  RunningServer server(RunningServer::loopback(), [](Request request, Responder responder) {
    responder.respond(Response{.body = request.headers.find("X-Late") == nullptr ? "absent" : "present"});
  });
  RawClient client(server.port());
  const auto response = client.exchange(
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Late: 1\r\n\r\n");
  BOOST_TEST(response.body == "absent");
}

BOOST_AUTO_TEST_CASE(an_unknown_expectation_is_refused_with_417) {
  RunningServer server;
  RawClient client(server.port());
  BOOST_TEST(client.exchange("POST / HTTP/1.1\r\nHost: h\r\nExpect: miracles\r\n\r\n").status == 417);
}

BOOST_AUTO_TEST_SUITE_END()
