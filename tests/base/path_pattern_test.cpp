#include "base/path_pattern.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"

using parse::path_pattern_regex;

BOOST_AUTO_TEST_SUITE(path_pattern)

BOOST_AUTO_TEST_CASE(literals_names_wildcards_and_options_become_a_regular_expression) {
  BOOST_TEST(path_pattern_regex("/login") == "^(?:\\/login)/?$");
  BOOST_TEST(path_pattern_regex("/classes/:className") == "^(?:\\/classes\\/[^/]+)/?$");
  BOOST_TEST(path_pattern_regex("/functions/*path") == "^(?:\\/functions\\/.+)/?$");
  BOOST_TEST(path_pattern_regex("/users{/:id}") == "^(?:\\/users(?:\\/[^/]+)?)/?$");
  BOOST_TEST(path_pattern_regex("/a.b\\:c") == "^(?:\\/a\\.b\\:c)/?$");
  BOOST_TEST(path_pattern_regex("/:\"my name\"/x") == "^(?:\\/[^/]+\\/x)/?$");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_refused_with_its_place) {
  for (const auto* pattern : {"/*", "/:", "/:1", "/{a", "/a}", "/a\\", "/(a)", "/a?", "/a+", "/[a]", "/:\"", "/:\"\""})
    BOOST_CHECK_THROW(path_pattern_regex(pattern), parse::Error);
  BOOST_CHECK_EXCEPTION(path_pattern_regex("/*"), parse::Error, [](const parse::Error& error) {
    return error.message() == "a parameter without a name at position 2";
  });
}

BOOST_AUTO_TEST_SUITE_END()
