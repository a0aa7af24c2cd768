#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "object/value.h"

namespace parse::query {

/// An aggregation expression, checked and ready to run: `"$a.b"`, a literal, `{"$add":["$a",1]}`, or an object or list
/// of expressions. Pure. Source: MongoDB manual, "Aggregation Pipeline Operators".
class Expression {
 public:
  /// Throws kInvalidQuery (102) for an operator that is not known or has the wrong number of arguments.
  static Expression parse(const object::Value& source);

  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  /// The value for `row`; nothing when a field is missing. Throws kInvalidQuery (102) when an operator cannot work on
  /// the values it meets.
  std::optional<object::Value> evaluate(const object::Object& row) const;

  /// One step of an expression; the kinds are known to the implementation only.
  class Node;

 private:
  explicit Expression(std::unique_ptr<Node> node);
  std::unique_ptr<Node> node_;
};

}  // namespace parse::query
