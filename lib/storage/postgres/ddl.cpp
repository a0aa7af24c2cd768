#include "storage/postgres/ddl.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "object/json.h"
#include "schema/default_classes.h"
#include "schema/names.h"
#include "schema/schema_json.h"
#include "storage/postgres/columns.h"
#include "storage/sql/class_merge.h"
#include "storage/sql/columns.h"

namespace parse::storage::postgres {
namespace {

using schema::ClassSchema;
using schema::Field;
using schema::FieldKind;

sql::SqlText ddl(std::string_view text) {
  sql::SqlText sql(sql::Values::kInText);
  sql.raw(text);
  return sql;
}

void run(Connection& connection, const sql::SqlText& sql) { connection.execute(sql.text()); }

bool is_relation(const Field& field) { return field.type.kind == FieldKind::kRelation; }

/// The Node server stores hooks without ids.
bool has_primary_key(const ClassSchema& class_schema) { return class_schema.name != "_Hooks"; }

void create_join_table(Connection& connection, const std::string& class_name, const Field& field) {
  const std::string table = stored_name(sql::join_table(class_name, field.name));
  run(connection, ddl("CREATE TABLE IF NOT EXISTS ")
                      .identifier(table)
                      .raw(" (\"relatedId\" varchar(120), \"owningId\" varchar(120),"
                           " PRIMARY KEY (\"relatedId\", \"owningId\"))"));
  run(connection, ddl("CREATE INDEX IF NOT EXISTS ").append(owner_index(table)));
}

void drop_join_table(Connection& connection, const std::string& class_name, const Field& field) {
  run(connection, ddl("DROP TABLE IF EXISTS ").identifier(sql::join_table(class_name, field.name)));
}

void create_table(Connection& connection, const ClassSchema& class_schema) {
  sql::SqlText sql = ddl("CREATE TABLE IF NOT EXISTS ").identifier(class_schema.name).raw(" (");
  std::string_view separator;
  for (const Field& field : class_schema.fields) {
    for (const std::string& column : columns_of(field)) {
      sql.raw(separator).identifier(column).raw(" ").raw(column_type(field.type.kind));
      separator = ", ";
    }
  }
  if (has_primary_key(class_schema) && class_schema.find_field("objectId") != nullptr)
    sql.raw(", PRIMARY KEY (\"objectId\")");
  run(connection, sql.raw(")"));
}

[[noreturn]] void throw_taken(const std::string& name) {
  throw Error(ErrorCode::kInvalidSchemaOperation,
              fmt::format("Field {} is there with another type, cannot update.", name));
}

/// The columns that the table has not yet.
std::vector<const Field*> missing_fields(const Table& table, const std::vector<Field>& fields) {
  std::vector<const Field*> missing;
  for (const Field& field : fields) {
    for (const std::string& name : columns_of(field)) {
      const TableColumn* column = table.find_column(name);
      if (column != nullptr && !fits(field.type.kind, column->type)) throw_taken(field.name);
      if (column == nullptr && (missing.empty() || missing.back() != &field)) missing.push_back(&field);
    }
  }
  return missing;
}

/// What a volatile class has beyond its default columns is written down in no row: the column itself tells.
void describe_column(Connection& connection, const std::string& class_name, const Field& field) {
  if (!schema::is_volatile_class(class_name) || schema::find_default_column(class_name, field.name) != nullptr) return;
  run(connection, ddl("COMMENT ON COLUMN ")
                      .identifier(class_name)
                      .raw(".")
                      .identifier(field.name)
                      .raw(" IS ")
                      .literal(object::to_json(schema::write_field(field))));
}

void add_columns(Connection& connection, const std::string& class_name, const std::vector<const Field*>& fields) {
  if (fields.empty()) return;
  sql::SqlText sql = ddl("ALTER TABLE ").identifier(class_name);
  std::string_view separator = " ADD COLUMN IF NOT EXISTS ";
  for (const Field* field : fields) {
    for (const std::string& column : columns_of(*field)) {
      sql.raw(separator).identifier(column).raw(" ").raw(column_type(field->type.kind));
      separator = ", ADD COLUMN IF NOT EXISTS ";
    }
  }
  run(connection, sql);
  for (const Field* field : fields) describe_column(connection, class_name, *field);
}

void drop_columns(Connection& connection, const std::string& class_name, const std::vector<const Field*>& fields) {
  if (fields.empty()) return;
  sql::SqlText sql = ddl("ALTER TABLE IF EXISTS ").identifier(class_name);
  std::string_view separator = " DROP COLUMN IF EXISTS ";
  for (const Field* field : fields) {
    for (const std::string& column : columns_of(*field)) {
      sql.raw(separator).identifier(column);
      separator = ", DROP COLUMN IF EXISTS ";
    }
  }
  run(connection, sql);
}

/// Two names that PostgreSQL cuts to the same would share one column.
void check_cut_names(const ClassSchema& after, const std::vector<Field>& added) {
  for (const Field& field : added) {
    const auto shares = [&](const Field& other) {
      return other.name != field.name && stored_name(other.name) == stored_name(field.name);
    };
    if (!is_relation(field) && std::any_of(after.fields.begin(), after.fields.end(), shares))
      throw Error(ErrorCode::kInvalidSchemaOperation,
                  fmt::format("Field {} differs from another field after {} bytes only, which PostgreSQL cannot store.",
                              field.name, kNameBytes));
  }
}

/// A name that is cut may already stand for another class or relation.
void check_table_name(const Tables& tables, const std::string& name) {
  if (name.size() <= kNameBytes || find_table(tables, name) == nullptr) return;
  throw Error(ErrorCode::kInvalidClassName,
              fmt::format("Table {} differs from another one after {} bytes only, which PostgreSQL cannot store.", name,
                          kNameBytes));
}

std::vector<Field> added_fields(const ClassSchema& before, const ClassSchema& after) {
  std::vector<Field> added;
  for (const Field& field : after.fields) {
    const Field* old = before.find_field(field.name);
    if (old == nullptr || !sql::keeps_field(*old, after)) added.push_back(field);
  }
  return added;
}

void create_join_tables(Connection& connection, const Tables& tables, const std::string& class_name,
                        const std::vector<Field>& fields) {
  for (const Field& field : fields) {
    if (!is_relation(field)) continue;
    check_table_name(tables, sql::join_table(class_name, field.name));
    create_join_table(connection, class_name, field);
  }
}

}  // namespace

std::string owner_index_name(const std::string& join_table) {
  constexpr std::string_view kSuffix = "_owningId";
  return stored_name(std::string_view(join_table).substr(0, kNameBytes - kSuffix.size())) + std::string(kSuffix);
}

sql::SqlText owner_index(const std::string& join_table) {
  return ddl("").identifier(owner_index_name(join_table)).raw(" ON ").identifier(join_table).raw(" (\"owningId\")");
}

void create_tables(Connection& connection, const ClassSchema& class_schema) {
  Tables tables = read_tables(connection, class_schema.name);
  check_table_name(tables, class_schema.name);
  check_cut_names(class_schema, class_schema.fields);
  create_join_tables(connection, tables, class_schema.name, class_schema.fields);
  create_table(connection, class_schema);
  const Table* table = find_table(tables, class_schema.name);
  if (table != nullptr) add_columns(connection, class_schema.name, missing_fields(*table, class_schema.fields));
}

void alter_tables(Connection& connection, const ClassSchema& before, const ClassSchema& after) {
  std::vector<const Field*> dropped;
  for (const Field& field : before.fields) {
    if (sql::keeps_field(field, after)) continue;
    if (is_relation(field)) drop_join_table(connection, before.name, field);
    if (!is_relation(field)) dropped.push_back(&field);
  }
  drop_columns(connection, before.name, dropped);
  const std::vector<Field> added = added_fields(before, after);
  if (added.empty()) return;
  check_cut_names(after, added);
  const Tables tables = read_tables(connection, after.name);
  create_join_tables(connection, tables, after.name, added);
  const Table* table = find_table(tables, after.name);
  if (table == nullptr) return create_table(connection, after);
  add_columns(connection, after.name, missing_fields(*table, added));
}

void drop_tables(Connection& connection, const ClassSchema& class_schema) {
  for (const Field& field : class_schema.fields) {
    if (is_relation(field)) drop_join_table(connection, class_schema.name, field);
  }
  run(connection, ddl("DROP TABLE IF EXISTS ").identifier(class_schema.name));
}

}  // namespace parse::storage::postgres
