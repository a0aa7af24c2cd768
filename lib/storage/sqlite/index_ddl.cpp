#include "storage/sqlite/index_ddl.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "query/where_parser.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/sqlite_where.h"

namespace parse::storage::sqlite {
namespace {

using schema::FieldKind;

bool is_text_key(const schema::IndexKey& key) {
  const auto* direction = key.direction.get_if<std::string>();
  return direction != nullptr && *direction == "text";
}

bool is_text_index(const schema::Index& index) {
  return std::any_of(index.keys.begin(), index.keys.end(), is_text_key);
}

bool is_descending(const schema::IndexKey& key) { return key.direction.is_number() && key.direction.number() < 0; }

/// The text fields of an index; MongoDB's wildcard and fields of other types have nothing to index.
std::vector<std::string> text_fields(const schema::ClassSchema& class_schema, const schema::Index& index) {
  std::vector<std::string> fields;
  for (const schema::IndexKey& key : index.keys) {
    const schema::Field* field = class_schema.find_field(key.field);
    if (is_text_key(key) && field != nullptr && field->type.kind == FieldKind::kString) fields.push_back(key.field);
  }
  return fields;
}

/// A key may also be a dotted path, a pointer as MongoDB stores it (`_p_owner`), or `_id`.
void append_key(const schema::ClassSchema& class_schema, const schema::IndexKey& key, sql::SqlText& out) {
  const std::size_t dot = key.field.find('.');
  const std::string name = key.field == "_id" ? "objectId" : key.field.substr(0, dot);
  const schema::Field* field = class_schema.find_field(name);
  if (field == nullptr)
    throw Error(ErrorCode::kInvalidQuery, fmt::format("Field {} does not exist, cannot add index.", key.field));
  if (dot != std::string::npos) {
    out.raw("value_at_path(").identifier(name).raw(",").bind(key.field.substr(dot + 1)).raw(")");
  } else if (field->type.kind == FieldKind::kGeoPoint) {
    out.identifier(latitude_column(name)).raw(", ").identifier(longitude_column(name));
  } else {
    out.identifier(name).raw(is_descending(key) ? " DESC" : "");
  }
}

sql::SqlText columns_sql(const std::vector<std::string>& fields, std::string_view prefix) {
  sql::SqlText sql;
  for (const std::string& field : fields) sql.raw(", ").raw(prefix).identifier(field);
  return sql;
}

sql::SqlText forget_row(const std::string& table, const std::vector<std::string>& fields) {
  sql::SqlText sql;
  sql.raw("INSERT INTO ").identifier(table).raw(" (").identifier(table).raw(", rowid").append(columns_sql(fields, ""));
  sql.raw(") VALUES ('delete', old.").identifier(kRowColumn).append(columns_sql(fields, "old.")).raw(");");
  return sql;
}

sql::SqlText learn_row(const std::string& table, const std::vector<std::string>& fields) {
  sql::SqlText sql;
  sql.raw("INSERT INTO ").identifier(table).raw(" (rowid").append(columns_sql(fields, "")).raw(") VALUES (new.");
  sql.identifier(kRowColumn).append(columns_sql(fields, "new.")).raw(");");
  return sql;
}

/// Triggers keep the text index in step inside the very statement that changes a row.
void create_text_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index) {
  const std::vector<std::string> fields = text_fields(class_schema, index);
  if (fields.empty()) return;
  const std::string table = text_index_name(class_schema.name, index.name);
  sql::SqlText create;
  create.raw("CREATE VIRTUAL TABLE IF NOT EXISTS ").identifier(table).raw(" USING fts5(");
  for (const std::string& field : fields) create.identifier(field).raw(", ");
  create.raw("content=").identifier(class_schema.name).raw(", content_rowid=").identifier(kRowColumn);
  connection.run(create.raw(", tokenize='porter unicode61')"));
  const auto trigger = [&](std::string_view suffix, std::string_view event, sql::SqlText body) {
    sql::SqlText sql;
    sql.raw("CREATE TRIGGER IF NOT EXISTS ").identifier(fmt::format("{}:{}", table, suffix)).raw(" AFTER ").raw(event);
    sql.raw(" ON ").identifier(class_schema.name).raw(" BEGIN ").append(std::move(body)).raw(" END");
    connection.run(sql);
  };
  trigger("new", "INSERT", learn_row(table, fields));
  trigger("gone", "DELETE", forget_row(table, fields));
  sql::SqlText columns;
  for (const std::string& field : fields) columns.raw(&field == &fields.front() ? "" : ", ").identifier(field);
  trigger("changed", "UPDATE OF " + columns.text(), forget_row(table, fields).append(learn_row(table, fields)));
  connection.run(
      sql::SqlText().raw("INSERT INTO ").identifier(table).raw(" (").identifier(table).raw(") VALUES ('rebuild')"));
}

void drop_text_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index) {
  const std::string table = text_index_name(class_schema.name, index.name);
  for (const char* suffix : {"new", "gone", "changed"}) {
    connection.run(sql::SqlText().raw("DROP TRIGGER IF EXISTS ").identifier(fmt::format("{}:{}", table, suffix)));
  }
  connection.run(sql::SqlText().raw("DROP TABLE IF EXISTS ").identifier(table));
}

