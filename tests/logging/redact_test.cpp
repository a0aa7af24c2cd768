#include "logging/redact.h"

#include <boost/test/unit_test.hpp>

using parse::logging::redact;

namespace {

const std::string kToken = "r:0123456789abcdef0123456789abcdef";

bool hides(const std::string& text, const std::string& secret) {
  return redact(text).find(secret) == std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(redact_secrets)

BOOST_AUTO_TEST_CASE(json_members_lose_their_value_and_keep_their_neighbours) {
  BOOST_TEST(redact(R"({"username":"anna","password":"tulip","age":3})") ==
             R"({"username":"anna","password":"********","age":3})");
}

BOOST_AUTO_TEST_CASE(escaped_quotes_within_a_secret_do_not_end_it) {
  BOOST_TEST(redact(R"({"password":"a\"b","x":1})") == R"({"password":"********","x":1})");
}

BOOST_AUTO_TEST_CASE(json_within_json_is_masked_too) {
  BOOST_TEST(redact(R"({"body":"{\"_MasterKey\":\"abc\",\"x\":1}"})") ==
             R"({"body":"{\"_MasterKey\":\"********\",\"x\":1}"})");
}

BOOST_AUTO_TEST_CASE(numbers_and_blanks_around_the_colon_do_not_help_a_secret) {
  BOOST_TEST(hides(R"({"password" : 123456, "x": 1})", "123456"));
  BOOST_TEST(redact(R"({"password" : 123456, "x": 1})").find("\"x\": 1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(query_strings_and_forms_are_masked) {
  BOOST_TEST(redact("GET /parse/login?username=anna&password=tulip&x=1") ==
             "GET /parse/login?username=anna&password=********&x=1");
}

BOOST_AUTO_TEST_CASE(header_lines_are_masked_to_their_end) {
  BOOST_TEST(redact("X-Parse-Master-Key: abc def\nHost: example.org") ==
             "X-Parse-Master-Key: ********\nHost: example.org");
  BOOST_TEST(hides("authorization: Basic YWJjOmRlZg==", "YWJjOmRlZg=="));
  BOOST_TEST(hides("x-parse-session-token: legacy-token", "legacy-token"));
}

BOOST_AUTO_TEST_CASE(session_tokens_are_masked_wherever_they_stand) {
  BOOST_TEST(redact("session " + kToken + " expired") == "session ******** expired");
  BOOST_TEST(redact("r:short") == "r:short");
}

BOOST_AUTO_TEST_CASE(passwords_in_uris_are_masked_and_the_host_stays) {
  BOOST_TEST(redact("postgres://me:pa@ss@db.example.org:5432/app") == "postgres://me:********@db.example.org:5432/app");
  BOOST_TEST(redact("http://localhost:1337/parse") == "http://localhost:1337/parse");
}

BOOST_AUTO_TEST_CASE(registered_secrets_are_masked_in_any_text) {
  parse::logging::add_secret("correct-horse-battery");
  BOOST_TEST(redact("oops: correct-horse-battery!") == "oops: ********!");
}

BOOST_AUTO_TEST_CASE(innocent_text_stays_as_it_is) {
  BOOST_TEST(redact("'masterKeyIps' contains an invalid IP address 'x'") ==
             "'masterKeyIps' contains an invalid IP address 'x'");
  BOOST_TEST(redact("saved 3 objects of class Key") == "saved 3 objects of class Key");
  BOOST_TEST(redact("") == "");
}

BOOST_AUTO_TEST_CASE(hostile_text_is_read_in_linear_time) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += i % 2 == 0 ? "password\":\"\\" : "://";
  BOOST_TEST(!redact(text).empty());
}

BOOST_AUTO_TEST_SUITE_END()
