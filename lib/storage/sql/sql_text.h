#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parse::storage::sql {

/// A value that a statement receives beside its text. A string_view is borrowed until the statement has run; an opaque
/// pointer reaches a function of the database connection (see `Opaque`).
struct Opaque {
  std::shared_ptr<const void> pointer;
  /// Names the type, so that nobody mistakes one kind of pointer for another; a string literal.
  const char* type = "";
};
using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string, std::string_view, Opaque>;

/// Where the values of an SqlText go.
enum class Values {
  /// Beside the text, bound to the placeholders `?`.
  kBound,
  /// Beside the text, bound to the placeholders `$1`, `$2` …
  kNumbered,
  /// Into the text, as literals: for DDL, which takes no bound values.
  kInText,
};

/// SQL as text plus bound values. Identifiers enter the text through `identifier` only, values not at all (but in DDL).
class SqlText {
 public:
  explicit SqlText(Values values = Values::kBound) : kept_(values) {}

  /// Appends trusted SQL: literals of this program, never anything that came from outside.
  SqlText& raw(std::string_view sql);
  /// Appends `name` as a quoted identifier.
  SqlText& identifier(std::string_view name);
  /// Appends `alias.` and the quoted identifier; no alias, no dot.
  SqlText& column(std::string_view alias, std::string_view name);
  /// Appends a placeholder and keeps the value for it, or appends the literal. An opaque value has no literal: throws
  /// kInvalidQuery (102).
  SqlText& bind(SqlValue value);
  /// Appends the value as a literal, quoted: for the rare text that must match that of an index.
  SqlText& literal(const SqlValue& value);
  /// Appends text and values; numbered placeholders of `other` go on counting from those that are here.
  SqlText& append(SqlText other);
  /// Starts over, keeping the memory.
  void clear();

  const std::string& text() const { return text_; }
  const std::vector<SqlValue>& values() const { return values_; }
  std::vector<SqlValue> take_values() { return std::move(values_); }

 private:
  void append_placeholder();

  Values kept_;
  std::string text_;
  std::vector<SqlValue> values_;
  /// Where in the text the placeholders begin.
  std::vector<std::size_t> placeholders_;
};

/// `name` between double quotes, with quotes inside doubled.
std::string quoted_identifier(std::string_view name);

}  // namespace parse::storage::sql
