// Arithmetic. Null or missing in, null out; integers stay integers as long as they fit.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "query/expression_operators.h"

namespace parse::query {
namespace {

using object::Date;
using object::Value;

bool any_null(Arguments arguments) {
  return std::any_of(arguments.begin(), arguments.end(), [](const Value& value) { return value.is_null(); });
}

double number_of(const Value& value, const char* op) {
  if (!value.is_number()) fail_expression(fmt::format("{} only supports numeric types", op));
  return value.number();
}

std::int64_t milliseconds_of(const Value& value, const char* op) {
  const double number = number_of(value, op);
  if (!(std::abs(number) <= 8.64e15)) fail_expression(fmt::format("{}: date out of range", op));
  return std::llround(number);
}

/// A date plus or minus milliseconds.
Value moved(const Date& date, const Value& by, int sign, const char* op) {
  return Date{date.time + sign * milliseconds_of(by, op)};
}

Value add(Arguments arguments) {
  if (any_null(arguments)) return nullptr;
  Value total = std::int64_t{0};
  for (const Value& argument : arguments) {
    if (const Date* date = total.get_if<Date>()) {
      total = moved(*date, argument, 1, "$add");
    } else if (const Date* next = argument.get_if<Date>()) {
      total = moved(*next, total, 1, "$add");
    } else {
      number_of(argument, "$add");
      total = add_numbers(total, argument);
    }
  }
  return total;
}

Value subtract(Arguments arguments) {
  if (any_null(arguments)) return nullptr;
  const Date* left = arguments[0].get_if<Date>();
  const Date* right = arguments[1].get_if<Date>();
  if (left && right) return left->time - right->time;
  if (left) return moved(*left, arguments[1], -1, "$subtract");
  const auto* a = arguments[0].get_if<std::int64_t>();
  const auto* b = arguments[1].get_if<std::int64_t>();
  std::int64_t difference = 0;
  if (a && b && !__builtin_sub_overflow(*a, *b, &difference)) return difference;
  return number_of(arguments[0], "$subtract") - number_of(arguments[1], "$subtract");
}

Value multiply(Arguments arguments) {
  if (any_null(arguments)) return nullptr;
  Value product = std::int64_t{1};
  for (const Value& argument : arguments) {
    const auto* a = product.get_if<std::int64_t>();
    const auto* b = argument.get_if<std::int64_t>();
    std::int64_t exact = 0;
    if (a && b && !__builtin_mul_overflow(*a, *b, &exact)) {
      product = exact;
    } else {
      product = product.number() * number_of(argument, "$multiply");
    }
  }
  return product;
}

Value divide(Arguments arguments) {
  if (any_null(arguments)) return nullptr;
  const double divisor = number_of(arguments[1], "$divide");
  if (divisor == 0) fail_expression("can't $divide by zero");
  return number_of(arguments[0], "$divide") / divisor;
}

Value modulo(Arguments arguments) {
  if (any_null(arguments)) return nullptr;
  const double divisor = number_of(arguments[1], "$mod");
  if (divisor == 0) fail_expression("can't $mod by zero");
  const auto* a = arguments[0].get_if<std::int64_t>();
  const auto* b = arguments[1].get_if<std::int64_t>();
  // The smallest integer by -1 overflows in hardware.
  if (a && b) return *b == -1 ? std::int64_t{0} : *a % *b;
  return std::fmod(number_of(arguments[0], "$mod"), divisor);
}

template <double (*function)(double)>
Value whole(Arguments arguments) {
  const Value& value = arguments[0];
  if (value.is_null() || value.is<std::int64_t>()) return value;
  return function(number_of(value, "rounding"));
}

Value absolute(Arguments arguments) {
  const Value& value = arguments[0];
  if (value.is_null()) return nullptr;
  const auto* integer = value.get_if<std::int64_t>();
  if (integer != nullptr && *integer != INT64_MIN) return *integer < 0 ? -*integer : *integer;
  return std::abs(number_of(value, "$abs"));
}

Value round_to(Arguments arguments) {
  if (any_null(arguments)) return nullptr;
  const double places = arguments.size() > 1 ? number_of(arguments[1], "$round") : 0;
  if (arguments[0].is<std::int64_t>() && places >= 0) return arguments[0];
  if (!(std::abs(places) <= 100)) fail_expression("$round: place must be between -20 and 100");
  const double scale = std::pow(10, places);
  // Halves go to the even neighbour, as the default rounding mode does.
  return std::nearbyint(number_of(arguments[0], "$round") * scale) / scale;
}

Value power(Arguments arguments) {
  if (any_null(arguments)) return nullptr;
  return std::pow(number_of(arguments[0], "$pow"), number_of(arguments[1], "$pow"));
}

Value square_root(Arguments arguments) {
  if (any_null(arguments)) return nullptr;
  const double value = number_of(arguments[0], "$sqrt");
  if (value < 0) fail_expression("$sqrt's argument must be greater than or equal to 0");
  return std::sqrt(value);
}

constexpr std::array<ExpressionOperator, 12> kOperators{{
    {"$add", 1, kAnyNumber, add},
    {"$subtract", 2, 2, subtract},
    {"$multiply", 1, kAnyNumber, multiply},
    {"$divide", 2, 2, divide},
    {"$mod", 2, 2, modulo},
    {"$abs", 1, 1, absolute},
    {"$ceil", 1, 1, whole<std::ceil>},
    {"$floor", 1, 1, whole<std::floor>},
    {"$trunc", 1, 1, whole<std::trunc>},
    {"$round", 1, 2, round_to},
    {"$pow", 2, 2, power},
    {"$sqrt", 1, 1, square_root},
}};

}  // namespace

std::span<const ExpressionOperator> math_operators() { return kOperators; }

Value add_numbers(const Value& left, const Value& right) {
  const auto* a = left.get_if<std::int64_t>();
  const auto* b = right.get_if<std::int64_t>();
  std::int64_t total = 0;
  if (a && b && !__builtin_add_overflow(*a, *b, &total)) return total;
  return left.number() + right.number();
}

}  // namespace parse::query
