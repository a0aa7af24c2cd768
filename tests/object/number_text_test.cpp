#include "object/number_text.h"

#include <boost/test/unit_test.hpp>
#include <limits>

namespace {
std::string text_of(double value) {
  std::string out;
  parse::object::append_number(out, value);
  return out;
}
}  // namespace

BOOST_AUTO_TEST_SUITE(number_text)

// The right column is what Node prints for String(x).
BOOST_AUTO_TEST_CASE(numbers_are_written_as_javascript_writes_them) {
  const std::pair<double, const char*> rows[] = {
      {0.0, "0"},
      {-0.0, "0"},
      {1.0, "1"},
      {-1.0, "-1"},
      {0.1, "0.1"},
      {-2.5, "-2.5"},
      {100.0, "100"},
      {1.0 / 3, "0.3333333333333333"},
      {0.1 + 0.2, "0.30000000000000004"},
      {123456.789, "123456.789"},
      {1e20, "100000000000000000000"},
      {1e21, "1e+21"},
      {1.5e21, "1.5e+21"},
      {123456789012345680000.0, "123456789012345680000"},
      {1e-6, "0.000001"},
      {1.5e-6, "0.0000015"},
      {1e-7, "1e-7"},
      {1.25e-7, "1.25e-7"},
      {9007199254740991.0, "9007199254740991"},
      {9007199254740992.0, "9007199254740992"},
      {18014398509481984.0, "18014398509481984"},
      {4294967296.5, "4294967296.5"},
      {5e-324, "5e-324"},
      {std::numeric_limits<double>::max(), "1.7976931348623157e+308"},
      {std::numeric_limits<double>::min(), "2.2250738585072014e-308"},
      {-1e-7, "-1e-7"},
  };
  for (const auto& [value, text] : rows) BOOST_TEST(text_of(value) == text);
}

BOOST_AUTO_TEST_SUITE_END()
