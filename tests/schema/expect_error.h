#pragma once

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "base/error.h"
#include "object/json.h"

namespace parse::test {

/// Runs `action` and expects it to throw Error with this code and public message.
template <typename Action>
void expect_error(ErrorCode code, const std::string& message, const Action& action) {
  try {
    action();
    BOOST_TEST_ERROR("nothing was thrown; expected: " << message);
  } catch (const Error& error) {
    BOOST_TEST(static_cast<int>(error.code()) == static_cast<int>(code));
    BOOST_TEST(error.message() == message);
  }
}

/// The object that a JSON text describes.
inline object::Object json_object(std::string_view text) { return object::parse_json(text).as<object::Object>(); }

}  // namespace parse::test
