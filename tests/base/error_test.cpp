#include "base/error.h"

#include <boost/test/unit_test.hpp>

using parse::ErrorCode;

BOOST_AUTO_TEST_SUITE(error)

BOOST_AUTO_TEST_CASE(object_not_found_is_404_internal_is_500_and_others_are_400) {
  BOOST_TEST(parse::http_status(ErrorCode::kObjectNotFound) == 404);
  BOOST_TEST(parse::http_status(ErrorCode::kInternal) == 500);
  BOOST_TEST(parse::http_status(ErrorCode::kInvalidJson) == 400);
}
BOOST_AUTO_TEST_CASE(too_many_requests_of_one_client_are_429_and_too_many_of_all_are_503) {
  BOOST_TEST(parse::http_status(ErrorCode::kConnectionFailed) == 429);
  BOOST_TEST(parse::http_status(ErrorCode::kRequestLimitExceeded) == 503);
}

BOOST_AUTO_TEST_SUITE_END()
