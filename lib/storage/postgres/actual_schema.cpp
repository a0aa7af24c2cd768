#include "storage/postgres/actual_schema.h"

#include <algorithm>

#include "storage/postgres/catalog.h"
#include "storage/postgres/columns.h"
#include "storage/sql/columns.h"

namespace parse::storage::postgres {
namespace {

bool has_field(const Tables& tables, const std::string& class_name, const Table& table, const schema::Field& field) {
  if (field.type.kind == schema::FieldKind::kRelation)
    return find_table(tables, sql::join_table(class_name, field.name)) != nullptr;
  const std::vector<std::string> columns = columns_of(field);
  return std::all_of(columns.begin(), columns.end(),
                     [&](const std::string& column) { return table.find_column(column) != nullptr; });
}

}  // namespace

schema::Schema actual_schema(Connection& connection, const schema::Schema& schema) {
  schema::Schema actual;
  const Tables tables = read_tables(connection);
  for (const auto& [name, class_schema] : schema.classes()) {
    const Table* table = find_table(tables, name);
    if (table == nullptr) continue;
    schema::ClassSchema reduced = *class_schema;
    std::erase_if(reduced.fields, [&](const schema::Field& field) { return !has_field(tables, name, *table, field); });
    actual.set(std::move(reduced));
  }
  return actual;
}

}  // namespace parse::storage::postgres
