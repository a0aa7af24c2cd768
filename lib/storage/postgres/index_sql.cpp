#include "storage/postgres/index_sql.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "query/where_parser.h"
#include "schema/default_classes.h"
#include "storage/postgres/columns.h"
#include "storage/postgres/postgres_where.h"

namespace parse::storage::postgres {
namespace {

using schema::ClassSchema;
using schema::Field;
using schema::FieldKind;
using schema::Index;
using schema::IndexKey;

/// One key with what it is about.
struct Key {
  const Field& field;
  /// What follows the first dot.
  std::string_view path;
  bool is_text;
  bool is_descending;
};

Key read_key(const ClassSchema& class_schema, const IndexKey& key) {
  const std::string_view path = key.field == "_id" ? std::string_view("objectId") : std::string_view(key.field);
  const std::size_t dot = path.find('.');
  const Field* field = class_schema.find_field(path.substr(0, dot));
  if (field == nullptr)
    throw Error(ErrorCode::kInvalidQuery, fmt::format("Field {} does not exist, cannot add index.", key.field));
  if (columns_of(*field).size() != 1)
    throw Error(ErrorCode::kInvalidQuery, fmt::format("Field {} cannot be indexed.", key.field));
  const auto* direction = key.direction.get_if<std::string>();
  return {*field, dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1),
          direction != nullptr && *direction == "text", key.direction.is_number() && key.direction.number() < 0};
}

bool is_place(const Key& key) {
  return key.field.type.kind == FieldKind::kGeoPoint || key.field.type.kind == FieldKind::kPolygon;
}
bool is_text(const Key& key) { return key.is_text && key.field.type.kind == FieldKind::kString; }
bool is_json(const Key& key) {
  return key.field.type.kind == FieldKind::kArray || key.field.type.kind == FieldKind::kObject;
}

/// ("o"->'a'->>'b'), as conditions spell it.
void append_path(const Key& key, sql::SqlText& out) {
  out.raw("(").identifier(key.field.name);
  for (std::string_view rest = key.path; !rest.empty();) {
    const std::size_t dot = rest.find('.');
    out.raw(dot == std::string_view::npos ? "->>" : "->").literal(rest.substr(0, dot));
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  }
  out.raw(")");
}

void append_plain(const Key& key, bool ignores_case, sql::SqlText& out) {
  if (!key.path.empty()) {
    append_path(key, out);
  } else if (ignores_case) {
    out.raw("lower(").identifier(key.field.name).raw(") varchar_pattern_ops");
  } else if (key.field.type.kind == FieldKind::kGeoPoint) {
    out.raw("(").identifier(key.field.name).raw("[0]), (").identifier(key.field.name).raw("[1])");
  } else if (key.field.type.kind == FieldKind::kPolygon) {
    out.raw("(").identifier(key.field.name).raw("::text)");
  } else {
    out.identifier(key.field.name).raw(key.is_descending ? " DESC" : "");
  }
}

template <typename Wanted, typename Append>
void append_list(const std::vector<Key>& keys, const Wanted& wanted, const Append& append, sql::SqlText& out) {
  std::string_view separator;
  for (const Key& key : keys) {
    if (!wanted(key)) continue;
    out.raw(separator);
    append(key);
    separator = ", ";
  }
  out.raw(")");
}

bool is_text_array(const Table* table, const Key& key) {
  const TableColumn* column = table ? table->find_column(key.field.name) : nullptr;
  return column != nullptr && column->type == ColumnType::kTextArray;
}

void append_keys(const Index& index, const std::vector<Key>& keys, const Table* table, sql::SqlText& out) {
  const auto any = [](const Key&) { return true; };
  if (std::any_of(keys.begin(), keys.end(), is_text)) {
    const auto words = [&](const Key& key) {
      out.raw("to_tsvector('english'::regconfig, ").identifier(key.field.name).raw(")");
    };
    append_list(keys, is_text, words, out.raw("USING gin ("));
  } else if (!index.unique && std::any_of(keys.begin(), keys.end(), is_place)) {
    append_list(
        keys, is_place, [&](const Key& key) { out.identifier(key.field.name); }, out.raw("USING gist ("));
  } else if (!index.unique && keys.size() == 1 && is_json(keys.front())) {
    out.raw("USING gin (").identifier(keys.front().field.name);
    out.raw(is_text_array(table, keys.front()) ? ")" : " jsonb_path_ops)");
  } else {
    append_list(
        keys, any, [&](const Key& key) { append_plain(key, index.case_insensitive, out); }, out.raw("("));
  }
}

/// The constraints of a partial index, with their values in the text: DDL takes no bound values.
void append_partial_where(const ClassSchema& class_schema, const object::Object& constraints, sql::SqlText& out) {
  schema::Schema schema;
  schema.set(class_schema);
  const query::Where where =
      query::parse_where(constraints, {.schema = schema, .class_name = class_schema.name, .is_master = true});
  out.raw(" WHERE ");
  PostgresWhere(schema, out).append(*schema.find(class_schema.name), "", where);
}

}  // namespace

sql::SqlText index_target(const ClassSchema& class_schema, const Index& index, const Table* table) {
  std::vector<Key> keys;
  keys.reserve(index.keys.size());
  for (const IndexKey& key : index.keys) keys.push_back(read_key(class_schema, key));
  sql::SqlText sql(sql::Values::kInText);
  sql.identifier(class_schema.name).raw(" ");
  append_keys(index, keys, table, sql);
  if (index.where) {
    append_partial_where(class_schema, *index.where, sql);
  } else if (schema::is_default_index(class_schema.name, index.name) && !keys.front().path.empty()) {
    append_path(keys.front(), sql.raw(" WHERE "));
    sql.raw(" IS NOT NULL");
  }
  return sql;
}

}  // namespace parse::storage::postgres
