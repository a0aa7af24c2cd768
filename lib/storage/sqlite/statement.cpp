#include "storage/sqlite/statement.h"

#include <sqlite3.h>

#include <memory>

#include "base/overloaded.h"
#include "storage/sqlite/connection.h"

namespace parse::storage::sqlite {
namespace {

int bind_text(sqlite3_stmt* handle, int position, std::string_view text) {
  // An empty view may hold a null pointer, which SQLite would read as NULL.
  const char* data = text.data() ? text.data() : "";
  return sqlite3_bind_text64(handle, position, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

int bind_opaque(sqlite3_stmt* handle, int position, const sql::Opaque& opaque) {
  return sqlite3_bind_pointer(handle, position, const_cast<void*>(opaque.pointer.get()), opaque.type, nullptr);
}

int bind_value(sqlite3_stmt* handle, int position, const sql::SqlValue& value) {
  return std::visit(overloaded{
                        [&](std::nullptr_t) { return sqlite3_bind_null(handle, position); },
                        [&](std::int64_t v) { return sqlite3_bind_int64(handle, position, v); },
                        [&](double v) { return sqlite3_bind_double(handle, position, v); },
                        [&](const std::string& v) { return bind_text(handle, position, v); },
                        [&](std::string_view v) { return bind_text(handle, position, v); },
                        [&](const sql::Opaque& v) { return bind_opaque(handle, position, v); },
                    },
                    value);
}

}  // namespace

Statement::Statement(Connection& connection, std::string_view sql) : connection_(connection) {
  const int rc = sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                                    SQLITE_PREPARE_PERSISTENT, &handle_, nullptr);
  if (rc != SQLITE_OK) connection.throw_error(sql);
}

Statement::~Statement() { sqlite3_finalize(handle_); }

void Statement::bind(const std::vector<sql::SqlValue>& values) {
  int position = 0;
  for (const sql::SqlValue& value : values) {
    if (bind_value(handle_, ++position, value) != SQLITE_OK) connection_.throw_error(sqlite3_sql(handle_));
  }
}

bool Statement::step() {
  const int rc = sqlite3_step(handle_);
  if (rc == SQLITE_ROW) return true;
  if (rc != SQLITE_DONE) connection_.throw_error(sqlite3_sql(handle_));
  return false;
}

void Statement::reset() noexcept {
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
}

bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }
double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }

std::string_view Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

int Statement::column_count() const { return sqlite3_column_count(handle_); }

std::int64_t Statement::take_scanned_rows() { return sqlite3_stmt_status(handle_, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1); }

StatementUse::StatementUse(Statement& statement, const std::vector<sql::SqlValue>& values) : statement_(statement) {
  try {
    statement_.bind(values);
  } catch (...) {
    statement_.reset();
    throw;
  }
}

}  // namespace parse::storage::sqlite
