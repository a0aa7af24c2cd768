#include "object/acl.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "object/json.h"

using namespace parse::object;  // NOLINT
using Ids = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(acl)

BOOST_AUTO_TEST_CASE(readers_and_writers_are_taken_apart) {
  const Acl acl =
      read_acl(parse_json(R"({"u1":{"read":true,"write":true},"role:A":{"read":true},"*":{"write":true}})"));
  BOOST_TEST(*acl.readers == (Ids{"u1", "role:A"}), boost::test_tools::per_element());
  BOOST_TEST(*acl.writers == (Ids{"u1", "*"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(null_is_no_acl_and_an_empty_one_is_closed) {
  BOOST_TEST(read_acl(nullptr).is_absent());
  const Acl closed = read_acl(Object());
  BOOST_TEST(!closed.is_absent());
  BOOST_TEST(closed.readers->empty());
  BOOST_TEST(closed.writers->empty());
}

BOOST_AUTO_TEST_CASE(rights_that_are_not_true_grant_nothing) {
  const Acl acl = read_acl(parse_json(R"({"u1":{"read":false,"write":0},"u2":{}})"));
  BOOST_TEST(acl.readers->empty());
  BOOST_TEST(acl.writers->empty());
}

BOOST_AUTO_TEST_CASE(malformed_acls_are_refused) {
  for (const char* text : {"1", "\"x\"", "[]", R"({"u":1})", R"({"u":true})", R"({"*unresolved":{"read":true}})"}) {
    BOOST_CHECK_EXCEPTION(read_acl(parse_json(text)), parse::Error,
                          [](const parse::Error& error) { return error.code() == parse::ErrorCode::kInvalidAcl; });
  }
}

BOOST_AUTO_TEST_CASE(what_was_read_is_written_back) {
  const char* text = R"({"u1":{"read":true,"write":true},"role:A":{"read":true},"*":{"write":true}})";
  BOOST_TEST(to_json(write_acl(read_acl(parse_json(text)))) == text);
}

BOOST_AUTO_TEST_SUITE_END()
