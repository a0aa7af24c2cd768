#include "query/value_order.h"

#include <algorithm>

#include "base/overloaded.h"
#include "object/json.h"

namespace parse::query {
namespace {

using object::Array;
using object::Value;

int rank(const Value& value) {
  return std::visit(overloaded{
                        [](std::nullptr_t) { return 0; },
                        [](std::int64_t) { return 1; },
                        [](double) { return 1; },
                        [](const std::string&) { return 2; },
                        [](const Array&) { return 4; },
                        [](bool) { return 5; },
                        [](object::Date) { return 6; },
                        [](const auto&) { return 3; },
                    },
                    value.variant());
}

std::strong_ordering order_numbers(const Value& left, const Value& right) {
  const auto* a = left.get_if<std::int64_t>();
  const auto* b = right.get_if<std::int64_t>();
  if (a && b) return *a <=> *b;
  const double x = left.number();
  const double y = right.number();
  if (x < y) return std::strong_ordering::less;
  return x > y ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::strong_ordering order_arrays(const Array& left, const Array& right) {
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (const auto order = order_values(left[i], right[i]); order != 0) return order;
  }
  return left.size() <=> right.size();
}

}  // namespace

std::strong_ordering order_values(const Value& left, const Value& right) {
  const int kind = rank(left);
  if (const auto order = kind <=> rank(right); order != 0) return order;
  switch (kind) {
    case 0:
      return std::strong_ordering::equal;
    case 1:
      return order_numbers(left, right);
    case 2:
      return left.as<std::string>().compare(right.as<std::string>()) <=> 0;
    case 4:
      return order_arrays(left.as<Array>(), right.as<Array>());
    case 5:
      return left.as<bool>() <=> right.as<bool>();
    case 6:
      return left.as<object::Date>() <=> right.as<object::Date>();
    default:
      return object::to_json(left).compare(object::to_json(right)) <=> 0;
  }
}

bool are_comparable(const Value& left, const Value& right) {
  const int kind = rank(left);
  return kind == rank(right) && (kind == 1 || kind == 2 || kind == 5 || kind == 6);
}

}  // namespace parse::query
