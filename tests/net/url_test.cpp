#include "net/url.h"

#include <boost/test/unit_test.hpp>

using namespace parse::net;

BOOST_AUTO_TEST_SUITE(url)

BOOST_AUTO_TEST_CASE(a_url_is_cut_into_its_parts) {
  const auto url = parse_url("https://example.org:8443/a/b?c=d#e");
  BOOST_TEST(url->secure);
  BOOST_TEST(url->host == "example.org");
  BOOST_TEST(url->port == 8443);
  BOOST_TEST(url->target == "/a/b?c=d");
  BOOST_TEST(url->authority() == "example.org:8443");
}

BOOST_AUTO_TEST_CASE(usual_ports_and_paths_need_not_be_written) {
  BOOST_TEST(parse_url("http://example.org")->port == 80);
  BOOST_TEST(parse_url("https://example.org?a=b")->target == "/?a=b");
  BOOST_TEST(parse_url("https://example.org:443/")->authority() == "example.org");
}

BOOST_AUTO_TEST_CASE(an_ipv6_address_stands_in_brackets) {
  const auto url = parse_url("http://[::1]:8080/x");
  BOOST_TEST(url->host == "::1");
  BOOST_TEST(url->authority() == "[::1]:8080");
}

BOOST_AUTO_TEST_CASE(what_is_no_plain_http_url_is_refused) {
  for (const char* text :
       {"", "ftp://a", "//a", "http://", "http:///x", "http://a:0/", "http://a:99999/", "http://a:b/", "http://user@a/",
        "http://a b/", "http://a/\r\nX: y", "http://[::1", "http://a\\b/"}) {
    BOOST_TEST(!parse_url(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(forms_are_percent_encoded) {
  BOOST_TEST(form_encode({{"a", "b c&d"}, {"e", "\xc3\xa9+/="}}) == "a=b%20c%26d&e=%C3%A9%2B%2F%3D");
}

BOOST_AUTO_TEST_SUITE_END()
