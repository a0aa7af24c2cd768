#pragma once

#include <memory>
#include <string_view>

#include "object/value.h"

namespace parse::query {

/// What a $group computes over the rows of one group.
class Accumulator {
 public:
  virtual ~Accumulator() = default;
  /// `value` is null when the expression found nothing.
  virtual void add(const object::Value& value) = 0;
  virtual object::Value result() = 0;
};

/// $sum, $avg, $min, $max, $first, $last, $push, $addToSet or $count; nullptr for any other name.
/// Source: MongoDB manual, "$group".
std::unique_ptr<Accumulator> make_accumulator(std::string_view name);

}  // namespace parse::query
