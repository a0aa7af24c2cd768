#include <boost/test/unit_test.hpp>
#include <chrono>

#include "base/error.h"
#include "net/poco_http_client.h"
#include "tests/support/local_server.h"
#include "tests/support/signing.h"
#include "tests/support/temp_folder.h"

using namespace parse;
using namespace parse::net;
using parse::test::LocalServer;
using parse::test::Reply;
using parse::test::SeenRequest;
using std::chrono::milliseconds;

namespace {

/// The cause of the error that `request` ends with; "" when it does not.
std::string failure(HttpClient& client, const HttpRequest& request) {
  try {
    client.send(request);
  } catch (const Error& error) {
    BOOST_TEST(static_cast<int>(error.code()) == static_cast<int>(ErrorCode::kScriptFailed));
    BOOST_TEST(error.message() == "An external service could not be reached.");
    return error.cause();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Reply echo(const SeenRequest& request) {
  return {.body = request.method + " " + request.target + " " + request.body, .fields = {"X-Seen: yes"}};
}

/// An authority made for the test, and a client that trusts it.
struct Trust {
  test::SigningKey authority_key = test::SigningKey::ec();
  test::Certificate authority{
      {.common_name = "Test authority", .is_authority = true}, authority_key, nullptr, authority_key};
  test::TempFolder folder;
  PocoHttpClient client{{.timeout = std::chrono::seconds(5), .extra_ca_file = folder.write("ca.pem", authority.pem())}};

  test::ServerIdentity identity(const std::string& alternative_names) {
    const test::SigningKey key = test::SigningKey::ec();
    const test::Certificate certificate({.common_name = "server", .alternative_names = alternative_names}, key,
                                        &authority, authority_key);
    return {certificate.pem(), key.private_pem()};
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(http_client)

BOOST_AUTO_TEST_CASE(a_request_brings_status_fields_and_body) {
  LocalServer server(echo);
  PocoHttpClient client;
  const HttpResponse response = client.send({.method = "POST", .url = server.url("/a?b=%2F"), .body = "text"});
  BOOST_TEST(response.status == 200);
  BOOST_TEST(response.body == "POST /a?b=%2F text");
  BOOST_TEST(*response.header("x-seen") == "yes");
  BOOST_TEST(response.header("x-absent") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_good_body_of_any_size_is_taken_piece_by_piece) {
  const std::string body(3'000'000, 'x');
  LocalServer server([&](const SeenRequest&) { return Reply{.body = body}; });
  PocoHttpClient client({.max_response_bytes = 1000});
  std::string taken;
  std::size_t longest = 0;
  const HttpResponse response = client.send({.url = server.url("/"), .take_body = [&](std::string_view part) {
                                               taken += part;
                                               longest = std::max(longest, part.size());
                                             }});
  BOOST_TEST((taken == body));
  BOOST_TEST(longest < 1'000'000U);
  BOOST_TEST(response.body == "");
}

BOOST_AUTO_TEST_CASE(a_bad_answer_is_not_taken_for_the_body) {
  LocalServer server([](const SeenRequest&) { return Reply{.status = 404, .body = "nothing"}; });
  PocoHttpClient client;
  const HttpResponse response =
      client.send({.url = server.url("/"), .take_body = [](std::string_view) { BOOST_ERROR("taken"); }});
  BOOST_TEST(response.body == "nothing");
}

BOOST_AUTO_TEST_CASE(a_file_is_sent_whole) {
  const test::TempFolder folder;
  const std::string body = std::string(300'000, 'y') + "end";
  LocalServer server([](const SeenRequest&) { return Reply{}; });
  PocoHttpClient client;
  client.send({.method = "POST", .url = server.url("/"), .body_file = folder.write("body", body)});
  BOOST_TEST((server.seen().at(0).body == body));
  BOOST_TEST(failure(client, {.method = "POST", .url = server.url("/"), .body_file = "/nonexistent"}) != "");
}

BOOST_AUTO_TEST_CASE(fields_are_sent_with_host_and_user_agent) {
  LocalServer server(echo);
  PocoHttpClient client;
  client.send({.url = server.url("/"), .headers = {{"Authorization", "Bearer t"}}});
  const SeenRequest seen = server.seen().at(0);
  BOOST_TEST(seen.header("authorization") == "Bearer t");
  BOOST_TEST(seen.header("host") == "127.0.0.1:" + std::to_string(server.port()));
  BOOST_TEST(seen.header("user-agent") == "parse-server");
}

BOOST_AUTO_TEST_CASE(an_error_status_is_a_response) {
  LocalServer server([](const SeenRequest&) { return Reply{.status = 503, .body = "later"}; });
  PocoHttpClient client;
  const HttpResponse response = client.send({.url = server.url("/")});
  BOOST_TEST(response.status == 503);
  BOOST_TEST(!response.ok());
  BOOST_TEST(response.body == "later");
}

BOOST_AUTO_TEST_CASE(redirects_are_not_followed) {
  LocalServer server([](const SeenRequest&) { return Reply{.status = 302, .fields = {"Location: /elsewhere"}}; });
  PocoHttpClient client;
  BOOST_TEST(client.send({.url = server.url("/")}).status == 302);
  BOOST_TEST(server.count("/elsewhere") == 0);
}

BOOST_AUTO_TEST_CASE(a_chunked_response_is_put_together) {
  LocalServer server([](const SeenRequest&) {
    return Reply{.raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"};
  });
  PocoHttpClient client;
  BOOST_TEST(client.send({.url = server.url("/")}).body == "abcde");
}

BOOST_AUTO_TEST_CASE(a_response_above_the_limit_is_an_error_whether_announced_or_not) {
  const std::string large(70'000, 'x');
  LocalServer server([&large](const SeenRequest& request) {
    if (request.path() == "/announced") return Reply{.body = large};
    return Reply{.raw = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + large};
  });
  PocoHttpClient client({.max_response_bytes = 65'536});
  BOOST_TEST(contains(failure(client, {.url = server.url("/announced")}), "too large"));
  BOOST_TEST(contains(failure(client, {.url = server.url("/until-close")}), "too large"));
  BOOST_TEST(client.send({.url = server.url("/announced"), .max_response_bytes = 70'000}).body.size() == 70'000u);
}

BOOST_AUTO_TEST_CASE(a_response_cut_off_is_an_error) {
  LocalServer server(
      [](const SeenRequest&) { return Reply{.raw = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"}; });
  PocoHttpClient client;
  BOOST_TEST(contains(failure(client, {.url = server.url("/")}), "cut off"));
}

BOOST_AUTO_TEST_CASE(a_server_that_is_silent_costs_no_more_than_the_timeout) {
  LocalServer server([](const SeenRequest&) { return Reply{.raw = "H", .drip = true}; });
  PocoHttpClient client({.timeout = milliseconds(200)});
  const auto start = std::chrono::steady_clock::now();
  BOOST_TEST(failure(client, {.url = server.url("/")}) != "");
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(3)));
}

BOOST_AUTO_TEST_CASE(a_server_that_drips_costs_no_more_than_the_timeout) {
  LocalServer server([](const SeenRequest& request) {
    const std::string head = "HTTP/1.1 200 OK\r\nX-Long: ";
    if (request.path() == "/head") return Reply{.raw = head + std::string(10'000, 'x'), .drip = true};
    return Reply{.raw = head + "\r\n\r\n" + std::string(10'000, 'x'), .drip = true};
  });
  PocoHttpClient client({.timeout = milliseconds(700)});
  const auto start = std::chrono::steady_clock::now();
  BOOST_TEST(contains(failure(client, {.url = server.url("/head")}), "timed out"));
  BOOST_TEST(contains(failure(client, {.url = server.url("/body")}), "timed out"));
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(6)));
}

BOOST_AUTO_TEST_CASE(a_request_can_have_a_timeout_of_its_own) {
  LocalServer server([](const SeenRequest&) { return Reply{.raw = "H", .drip = true}; });
  PocoHttpClient client({.timeout = std::chrono::minutes(5)});
  BOOST_TEST(failure(client, {.url = server.url("/"), .timeout = milliseconds(100)}) != "");
}

BOOST_AUTO_TEST_CASE(a_refused_connection_is_an_error_that_names_the_server_only_in_the_log) {
  PocoHttpClient client;
  std::string url;
  {
    LocalServer gone(echo);
    url = gone.url("/");
  }
  BOOST_TEST(contains(failure(client, {.url = url}), "127.0.0.1"));
}

BOOST_AUTO_TEST_CASE(an_unknown_host_is_an_error) {
  PocoHttpClient client;
  BOOST_TEST(contains(failure(client, {.url = "http://no-such-host.invalid/"}), "looking up no-such-host.invalid"));
}

BOOST_AUTO_TEST_CASE(a_header_cannot_smuggle_another_line) {
  LocalServer server(echo);
  PocoHttpClient client;
  BOOST_TEST(contains(failure(client, {.url = server.url("/"), .headers = {{"X", "a\r\nY: b"}}}), "control character"));
  BOOST_TEST(contains(failure(client, {.url = server.url("/a b")}), "not an http or https URL"));
  BOOST_TEST(server.seen().empty());
}

BOOST_AUTO_TEST_CASE(tls_works_with_an_authority_that_is_trusted_in_addition) {
  Trust trust;
  LocalServer server(echo, trust.identity("DNS:localhost"));
  BOOST_TEST(trust.client.send({.method = "PUT", .url = server.url("/x"), .body = "1"}).body == "PUT /x 1");
}

BOOST_AUTO_TEST_CASE(tls_accepts_an_address_that_the_certificate_names) {
  Trust trust;
  LocalServer server(echo, trust.identity("IP:127.0.0.1"));
  const std::string url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
  BOOST_TEST(trust.client.send({.url = url}).status == 200);
}

BOOST_AUTO_TEST_CASE(tls_refuses_a_certificate_of_an_unknown_authority) {
  Trust trust;
  LocalServer server(echo, trust.identity("DNS:localhost"));
  PocoHttpClient stranger;
  BOOST_TEST(contains(failure(stranger, {.url = server.url("/")}), "certificate"));
  BOOST_TEST(server.seen().empty());
}

BOOST_AUTO_TEST_CASE(tls_refuses_a_certificate_for_another_name) {
  Trust trust;
  LocalServer server(echo, trust.identity("DNS:example.org"));
  BOOST_TEST(contains(failure(trust.client, {.url = server.url("/")}), "not made out for localhost"));
  BOOST_TEST(server.seen().empty());
}

BOOST_AUTO_TEST_SUITE_END()
