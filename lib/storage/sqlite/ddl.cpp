#include "storage/sqlite/ddl.h"

#include <fmt/format.h>

#include "storage/sql/class_merge.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/index_ddl.h"

namespace parse::storage::sqlite {
namespace {

using schema::FieldKind;

std::string_view type_of(const schema::Field& field) {
  if (field.type.kind == FieldKind::kGeoPoint) return "REAL";
  if (field.type.kind == FieldKind::kAcl) return "TEXT";
  return column_type(field.type.kind);
}

bool column_exists(Connection& connection, const std::string& table, const std::string& column) {
  StatementUse use(connection.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?"),
                   {std::string_view(table), std::string_view(column)});
  return use->step();
}

/// SQLite takes names that differ in case only for the same.
void check_case(Connection& connection, const std::string& table, const std::string& column) {
  StatementUse use(connection.prepare("SELECT name FROM pragma_table_info(?) WHERE name = ? COLLATE NOCASE"),
                   {std::string_view(table), std::string_view(column)});
  if (use->step())
    throw Error(
        ErrorCode::kInvalidSchemaOperation,
        fmt::format("Field {} differs from field {} in case only, which SQLite cannot store.", column, use->text(0)));
}

/// A class cannot be stored when its table's name is taken in another spelling, or kept by SQLite for itself.
void check_class_name(Connection& connection, const std::string& class_name) {
  if (class_name.starts_with("sqlite_")) {
    throw Error(
        ErrorCode::kInvalidClassName,
        fmt::format("Invalid classname: {}, names that begin with sqlite_ belong to the database.", class_name));
  }
  StatementUse use(
      connection.prepare(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE AND name <> ?1"),
      {std::string_view(class_name)});
  if (!use->step()) return;
  throw Error(
      ErrorCode::kInvalidClassName,
      fmt::format("Class {} differs from class {} in case only, which SQLite cannot store.", class_name, use->text(0)));
}

void create_join_table(Connection& connection, const std::string& class_name, const schema::Field& field) {
  const std::string name = sql::join_table(class_name, field.name);
  connection.run(sql::SqlText()
                     .raw("CREATE TABLE IF NOT EXISTS ")
                     .identifier(name)
                     .raw(" (\"owningId\" TEXT NOT NULL, \"relatedId\" TEXT NOT NULL, PRIMARY KEY (\"owningId\", "
                          "\"relatedId\")) WITHOUT ROWID"));
  connection.run(sql::SqlText()
                     .raw("CREATE INDEX IF NOT EXISTS ")
                     .identifier(name + ":back")
                     .raw(" ON ")
                     .identifier(name)
                     .raw(" (\"relatedId\")"));
}

void drop_join_table(Connection& connection, const std::string& class_name, const schema::Field& field) {
  connection.run(sql::SqlText().raw("DROP TABLE IF EXISTS ").identifier(sql::join_table(class_name, field.name)));
}

void add_field(Connection& connection, const std::string& class_name, const schema::Field& field) {
  if (field.type.kind == FieldKind::kRelation) return create_join_table(connection, class_name, field);
  for (const std::string& column : columns_of(field)) {
    if (column_exists(connection, class_name, column)) continue;
    check_case(connection, class_name, column);
    connection.run(sql::SqlText()
                       .raw("ALTER TABLE ")
                       .identifier(class_name)
                       .raw(" ADD COLUMN ")
                       .identifier(column)
                       .raw(" ")
                       .raw(type_of(field)));
  }
}

void drop_field(Connection& connection, const std::string& class_name, const schema::Field& field) {
  if (field.type.kind == FieldKind::kRelation) return drop_join_table(connection, class_name, field);
  for (const std::string& column : columns_of(field)) {
    if (!column_exists(connection, class_name, column)) continue;
    drop_indexes_on(connection, class_name, column);
    connection.run(sql::SqlText().raw("ALTER TABLE ").identifier(class_name).raw(" DROP COLUMN ").identifier(column));
  }
}

void append_column(const schema::Field& field, const std::string& column, sql::SqlText& out) {
  out.raw(", ").identifier(column).raw(" ").raw(type_of(field));
  if (sql::is_never_null(field.name)) out.raw(" NOT NULL");
  if (field.name == "objectId") out.raw(" UNIQUE");
}

}  // namespace

void create_tables(Connection& connection, const schema::ClassSchema& class_schema) {
  check_class_name(connection, class_schema.name);
  sql::SqlText table;
  table.raw("CREATE TABLE ").identifier(class_schema.name).raw(" (").identifier(kRowColumn).raw(" INTEGER PRIMARY KEY");
  for (const schema::Field& field : class_schema.fields) {
    for (const std::string& column : columns_of(field)) append_column(field, column, table);
  }
  connection.run(table.raw(")"));
  for (const schema::Field& field : class_schema.fields) {
    if (field.type.kind == FieldKind::kRelation) create_join_table(connection, class_schema.name, field);
  }
  create_built_in_index(connection, class_schema.name);
  for (const schema::Index& index : class_schema.indexes) create_index(connection, class_schema, index);
}

void alter_tables(Connection& connection, const schema::ClassSchema& before, const schema::ClassSchema& after) {
  for (const schema::Index& index : before.indexes) {
    if (!sql::keeps_index(index, before, after)) drop_index(connection, before, index);
  }
  for (const schema::Field& field : before.fields) {
    if (!sql::keeps_field(field, after)) drop_field(connection, before.name, field);
  }
  for (const schema::Field& field : after.fields) {
    if (before.find_field(field.name) == nullptr || !sql::keeps_field(*before.find_field(field.name), after))
      add_field(connection, after.name, field);
  }
  for (const schema::Index& index : after.indexes) {
    const schema::Index* old = before.find_index(index.name);
    if (old == nullptr || !(*old == index)) create_index(connection, after, index);
  }
}

void drop_tables(Connection& connection, const schema::ClassSchema& class_schema) {
  for (const schema::Index& index : class_schema.indexes) drop_index(connection, class_schema, index);
  for (const schema::Field& field : class_schema.fields) {
    if (field.type.kind == FieldKind::kRelation) drop_join_table(connection, class_schema.name, field);
  }
  connection.run(sql::SqlText().raw("DROP TABLE IF EXISTS ").identifier(class_schema.name));
}

}  // namespace parse::storage::sqlite
