#include "storage/sqlite/sqlite_where.h"

#include "base/overloaded.h"
#include "object/json.h"
#include "storage/sqlite/acl_text.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/functions.h"
#include "storage/sqlite/value_codec.h"

namespace parse::storage::sqlite {
namespace {

using schema::FieldKind;

/// Lists longer than this reach SQLite as one JSON value, so that the statement's text does not depend on their length.
constexpr std::size_t kMaxPlaceholders = 16;

/// The text that `path` must equal, when a unique index over the path compares whole values: then so does the query,
/// and the index answers it. How users are found by `authData.<provider>.id`.
const std::string* indexed_text(const schema::ClassSchema& class_schema, std::string_view path,
                                const query::Constraint& constraint) {
  const auto* equal = std::get_if<query::Equal>(&constraint);
  const std::string* text = equal ? equal->value.get_if<std::string>() : nullptr;
  if (text == nullptr || path.find('.') == std::string_view::npos) return nullptr;
  for (const schema::Index& index : class_schema.indexes) {
    if (index.unique && index.keys.size() == 1 && index.keys.front().field == path) return text;
  }
  return nullptr;
}

void append_json_value(std::string& json, const sql::SqlValue& value) {
  object::Value plain = std::visit(overloaded{
                                       [](std::int64_t v) { return object::Value(v); },
                                       [](double v) { return object::Value(v); },
                                       [](const std::string& v) { return object::Value(v); },
                                       [](std::string_view v) { return object::Value(v); },
                                       [](const auto&) { return object::Value(); },
                                   },
                                   value);
  if (json.size() > 1) json += ',';
  json += object::to_json(plain);
}

}  // namespace

void SqliteWhere::append_order_operand(const Target& target) { append_comparable(target, nullptr); }

void SqliteWhere::append_distance(const Target& target, const object::GeoPoint& center) {
  out().raw("geo_distance(").column(target.alias, latitude_column(target.field->name)).raw(",");
  out().column(target.alias, longitude_column(target.field->name)).raw(",").bind(center.latitude).raw(",");
  out().bind(center.longitude).raw(")");
}

void SqliteWhere::append_text_score(const Target& target, const query::TextSearch& search) {
  out().raw("text_score(").column(target.alias, target.path).raw(",").bind(std::string_view(search.term)).raw(")");
}

std::string_view SqliteWhere::row_order() const { return kRowColumn; }

std::optional<sql::SqlValue> SqliteWhere::encode(FieldKind kind, const object::Value& value) const {
  return encode_scalar(kind, value);
}

void SqliteWhere::append_acl(std::string_view alias, const query::AclAllows& acl) {
  const std::string_view name = acl.right == query::AclRight::kRead ? sql::kReadersColumn : sql::kWritersColumn;
  out().raw("(").column(alias, name).raw(" IS NULL OR acl_allows(").column(alias, name).raw(",");
  out().bind(acl_text(acl.principals)).raw("))");
}

void SqliteWhere::append_acl_list(std::string_view alias, std::string_view column,
                                  const query::Constraint& constraint) {
  out().raw("acl_list_matches(").column(alias, column).raw(",");
  out().bind(opaque_test(ValueTest(column, constraint))).raw(")");
}

void SqliteWhere::append_json(const Target& target, const query::Constraint& constraint) {
  const auto* exists = std::get_if<query::Exists>(&constraint);
  if (const std::string* text = indexed_text(target.class_schema, target.path, constraint)) {
    out().raw("value_at_path(");
    column(target).raw(",").literal(target.rest).raw(") = ").bind(std::string_view(*text));
  } else if (exists != nullptr && target.rest.empty()) {
    column(target).raw(exists->exists ? " IS NOT NULL" : " IS NULL");
  } else if (std::holds_alternative<query::TextSearch>(constraint)) {
    out().raw("FALSE");
  } else {
    out().raw("value_matches(");
    column(target).raw(",").bind(opaque_test(ValueTest(target.path, constraint))).raw(")");
  }
}

void SqliteWhere::append_list(const Target&, std::vector<sql::SqlValue> wanted, bool negated) {
  out().raw(negated ? " NOT IN (" : " IN (");
  if (wanted.size() <= kMaxPlaceholders) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (i > 0) out().raw(",");
      out().bind(std::move(wanted[i]));
    }
  } else {
    std::string json = "[";
    for (const sql::SqlValue& value : wanted) append_json_value(json, value);
    out().raw("SELECT value FROM json_each(").bind(json + "]").raw(")");
  }
  out().raw(")");
}

void SqliteWhere::append_equal_ignoring_case(const Target& target, std::string_view text) {
  column(target).raw(" = ").bind(text).raw(" COLLATE NOCASE");
}

void SqliteWhere::append_regex(const Target& target, const query::Regex& regex) {
  const FieldKind kind = target.field->type.kind;
  if (kind != FieldKind::kString && kind != FieldKind::kFile && kind != FieldKind::kPointer) {
    out().raw("FALSE");
    return;
  }
  if (const auto prefix = sql::literal_prefix(regex)) {
    out().raw("(");
    column(target).raw(" >= ").bind(*prefix).raw(" AND ");
    // No UTF-8 text holds the byte FF, so everything that begins with the prefix sorts before this.
    column(target).raw(" < ").bind(std::string(*prefix) + '\xff').raw(")");
    return;
  }
  out().raw("regex_matches(");
  column(target).raw(",").bind(std::string_view(regex.pattern)).raw(",");
  out().bind(std::string_view(regex.options)).raw(")");
}

void SqliteWhere::append_comparable(const Target& target, const Target*) {
  if (target.rest.empty()) {
    column(target);
    return;
  }
  out().raw("value_at_path(");
  column(target).raw(",").bind(target.rest).raw(")");
}

void SqliteWhere::append_element_in(const Target& target, bool by_object_id, const std::function<void()>& subselect) {
  out().raw("EXISTS (SELECT 1 FROM json_each(");
  column(target).raw(") AS element WHERE ");
  if (by_object_id) out().raw("CASE WHEN element.type = 'object' THEN json_extract(element.value, '$.objectId') END");
  if (!by_object_id) out().raw("element.value");
  out().raw(" IN (");
  subselect();
  out().raw("))");
}

sql::SqlText& SqliteWhere::column(const Target& target) {
  if (target.field->type.kind == FieldKind::kGeoPoint)
    return out().column(target.alias, latitude_column(target.field->name));
  return WhereSql::column(target);
}

}  // namespace parse::storage::sqlite
