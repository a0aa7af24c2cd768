#include "storage/postgres/errors.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>

namespace parse::storage::postgres {
namespace {

/// What an SQLSTATE, or its class (the first two characters), means to a client.
struct Meaning {
  std::string_view state;
  ErrorCode code;
  std::string_view message;
};
constexpr std::array kMeanings = {
    Meaning{"23505", ErrorCode::kDuplicateValue, "A duplicate value for a field with unique values was provided"},
    Meaning{"57014", ErrorCode::kTimeout, "The query took too long."},
    Meaning{"55P03", ErrorCode::kTimeout, "The query took too long."},
    Meaning{"40001", ErrorCode::kInvalidLinkedSession, "The transaction met another write; try again."},
    Meaning{"40P01", ErrorCode::kInvalidLinkedSession, "The transaction met another write; try again."},
    Meaning{"2201B", ErrorCode::kInvalidQuery, "Invalid regular expression."},
    Meaning{"22021", ErrorCode::kInvalidJson, "A text cannot hold the character U+0000."},
    Meaning{"22P05", ErrorCode::kInvalidJson, "A text cannot hold the character U+0000."},
    Meaning{"22003", ErrorCode::kInvalidQuery, "A number is out of range."},
    Meaning{"22008", ErrorCode::kInvalidQuery, "A date is out of range."},
    Meaning{"0A000", ErrorCode::kInvalidQuery, "PostgreSQL cannot do this."},
    Meaning{"42P17", ErrorCode::kInvalidQuery, "This condition cannot be part of an index."},
    Meaning{"54011", ErrorCode::kInvalidSchemaOperation, "The class has too many fields."},
    Meaning{"54", ErrorCode::kInvalidQuery, "The query is too complex."},
    Meaning{"25006", ErrorCode::kInternal, "The database cannot be written."},
    Meaning{"53100", ErrorCode::kInternal, "The database cannot be written."},
    Meaning{"58030", ErrorCode::kInternal, "The database cannot be written."},
};
/// The connection, or the whole server behind it, is of no more use, or not yet.
constexpr std::array<std::string_view, 6> kDisconnected = {"08", "57P01", "57P02", "57P03", "57P05", "53300"};
constexpr std::array<std::string_view, 3> kMissingName = {"42P01", "42703", "3F000"};
constexpr std::array<std::string_view, 4> kAlreadyThere = {"42P07", "42701", "42710", "42P06"};

template <std::size_t size>
bool is_one_of(std::string_view state, const std::array<std::string_view, size>& list) {
  return std::ranges::any_of(list, [&](std::string_view item) { return state.starts_with(item); });
}

bool is_stale(std::string_view state, std::string_view text) {
  return state == "26000" || (state == "0A000" && text.find("cached plan") != std::string_view::npos);
}

/// PostgreSQL's system tables have unique indexes too: two servers made the same thing at the same moment.
bool is_catalog_race(const pg_result* result) {
  const char* table = PQresultErrorField(result, PG_DIAG_TABLE_NAME);
  return table != nullptr && std::string_view(table).starts_with("pg_");
}

}  // namespace

std::string_view sql_state(const pg_result* result) {
  const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  return state ? state : std::string_view();
}

void throw_postgres_error(pg_conn* connection, const pg_result* result, std::string_view what) {
  const std::string_view state = sql_state(result);
  const char* primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
  const std::string_view text = primary ? primary : PQerrorMessage(connection);
  std::string cause = fmt::format("{} ({}): {}", text, state, what);
  if (PQstatus(connection) == CONNECTION_BAD) throw Disconnected(std::move(cause), true);
  if (is_one_of(state, kDisconnected)) throw Disconnected(std::move(cause));
  if (is_one_of(state, kMissingName)) throw MissingName(std::move(cause));
  if (is_one_of(state, kAlreadyThere)) throw AlreadyThere(std::move(cause));
  if (is_stale(state, text)) throw StaleStatement(std::move(cause));
  if (state == "23505" && is_catalog_race(result)) throw AlreadyThere(std::move(cause));
  if (state == "54000" && text.starts_with("index row"))
    throw Error(ErrorCode::kObjectTooLarge, "A value is too long for the index on its field.", std::move(cause));
  const auto* const found =
      std::ranges::find_if(kMeanings, [&](const Meaning& row) { return state.starts_with(row.state); });
  if (found != kMeanings.end()) throw Error(found->code, std::string(found->message), std::move(cause));
  throw Error(ErrorCode::kInternal, "Internal server error.", std::move(cause));
}

}  // namespace parse::storage::postgres
