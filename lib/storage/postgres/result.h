#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

struct pg_result;

namespace parse::storage::postgres {

/// Types of columns, as PostgreSQL numbers them in pg_type.
enum class ColumnType : std::uint32_t {
  kBoolean = 16,
  kBigint = 20,
  kSmallint = 21,
  kInteger = 23,
  kText = 25,
  kJson = 114,
  kPoint = 600,
  kPolygon = 604,
  kReal = 700,
  kDouble = 701,
  kTextArray = 1009,
  kVarchar = 1043,
  kTimestamp = 1114,
  kTimestampWithZone = 1184,
  kNumeric = 1700,
  kJsonb = 3802,
};

/// The rows of one statement, in PostgreSQL's binary form, or what a statement without rows reports. The getters trust
/// the caller that the column is of a type they read; see the ColumnType each names.
class Result {
 public:
  /// Takes the result over.
  explicit Result(pg_result* result);

  int row_count() const;
  int column_count() const;
  ColumnType type(int column) const;
  bool is_null(int row, int column) const;
  /// The bytes as sent: the text itself for text, varchar and json. Lives as long as the result.
  std::string_view bytes(int row, int column) const;
  /// A jsonb column as JSON text; also reads json and text.
  std::string_view json(int row, int column) const;
  bool boolean(int row, int column) const;
  /// smallint, integer or bigint.
  std::int64_t integer(int row, int column) const;
  /// Any number type but numeric, which is read as 0.
  double number(int row, int column) const;
  /// A timestamp with or without time zone (then UTC), in ms since 1970; microseconds are cut off.
  std::int64_t milliseconds(int row, int column) const;
  /// Rows that an INSERT, UPDATE or DELETE changed.
  std::int64_t affected() const;

  pg_result* handle() const { return result_.get(); }

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

}  // namespace parse::storage::postgres
