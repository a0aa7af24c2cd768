#include "net/remote_adapter.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "net/poco_http_client.h"
#include "object/json.h"
#include "tests/support/local_server.h"

using namespace parse;
using namespace parse::net;
using object::Array;
using object::Object;
using object::parse_json;
using object::Value;
using parse::test::LocalServer;
using parse::test::Reply;
using parse::test::SeenRequest;

namespace {

std::vector<std::string> problems_of(const std::string& json) {
  std::vector<std::string> problems;
  read_remote_adapter(parse_json(json), "auth.custom", problems);
  return problems;
}

/// An adapter that answers every call with `reply`.
struct Adapter {
  explicit Adapter(Reply reply) : server([reply](const SeenRequest&) { return reply; }) {}

  LocalServer server;
  PocoHttpClient client;
  RemoteAdapter adapter{{.url = server.url("/hooks"), .methods = {"check"}, .secret = "s3cret"}, client};

  Error failure() {
    try {
      adapter.call("check", {});
    } catch (const Error& error) {
      return error;
    }
    return Error(ErrorCode::kInternal, "no error");
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(remote_adapter)

BOOST_AUTO_TEST_CASE(a_call_posts_its_arguments_with_the_secret_and_returns_the_result) {
  Adapter remote(Reply{.body = R"({"result":{"ok":true}})"});
  const Value result = remote.adapter.call("check", Array{Value("a"), Value(1)});
  BOOST_TEST((result == Value(Object{{"ok", true}})));
  const SeenRequest seen = remote.server.seen().at(0);
  BOOST_TEST(seen.method == "POST");
  BOOST_TEST(seen.target == "/hooks/check");
  BOOST_TEST(seen.body == R"({"args":["a",1]})");
  BOOST_TEST(seen.header("x-parse-adapter-secret") == "s3cret");
  BOOST_TEST(seen.header("content-type") == "application/json");
}

BOOST_AUTO_TEST_CASE(an_answer_without_result_is_null) {
  Adapter remote(Reply{.body = "{}"});
  BOOST_TEST(remote.adapter.call("check", {}).is_null());
}

BOOST_AUTO_TEST_CASE(an_error_text_becomes_error_141) {
  const Error error = Adapter(Reply{.body = R"({"error":"Wrong token."})"}).failure();
  BOOST_TEST(static_cast<int>(error.code()) == 141);
  BOOST_TEST(error.message() == "Wrong token.");
}

BOOST_AUTO_TEST_CASE(an_error_with_code_and_message_is_passed_on_whatever_the_status) {
  const Error error = Adapter(Reply{.status = 400, .body = R"({"error":{"code":101,"message":"Nobody."}})"}).failure();
  BOOST_TEST(static_cast<int>(error.code()) == 101);
  BOOST_TEST(error.message() == "Nobody.");
}

BOOST_AUTO_TEST_CASE(an_error_of_another_form_is_still_an_error) {
  for (const char* body : {R"({"error":true})", R"({"error":{"code":"x"}})", R"({"error":{"code":1e30}})"}) {
    const Error error = Adapter(Reply{.body = body}).failure();
    BOOST_TEST(static_cast<int>(error.code()) == 141);
    BOOST_TEST(error.message() == "The adapter refused.");
  }
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_none_does_not_pass_for_a_result) {
  for (const Reply& reply : {Reply{.body = "ok"}, Reply{.body = "[]"}, Reply{.body = ""},
                             Reply{.status = 500, .body = R"({"result":true})"}}) {
    const Error error = Adapter(reply).failure();
    BOOST_TEST(static_cast<int>(error.code()) == 141);
    BOOST_TEST(error.message() == "An adapter gave no proper answer.");
  }
}

BOOST_AUTO_TEST_CASE(an_adapter_has_the_methods_that_are_listed) {
  Adapter remote(Reply{});
  BOOST_TEST(remote.adapter.has("check"));
  BOOST_TEST(!remote.adapter.has("other"));
}

BOOST_AUTO_TEST_CASE(a_setting_is_read) {
  std::vector<std::string> problems;
  const auto settings = read_remote_adapter(
      parse_json(R"({"url":"https://a.example/x/","methods":["sendMail"],"secret":"s","timeout":250})"), "emailAdapter",
      problems);
  BOOST_TEST(problems.empty());
  BOOST_TEST(settings.url == "https://a.example/x");
  BOOST_TEST(settings.methods == std::vector<std::string>{"sendMail"}, boost::test_tools::per_element());
  BOOST_TEST(settings.timeout.count() == 250);
}

BOOST_AUTO_TEST_CASE(all_mistakes_of_a_setting_are_told_at_once) {
  BOOST_TEST(problems_of("{}").size() == 3u);
  BOOST_TEST(problems_of(R"({"url":"ftp://a","methods":["a/b"],"secret":"","timeout":0,"x":1})").size() == 5u);
  BOOST_TEST(problems_of(R"({"url":"http://a?b","methods":[],"secret":"s","timeout":60001})").size() == 3u);
  BOOST_TEST(problems_of("\"http://a\"").at(0).starts_with("'auth.custom' "));
}

BOOST_AUTO_TEST_SUITE_END()