/// The constraints of a partial index, with their values in the text: DDL takes no bound values.
void append_partial_where(const schema::ClassSchema& class_schema, const object::Object& constraints,
                          sql::SqlText& out) {
  schema::Schema schema;
  schema.set(class_schema);
  const query::Where where =
      query::parse_where(constraints, {.schema = schema, .class_name = class_schema.name, .is_master = true});
  out.raw(" WHERE ");
  SqliteWhere(schema, out).append(*schema.find(class_schema.name), "", where);
}

}  // namespace

std::string index_name(const std::string& class_name, const std::string& index) {
  return fmt::format("ix:{}:{}", class_name, index);
}

std::string text_index_name(const std::string& class_name, const std::string& index) {
  return fmt::format("fts:{}:{}", class_name, index);
}

const schema::Index* find_text_index(const schema::ClassSchema& class_schema, std::string_view field) {
  const auto covers = [&](const schema::Index& index) {
    return std::any_of(index.keys.begin(), index.keys.end(),
                       [&](const schema::IndexKey& key) { return is_text_key(key) && key.field == field; });
  };
  const auto found = std::find_if(class_schema.indexes.begin(), class_schema.indexes.end(), covers);
  return found == class_schema.indexes.end() ? nullptr : &*found;
}

void create_built_in_index(Connection& connection, const std::string& class_name) {
  connection.run(sql::SqlText()
                     .raw("CREATE INDEX IF NOT EXISTS ")
                     .identifier(fmt::format("made:{}", class_name))
                     .raw(" ON ")
                     .identifier(class_name)
                     .raw(" (\"createdAt\")"));
}

void create_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index) {
  if (is_text_index(index)) return create_text_index(connection, class_schema, index);
  sql::SqlText sql(sql::Values::kInText);
  sql.raw(index.unique ? "CREATE UNIQUE INDEX IF NOT EXISTS " : "CREATE INDEX IF NOT EXISTS ");
  sql.identifier(index_name(class_schema.name, index.name)).raw(" ON ").identifier(class_schema.name).raw(" (");
  for (const schema::IndexKey& key : index.keys) {
    if (&key != &index.keys.front()) sql.raw(", ");
    append_key(class_schema, key, sql);
    if (index.case_insensitive) sql.raw(" COLLATE NOCASE");
  }
  sql.raw(")");
  if (index.where) append_partial_where(class_schema, *index.where, sql);
  connection.run(sql);
}

void drop_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index) {
  if (is_text_index(index)) return drop_text_index(connection, class_schema, index);
  connection.run(sql::SqlText().raw("DROP INDEX IF EXISTS ").identifier(index_name(class_schema.name, index.name)));
}

void drop_indexes_on(Connection& connection, const std::string& class_name, const std::string& column) {
  std::vector<std::string> names;
  {
    StatementUse use(
        connection.prepare("SELECT DISTINCT l.name FROM pragma_index_list(?) AS l, pragma_index_info(l.name) "
                           "AS i WHERE i.name = ? AND l.origin = 'c'"),
        {std::string_view(class_name), std::string_view(column)});
    while (use->step()) names.emplace_back(use->text(0));
  }
  for (const std::string& name : names) connection.run(sql::SqlText().raw("DROP INDEX ").identifier(name));
}

}  // namespace parse::storage::sqlite
