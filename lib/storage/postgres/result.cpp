#include "storage/postgres/result.h"

#include <libpq-fe.h>

#include <charconv>

#include "storage/postgres/wire.h"

namespace parse::storage::postgres {
namespace {

/// PostgreSQL counts from 2000-01-01, in microseconds.
constexpr std::int64_t kEpochDifferenceMs = 946684800000;
constexpr std::int64_t kMicrosecondsPerMs = 1000;

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  const std::int64_t quotient = value / by;
  return value % by < 0 ? quotient - 1 : quotient;
}

}  // namespace

Result::Result(pg_result* result) : result_(result) {}

void Result::Clear::operator()(pg_result* result) const { PQclear(result); }

int Result::row_count() const { return PQntuples(handle()); }
int Result::column_count() const { return PQnfields(handle()); }
ColumnType Result::type(int column) const { return static_cast<ColumnType>(PQftype(handle(), column)); }
bool Result::is_null(int row, int column) const { return PQgetisnull(handle(), row, column) != 0; }

std::string_view Result::bytes(int row, int column) const {
  return {PQgetvalue(handle(), row, column), static_cast<std::size_t>(PQgetlength(handle(), row, column))};
}

std::string_view Result::json(int row, int column) const {
  std::string_view text = bytes(row, column);
  if (type(column) == ColumnType::kJsonb && !text.empty()) text.remove_prefix(1);  // the version of the form: 1
  return text;
}

bool Result::boolean(int row, int column) const { return bytes(row, column).front() != 0; }

std::int64_t Result::integer(int row, int column) const {
  const std::string_view value = bytes(row, column);
  if (value.size() == 8) return read_big_endian<std::int64_t>(value);
  if (value.size() == 4) return read_big_endian<std::int32_t>(value);
  return value.size() == 2 ? read_big_endian<std::int16_t>(value) : 0;
}

double Result::number(int row, int column) const {
  switch (type(column)) {
    case ColumnType::kDouble:
      return read_double(bytes(row, column));
    case ColumnType::kReal:
      return std::bit_cast<float>(read_big_endian<std::uint32_t>(bytes(row, column)));
    case ColumnType::kSmallint:
    case ColumnType::kInteger:
    case ColumnType::kBigint:
      return static_cast<double>(integer(row, column));
    default:
      return 0;
  }
}

std::int64_t Result::milliseconds(int row, int column) const {
  return floor_divide(integer(row, column), kMicrosecondsPerMs) + kEpochDifferenceMs;
}

std::int64_t Result::affected() const {
  const std::string_view text = PQcmdTuples(handle());
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

}  // namespace parse::storage::postgres
