#include "storage/sqlite/actual_schema.h"

#include <algorithm>
#include <set>

#include "storage/sqlite/columns.h"

namespace parse::storage::sqlite {
namespace {

std::set<std::string> column_names(Connection& connection, const std::string& table) {
  std::set<std::string> columns;
  StatementUse use(connection.prepare("SELECT name FROM pragma_table_info(?)"), {std::string_view(table)});
  while (use->step()) columns.emplace(use->text(0));
  return columns;
}

bool has_field(Connection& connection, const schema::ClassSchema& class_schema, const std::set<std::string>& columns,
               const schema::Field& field) {
  switch (field.type.kind) {
    case schema::FieldKind::kAcl:
      return true;
    case schema::FieldKind::kRelation:
      return !column_names(connection, sql::join_table(class_schema.name, field.name)).empty();
    case schema::FieldKind::kGeoPoint:
      return columns.count(latitude_column(field.name)) > 0;
    default:
      return columns.count(field.name) > 0;
  }
}

}  // namespace

schema::Schema actual_schema(Connection& connection, const schema::Schema& schema) {
  schema::Schema actual;
  for (const auto& [name, class_schema] : schema.classes()) {
    const std::set<std::string> columns = column_names(connection, name);
    if (columns.empty()) continue;
    schema::ClassSchema reduced = *class_schema;
    std::erase_if(reduced.fields,
                  [&](const schema::Field& field) { return !has_field(connection, reduced, columns, field); });
    actual.set(std::move(reduced));
  }
  return actual;
}

}  // namespace parse::storage::sqlite
