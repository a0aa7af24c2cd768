#include <boost/test/unit_test.hpp>

#include "http/cors.h"
#include "http/query_string.h"
#include "http/response_text.h"

using namespace parse::http;

BOOST_AUTO_TEST_SUITE(text_test)

BOOST_AUTO_TEST_CASE(query_pairs_are_decoded_in_order) {
  const auto pairs = parse_query_string("where=%7B%22a%22%3A1%7D&limit=10&x+y=a+b%2B&flag&=dropped&&limit=20");
  BOOST_REQUIRE_EQUAL(pairs.size(), 5);
  BOOST_TEST(pairs[0].second == R"({"a":1})");
  BOOST_TEST(pairs[2].first == "x y");
  BOOST_TEST(pairs[2].second == "a b+");
  BOOST_TEST(pairs[3].first == "flag");
  BOOST_TEST(pairs[3].second.empty());
  BOOST_TEST(*find_query_value(pairs, "limit") == "10");
  BOOST_TEST(find_query_value(pairs, "skip") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_broken_percent_sequence_in_a_query_stays_as_it_is) {
  const auto pairs = parse_query_string("a=%zz%4&b=%");
  BOOST_TEST(pairs[0].second == "%zz%4");
  BOOST_TEST(pairs[1].second == "%");
}

BOOST_AUTO_TEST_CASE(at_most_a_thousand_pairs_are_read) {
  std::string query;
  for (int i = 0; i < 2000; ++i) query += "a=1&";
  BOOST_TEST(parse_query_string(query).size() == 1000);
}

BOOST_AUTO_TEST_CASE(bracket_keys_are_split) {
  BOOST_TEST(split_query_key("plain") == std::vector<std::string_view>{"plain"}, boost::test_tools::per_element());
  const std::vector<std::string_view> nested{"where", "a", ""};
  BOOST_TEST(split_query_key("where[a][]") == nested, boost::test_tools::per_element());
  BOOST_TEST(split_query_key("a[b").size() == 1);
  BOOST_TEST(split_query_key("a[b]c").size() == 1);
}

BOOST_AUTO_TEST_CASE(percent_decoding_refuses_what_is_cut_short) {
  BOOST_TEST(*percent_decode("a%2Fb%00") == std::string("a/b\0", 4));
  BOOST_TEST(!percent_decode("%"));
  BOOST_TEST(!percent_decode("%4"));
  BOOST_TEST(!percent_decode("%g0"));
}

BOOST_AUTO_TEST_CASE(dates_have_the_form_http_asks_for) {
  DateText date;
  BOOST_TEST(date.at(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT");
  BOOST_TEST(date.at(784111778) == "Sun, 06 Nov 1994 08:49:38 GMT");
}

BOOST_AUTO_TEST_CASE(header_names_compare_without_case_and_set_replaces) {
  Headers headers;
  headers.add("X-One", "1");
  headers.add("x-one", "2");
  BOOST_TEST(*headers.find("X-ONE") == "1");
  headers.set("X-oNe", "3");
  BOOST_TEST(headers.size() == 1);
  BOOST_TEST(*headers.find("x-one") == "3");
}

BOOST_AUTO_TEST_CASE(cors_answers_the_default_origin) {
  const Cors cors({.headers = {"X-A", "X-B"}, .expose_headers = {"X-C"}});
  BOOST_TEST(cors.fields(Request{}) ==
             "Access-Control-Allow-Origin: *\r\n"
             "Access-Control-Allow-Methods: GET,PUT,POST,DELETE,OPTIONS\r\n"
             "Access-Control-Allow-Headers: X-A, X-B\r\n"
             "Access-Control-Expose-Headers: X-C\r\n");
}

BOOST_AUTO_TEST_CASE(cors_repeats_a_listed_origin_and_otherwise_names_the_first) {
  const Cors cors({.origins = {"https://a.example", "https://b.example"}});
  Request request;
  request.headers.add("Origin", "https://b.example");
  BOOST_TEST(cors.fields(request).starts_with("Access-Control-Allow-Origin: https://b.example\r\n"));
  request.headers.set("Origin", "https://evil.example");
  BOOST_TEST(cors.fields(request).starts_with("Access-Control-Allow-Origin: https://a.example\r\n"));
  BOOST_TEST(cors.fields(request).ends_with("Vary: Origin\r\n"));
}

BOOST_AUTO_TEST_CASE(a_preflight_is_answered_ok_with_the_fields) {
  const Cors cors({});
  const Response response = cors.preflight(Request{});
  BOOST_TEST(response.status == 200);
  BOOST_TEST(response.body == "OK");
  BOOST_TEST(response.shared_fields.starts_with("Access-Control-Allow-Origin: *\r\n"));
}

BOOST_AUTO_TEST_SUITE_END()
