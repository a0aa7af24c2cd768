#pragma once

#include <span>
#include <string>
#include <string_view>

#include "object/value.h"

/// Shared by the files that implement expression operators; not for use outside lib/query.
namespace parse::query {

using Arguments = std::span<const object::Value>;

/// One operator over values already computed; a missing argument is null.
struct ExpressionOperator {
  std::string_view name;
  std::size_t min_arguments;
  std::size_t max_arguments;
  object::Value (*apply)(Arguments);
};

inline constexpr std::size_t kAnyNumber = 1000;

std::span<const ExpressionOperator> math_operators();
std::span<const ExpressionOperator> text_operators();
std::span<const ExpressionOperator> logic_operators();
std::span<const ExpressionOperator> array_operators();
std::span<const ExpressionOperator> date_operators();

/// Throws kInvalidQuery (102): what an operator says to values of the wrong type.
[[noreturn]] void fail_expression(std::string message);

/// False for null, false and zero only.
bool is_true_value(const object::Value& value);

/// The sum, kept an integer as long as it fits.
object::Value add_numbers(const object::Value& left, const object::Value& right);

}  // namespace parse::query
