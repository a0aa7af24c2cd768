#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/postgres/connection.h"

/// What the database itself says about its tables, read from PostgreSQL's system catalog.
namespace parse::storage::postgres {

struct TableColumn {
  std::string name;
  ColumnType type = ColumnType::kText;
  /// COMMENT ON COLUMN; empty when there is none.
  std::string comment;
};

struct TableIndex {
  std::string name;
  bool unique = false;
  /// False after CREATE INDEX CONCURRENTLY failed half way.
  bool valid = true;
  /// Has a WHERE.
  bool partial = false;
  /// COMMENT ON INDEX; empty when there is none.
  std::string comment;
  /// The plain columns in the order of the index; an expression counts as an empty name.
  std::vector<std::string> columns;
};

struct Table {
  std::vector<TableColumn> columns;
  /// All but the primary key.
  std::vector<TableIndex> indexes;

  const TableColumn* find_column(std::string_view name) const;
  const TableIndex* find_index(std::string_view name) const;
};

/// By name, cut as `stored_name` does.
using Tables = std::map<std::string, Table, std::less<>>;

/// Every table and view on the search path.
Tables read_tables(Connection& connection);
/// The table of this class, if it exists, and all join tables.
Tables read_tables(Connection& connection, std::string_view class_name);

/// The table of that name, which is cut first; nullptr when there is none.
const Table* find_table(const Tables& tables, std::string_view name);

}  // namespace parse::storage::postgres
