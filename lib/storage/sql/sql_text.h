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

/// SQL as text plus bound values. Values never enter the text; identifiers enter it through `identifier` only.
class SqlText {
 public:
  /// Appends trusted SQL: literals of this program, never anything that came from outside.
  SqlText& raw(std::string_view sql);
  /// Appends `name` as a quoted identifier.
  SqlText& identifier(std::string_view name);
  /// Appends `alias.` and the quoted identifier.
  SqlText& column(std::string_view alias, std::string_view name);
  /// Appends a placeholder and keeps the value for it.
  SqlText& bind(SqlValue value);
  SqlText& append(SqlText other);
  /// Starts over, keeping the memory.
  void clear();

  const std::string& text() const { return text_; }
  const std::vector<SqlValue>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<SqlValue> values_;
};

/// `name` between double quotes, with quotes inside doubled.
std::string quoted_identifier(std::string_view name);

}  // namespace parse::storage::sql
