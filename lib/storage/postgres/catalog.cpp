#include "storage/postgres/catalog.h"

#include <algorithm>

#include "object/json.h"
#include "storage/postgres/columns.h"

namespace parse::storage::postgres {
namespace {

// Names found through the search path only, as queries find them; never those of PostgreSQL itself.
constexpr std::string_view kVisible =
    " pg_table_is_visible(t.oid) AND t.relnamespace NOT IN ('pg_catalog'::regnamespace,"
    " 'information_schema'::regnamespace) AND t.relkind IN ('r','p','v','m','f')";

constexpr std::string_view kColumns =
    "SELECT t.relname::text, a.attname::text, a.atttypid::bigint, coalesce(d.description,'')"
    " FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " LEFT JOIN pg_description d ON d.objoid = t.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = a.attnum"
    " WHERE";

constexpr std::string_view kIndexes =
    "SELECT t.relname::text, i.relname::text, x.indisunique, x.indisvalid, x.indpred IS NOT NULL,"
    " coalesce(d.description,''),"
    " (SELECT json_agg(coalesce(a.attname,'') ORDER BY k.place)::text"
    " FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(number, place)"
    " LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number)"
    " FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid"
    " LEFT JOIN pg_description d ON d.objoid = i.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0"
    " WHERE NOT x.indisprimary AND";

sql::SqlText statement(std::string_view select, const std::string_view* class_name) {
  sql::SqlText sql(sql::Values::kNumbered);
  sql.raw(select).raw(kVisible);
  if (class_name != nullptr) {
    sql.raw(" AND (t.relname = ").bind(*class_name).raw("::name OR starts_with(t.relname::text, '_Join:'))");
  }
  return sql;
}

std::string text(const Result& rows, int row, int column) { return std::string(rows.bytes(row, column)); }

TableIndex read_index(const Result& rows, int row) {
  TableIndex index;
  index.name = text(rows, row, 1);
  index.unique = rows.boolean(row, 2);
  index.valid = rows.boolean(row, 3);
  index.partial = rows.boolean(row, 4);
  index.comment = text(rows, row, 5);
  const object::Value names = object::parse_json(rows.bytes(row, 6));
  for (const object::Value& name : names.as<object::Array>()) index.columns.push_back(name.as<std::string>());
  return index;
}

Tables read(Connection& connection, const std::string_view* class_name) {
  Tables tables;
  const Result columns = connection.query(statement(kColumns, class_name).raw(" ORDER BY t.oid, a.attnum"));
  for (int row = 0; row < columns.row_count(); ++row) {
    tables[text(columns, row, 0)].columns.push_back(
        {text(columns, row, 1), static_cast<ColumnType>(columns.integer(row, 2)), text(columns, row, 3)});
  }
  const Result indexes = connection.query(statement(kIndexes, class_name).raw(" ORDER BY i.oid"));
  for (int row = 0; row < indexes.row_count(); ++row)
    tables[text(indexes, row, 0)].indexes.push_back(read_index(indexes, row));
  return tables;
}

template <typename Item>
const Item* find_named(const std::vector<Item>& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Item& item) { return item.name == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const TableColumn* Table::find_column(std::string_view name) const { return find_named(columns, stored_name(name)); }
const TableIndex* Table::find_index(std::string_view name) const { return find_named(indexes, stored_name(name)); }

Tables read_tables(Connection& connection) { return read(connection, nullptr); }
Tables read_tables(Connection& connection, std::string_view class_name) { return read(connection, &class_name); }

const Table* find_table(const Tables& tables, std::string_view name) {
  const auto found = tables.find(stored_name(name));
  return found == tables.end() ? nullptr : &found->second;
}

}  // namespace parse::storage::postgres
