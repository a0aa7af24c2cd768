// Comparison, logic and lists.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "query/expression_operators.h"
#include "query/value_order.h"

namespace parse::query {
namespace {

using object::Array;
using object::Value;

template <typename Test>
Value compare(Arguments arguments, Test test) {
  return test(order_values(arguments[0], arguments[1]));
}
Value equal(Arguments a) { return a[0] == a[1]; }
Value not_equal(Arguments a) { return !(a[0] == a[1]); }
Value less(Arguments a) {
  return compare(a, [](auto order) { return order < 0; });
}
Value less_or_equal(Arguments a) {
  return compare(a, [](auto order) { return order <= 0; });
}
Value greater(Arguments a) {
  return compare(a, [](auto order) { return order > 0; });
}
Value greater_or_equal(Arguments a) {
  return compare(a, [](auto order) { return order >= 0; });
}
Value three_way(Arguments a) {
  const auto order = order_values(a[0], a[1]);
  return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

Value all_true(Arguments a) { return std::all_of(a.begin(), a.end(), is_true_value); }
Value any_true(Arguments a) { return std::any_of(a.begin(), a.end(), is_true_value); }
Value negation(Arguments a) { return !is_true_value(a[0]); }

const Array& list_of(const Value& value, const char* op) {
  const Array* list = value.get_if<Array>();
  if (list == nullptr)
    fail_expression(fmt::format("The argument to {} must be an array, but was of type: {}", op, value.json_type()));
  return *list;
}

Value is_member(Arguments a) {
  const Array& list = list_of(a[1], "$in");
  return std::find(list.begin(), list.end(), a[0]) != list.end();
}

Value size(Arguments a) { return static_cast<std::int64_t>(list_of(a[0], "$size").size()); }

Value element_at(Arguments a) {
  if (a[0].is_null() || a[1].is_null()) return nullptr;
  const Array& list = list_of(a[0], "$arrayElemAt");
  if (!a[1].is_number() || a[1].number() != std::trunc(a[1].number()))
    fail_expression("$arrayElemAt's second argument must be an integer");
  const double count = static_cast<double>(list.size());
  const double index = a[1].number() < 0 ? a[1].number() + count : a[1].number();
  return index >= 0 && index < count ? list[static_cast<std::size_t>(index)] : Value();
}

Value first_element(Arguments a) {
  if (a[0].is_null()) return nullptr;
  const Array& list = list_of(a[0], "$first");
  return list.empty() ? Value() : list.front();
}

Value last_element(Arguments a) {
  if (a[0].is_null()) return nullptr;
  const Array& list = list_of(a[0], "$last");
  return list.empty() ? Value() : list.back();
}

Value is_array(Arguments a) { return a[0].is<Array>(); }

Value concat_arrays(Arguments a) {
  Array all;
  for (const Value& argument : a) {
    if (argument.is_null()) return nullptr;
    const Array& list = list_of(argument, "$concatArrays");
    all.insert(all.end(), list.begin(), list.end());
  }
  return all;
}

constexpr std::array<ExpressionOperator, 10> kLogic{{
    {"$eq", 2, 2, equal},
    {"$ne", 2, 2, not_equal},
    {"$lt", 2, 2, less},
    {"$lte", 2, 2, less_or_equal},
    {"$gt", 2, 2, greater},
    {"$gte", 2, 2, greater_or_equal},
    {"$cmp", 2, 2, three_way},
    {"$and", 0, kAnyNumber, all_true},
    {"$or", 0, kAnyNumber, any_true},
    {"$not", 1, 1, negation},
}};

constexpr std::array<ExpressionOperator, 7> kArrays{{
    {"$in", 2, 2, is_member},
    {"$size", 1, 1, size},
    {"$arrayElemAt", 2, 2, element_at},
    {"$first", 1, 1, first_element},
    {"$last", 1, 1, last_element},
    {"$isArray", 1, 1, is_array},
    {"$concatArrays", 1, kAnyNumber, concat_arrays},
}};

}  // namespace

bool is_true_value(const Value& value) {
  if (value.is_number()) return value.number() != 0;
  const bool* flag = value.get_if<bool>();
  return !value.is_null() && (flag == nullptr || *flag);
}

std::span<const ExpressionOperator> logic_operators() { return kLogic; }
std::span<const ExpressionOperator> array_operators() { return kArrays; }

}  // namespace parse::query
