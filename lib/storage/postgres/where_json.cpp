#include "storage/postgres/json_condition.h"
#include "storage/postgres/postgres_where.h"

namespace parse::storage::postgres {
namespace {

using schema::FieldKind;

/// The text that `path` must equal, when a unique index over the path compares it as text: then so does the query, and
/// the index answers it. How users are found by `authData.<provider>.id`.
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

/// How a column compares with others: those of one class are compared as they are.
enum class Comparable {
  kText,
  kNumber,
  kBoolean,
  kDate,
  kJson,
};

Comparable comparable_class(const sql::WhereSql::Target& target) {
  if (!target.rest.empty()) return Comparable::kJson;
  switch (target.field->type.kind) {
    case FieldKind::kString:
    case FieldKind::kPointer:
    case FieldKind::kFile:
      return Comparable::kText;
    case FieldKind::kNumber:
      return Comparable::kNumber;
    case FieldKind::kBoolean:
      return Comparable::kBoolean;
    case FieldKind::kDate:
      return Comparable::kDate;
    default:
      return Comparable::kJson;
  }
}

bool is_json(FieldKind kind) {
  return kind == FieldKind::kArray || kind == FieldKind::kObject || kind == FieldKind::kBytes;
}

}  // namespace

void PostgresWhere::append_acl_list(std::string_view alias, std::string_view column,
                                    const query::Constraint& constraint) {
  JsonCondition(out(), [&] { out().raw("to_jsonb(").column(alias, column).raw(")"); }, JsonCondition::Root::kList, {})
      .append(constraint);
}

void PostgresWhere::append_json(const Target& target, const query::Constraint& constraint) {
  const auto* exists = std::get_if<query::Exists>(&constraint);
  if (const std::string* text = indexed_text(target.class_schema, target.path, constraint)) {
    append_indexed_path(target);
    out().raw(" = ").bind(std::string_view(*text));
  } else if (exists != nullptr && target.rest.empty()) {
    column(target).raw(exists->exists ? " IS NOT NULL" : " IS NULL");
  } else {
    json_condition(target).append(constraint);
  }
}

JsonCondition PostgresWhere::json_condition(const Target& target) {
  const bool is_list = target.field->type.kind == FieldKind::kArray;
  return {out(), [this, target] { column(target); }, is_list ? JsonCondition::Root::kList : JsonCondition::Root::kMap,
          target.rest};
}

/// ("authData"->'provider'->>'id'), as the index over the path spells it.
void PostgresWhere::append_indexed_path(const Target& target) {
  out().raw("(");
  column(target);
  for (std::string_view rest = target.rest; !rest.empty();) {
    const std::size_t dot = rest.find('.');
    out().raw(dot == std::string_view::npos ? "->>" : "->").literal(rest.substr(0, dot));
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  }
  out().raw(")");
}

void PostgresWhere::append_order_operand(const Target& target) {
  const FieldKind kind = target.field->type.kind;
  if (!target.rest.empty()) {
    json_condition(target).append_comparable();
  } else if (kind == FieldKind::kGeoPoint) {
    column(target).raw("[1]");
  } else {
    column(target).raw(kind == FieldKind::kPolygon ? "::text" : "");
  }
}

/// Columns of different types meet as jsonb.
void PostgresWhere::append_comparable(const Target& target, const Target* other) {
  const Comparable kind = comparable_class(target);
  if (!target.rest.empty()) {
    json_condition(target).append_comparable();
  } else if (is_json(target.field->type.kind) || other == nullptr ||
             (kind != Comparable::kJson && kind == comparable_class(*other))) {
    column(target);
  } else if (kind == Comparable::kDate) {
    out().raw("to_jsonb(to_char(");
    column(target).raw(R"sql( AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))sql");
  } else {
    out().raw("to_jsonb(");
    column(target).raw(kind == Comparable::kJson ? "::text)" : ")");
  }
}

void PostgresWhere::append_element_in(const Target& target, bool by_object_id, const std::function<void()>& subselect) {
  out().raw("EXISTS (SELECT 1 FROM jsonb_path_query(");
  column(target).raw(", '$[*]') AS e WHERE ");
  out().raw(by_object_id ? std::string_view("e->>'objectId'") : kComparableElement).raw(" IN (");
  subselect();
  out().raw("))");
}

}  // namespace parse::storage::postgres
