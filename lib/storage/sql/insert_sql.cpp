#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "storage/sql/update_plan.h"

namespace parse::storage::sql {
namespace {

using Row = std::vector<ColumnValue>;

Row encode_object(const schema::ClassSchema& class_schema, const object::Object& object, const EncodeField& encode) {
  Row columns;
  columns.reserve(object.size() + 2);
  for (const object::Member& member : object) {
    const schema::Field* field = class_schema.find_field(member.key);
    if (field == nullptr)
      throw Error(ErrorCode::kInternal, "Internal server error.",
                  fmt::format("field {}.{} is not in the schema", class_schema.name, member.key));
    if (!member.value.is_null()) encode(*field, &member.value, columns);
  }
  return columns;
}

ColumnValue* find_column(Row& row, std::string_view name) {
  const auto found = std::ranges::find(row, name, &ColumnValue::column);
  return found == row.end() ? nullptr : &*found;
}

/// The columns that any of the rows has.
std::vector<std::string> all_columns(std::vector<Row>& rows) {
  std::vector<std::string> names;
  for (const ColumnValue& column : rows.front()) names.push_back(column.column);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    for (const ColumnValue& column : rows[i]) {
      if (std::ranges::find(names, column.column) == names.end()) names.push_back(column.column);
    }
  }
  return names;
}

}  // namespace

SqlText insert_sql(const schema::Schema& schema, const std::string& class_name,
                   const std::vector<const object::Object*>& objects, const EncodeField& encode, Values values) {
  const schema::ClassSchema* class_schema = schema.find(class_name);
  if (class_schema == nullptr)
    throw Error(ErrorCode::kInternal, "Internal server error.",
                fmt::format("class {} is not in the schema", class_name));
  std::vector<Row> rows;
  rows.reserve(objects.size());
  for (const object::Object* object : objects) rows.push_back(encode_object(*class_schema, *object, encode));
  const std::vector<std::string> names = all_columns(rows);
  SqlText sql(values);
  sql.raw("INSERT INTO ").identifier(class_name).raw(" (");
  for (const std::string& name : names) sql.raw(&name == &names.front() ? "" : ",").identifier(name);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sql.raw(i == 0 ? ") VALUES (" : "), (");
    for (const std::string& name : names) {
      ColumnValue* column = find_column(rows[i], name);
      sql.raw(&name == &names.front() ? "" : ",").bind(column ? std::move(column->value) : SqlValue(nullptr));
    }
  }
  sql.raw(")");
  return sql;
}

}  // namespace parse::storage::sql
