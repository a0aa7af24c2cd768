#pragma once

#include <compare>

#include "object/value.h"

namespace parse::query {

/// A total order of values, for $sort, $min and $max: nothing first, then numbers, text (by code point), objects and
/// other typed values, arrays, booleans, dates. Numbers compare by value, arrays element by element.
/// Source: MongoDB manual, "Comparison/Sort Order".
std::strong_ordering order_values(const object::Value& left, const object::Value& right);

/// True when both are of one kind that $lt and its kin compare: numbers, text, dates or booleans.
bool are_comparable(const object::Value& left, const object::Value& right);

}  // namespace parse::query
