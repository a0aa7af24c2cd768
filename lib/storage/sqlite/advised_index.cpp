#include "storage/sqlite/advised_index.h"

#include <fmt/format.h>

#include <cstdio>

namespace parse::storage::sqlite {
namespace {

/// Making the index takes about a second per million rows, in which nothing can be written.
constexpr std::int64_t kMostRows = 2000000;
/// An index whose values repeat in more than one row of eight reads more pages than it saves.
constexpr std::int64_t kLeastSelectivity = 8;

/// Rows of the index and rows with an equal first column, as ANALYZE found them.
struct Selectivity {
  long long rows = 0;
  long long equal_rows = 0;
};

Selectivity measure(Connection& connection, const std::string& index) {
  Selectivity found;
  StatementUse use(connection.prepare("SELECT stat FROM sqlite_stat1 WHERE idx = ?"), {std::string_view(index)});
  if (use->step()) std::sscanf(std::string(use->text(0)).c_str(), "%lld %lld", &found.rows, &found.equal_rows);
  return found;
}

std::string index_name(const IndexAdvice& advice) { return fmt::format("auto:{}:{}", advice.class_name, advice.field); }

/// From the row numbers, without counting.
std::int64_t rows_at_most(Connection& connection, const std::string& class_name) {
  const sql::SqlText last = sql::SqlText().raw("SELECT MAX(\"_row\") FROM ").identifier(class_name);
  StatementUse use(connection.prepare(last.text()), last.values());
  return use->step() ? use->integer(0) : 0;
}

}  // namespace

bool make_advised_index(Connection& connection, const IndexAdvice& advice) {
  if (rows_at_most(connection, advice.class_name) > kMostRows) return false;
  connection.run(sql::SqlText()
                     .raw("CREATE INDEX IF NOT EXISTS ")
                     .identifier(index_name(advice))
                     .raw(" ON ")
                     .identifier(advice.class_name)
                     .raw(" (")
                     .identifier(advice.field)
                     .raw(", \"createdAt\")"));
  return true;
}

void drop_useless_index(Connection& connection, const IndexAdvice& advice) {
  const std::string name = index_name(advice);
  connection.run(sql::SqlText().raw("ANALYZE ").identifier(name));
  const Selectivity found = measure(connection, name);
  if (found.equal_rows * kLeastSelectivity > found.rows)
    connection.run(sql::SqlText().raw("DROP INDEX ").identifier(name));
}

}  // namespace parse::storage::sqlite
