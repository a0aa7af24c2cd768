#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "http/forwarded.h"
#include "http/ip_list.h"

using namespace parse;
using namespace parse::http;

namespace {

Headers forwarded_for(std::string value) {
  Headers headers;
  headers.add("X-Forwarded-For", std::move(value));
  return headers;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(address_test)

BOOST_AUTO_TEST_CASE(single_addresses_and_ranges_match) {
  const IpList list({"10.0.0.1", "192.168.4.0/22", "2001:db8::/33", "::1"});
  BOOST_TEST(list.contains("10.0.0.1"));
  BOOST_TEST(!list.contains("10.0.0.2"));
  BOOST_TEST(list.contains("192.168.7.255"));
  BOOST_TEST(!list.contains("192.168.8.0"));
  BOOST_TEST(list.contains("2001:db8:7fff::1"));
  BOOST_TEST(!list.contains("2001:db8:8000::1"));
  BOOST_TEST(list.contains("::1"));
  BOOST_TEST(!list.contains("::2"));
}

BOOST_AUTO_TEST_CASE(an_ipv4_mapped_address_is_the_ipv4_address) {
  BOOST_TEST(IpList({"10.0.0.1"}).contains("::ffff:10.0.0.1"));
  BOOST_TEST(IpList({"::ffff:10.0.0.1"}).contains("10.0.0.1"));
  BOOST_TEST(IpList({"::ffff:10.0.0.0/104"}).contains("10.1.2.3"));
  BOOST_TEST(parse_ip("::ffff:1.2.3.4")->to_text() == "1.2.3.4");
}

BOOST_AUTO_TEST_CASE(the_unspecified_addresses_stand_for_their_whole_family) {
  for (const std::string all_v4 : {"0.0.0.0/0", "0.0.0.0"}) {
    BOOST_TEST(IpList({all_v4}).contains("8.8.8.8"));
    BOOST_TEST(!IpList({all_v4}).contains("2001:db8::1"));
  }
  for (const std::string all_v6 : {"::/0", "::0", "::"}) {
    BOOST_TEST(IpList({all_v6}).contains("2001:db8::1"));
    BOOST_TEST(!IpList({all_v6}).contains("8.8.8.8"));
    BOOST_TEST(!IpList({all_v6}).contains("::ffff:8.8.8.8"));
  }
}

BOOST_AUTO_TEST_CASE(an_empty_list_matches_nothing) { BOOST_TEST(!IpList().contains("127.0.0.1")); }

BOOST_AUTO_TEST_CASE(text_that_is_no_address_never_matches) {
  const IpList everything({"0.0.0.0/0", "::/0"});
  for (const std::string text : {"", "unknown", "1.2.3", "1.2.3.4.5", "fe80::1%eth0", "01.2.3.4", "1.2.3.4 "}) {
    BOOST_TEST(!everything.contains(text));
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_entry_is_named) {
  for (const std::string text : {"", "nonsense", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::1/129", "fe80::1%lo"}) {
    BOOST_CHECK_EXCEPTION(IpList({text}), Error, [&](const Error& error) {
      return error.message() == "Invalid IP address or range: '" + text + "'";
    });
  }
}

BOOST_AUTO_TEST_CASE(without_trust_forwarded_fields_are_ignored) {
  const TrustProxy trust;
  Headers headers = forwarded_for("9.9.9.9");
  headers.add("X-Forwarded-Proto", "https");
  BOOST_TEST(trust.client_ip("127.0.0.1", headers) == "127.0.0.1");
  BOOST_TEST(!trust.is_secure("127.0.0.1", false, headers));
}

BOOST_AUTO_TEST_CASE(trusting_all_takes_the_leftmost_address) {
  BOOST_TEST(TrustProxy::all().client_ip("127.0.0.1", forwarded_for("1.1.1.1, 2.2.2.2")) == "1.1.1.1");
  BOOST_TEST(TrustProxy::all().client_ip("127.0.0.1", Headers{}) == "127.0.0.1");
}

BOOST_AUTO_TEST_CASE(hops_are_counted_from_the_peer) {
  const Headers headers = forwarded_for("1.1.1.1, 2.2.2.2, 3.3.3.3");
  BOOST_TEST(TrustProxy::hops(0).client_ip("4.4.4.4", headers) == "4.4.4.4");
  BOOST_TEST(TrustProxy::hops(1).client_ip("4.4.4.4", headers) == "3.3.3.3");
  BOOST_TEST(TrustProxy::hops(2).client_ip("4.4.4.4", headers) == "2.2.2.2");
  BOOST_TEST(TrustProxy::hops(9).client_ip("4.4.4.4", headers) == "1.1.1.1");
}

BOOST_AUTO_TEST_CASE(listed_proxies_are_skipped_and_a_forged_address_before_them_is_not_believed) {
  const auto trust = TrustProxy::addresses({"loopback, 10.0.0.0/8"});
  BOOST_TEST(trust.client_ip("127.0.0.1", forwarded_for("6.6.6.6, 5.5.5.5, 10.1.1.1")) == "5.5.5.5");
  BOOST_TEST(trust.client_ip("7.7.7.7", forwarded_for("6.6.6.6")) == "7.7.7.7");
}

BOOST_AUTO_TEST_CASE(repeated_fields_are_one_list) {
  Headers headers = forwarded_for("1.1.1.1");
  headers.add("x-forwarded-for", "2.2.2.2");
  BOOST_TEST(TrustProxy::hops(1).client_ip("4.4.4.4", headers) == "2.2.2.2");
}

BOOST_AUTO_TEST_CASE(garbage_from_a_trusted_proxy_is_kept_so_that_it_matches_no_list) {
  BOOST_TEST(TrustProxy::hops(1).client_ip("127.0.0.1", forwarded_for("unknown")) == "unknown");
  BOOST_TEST(TrustProxy::hops(1).client_ip("127.0.0.1", forwarded_for("::ffff:1.2.3.4")) == "1.2.3.4");
}

BOOST_AUTO_TEST_CASE(the_protocol_is_believed_only_from_a_trusted_peer) {
  Headers headers;
  headers.add("X-Forwarded-Proto", "https, http");
  const auto trust = TrustProxy::addresses({"uniquelocal", "linklocal"});
  BOOST_TEST(trust.is_secure("192.168.1.1", false, headers));
  BOOST_TEST(trust.is_secure("fe80::1", false, headers));
  BOOST_TEST(!trust.is_secure("8.8.8.8", false, headers));
  headers.set("X-Forwarded-Proto", "http");
  BOOST_TEST(!trust.is_secure("192.168.1.1", true, headers));
}

BOOST_AUTO_TEST_CASE(an_unknown_name_is_refused) { BOOST_CHECK_THROW(TrustProxy::addresses({"everyone"}), Error); }

BOOST_AUTO_TEST_SUITE_END()
