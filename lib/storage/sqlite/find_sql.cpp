#include "storage/sqlite/find_sql.h"

#include "storage/sqlite/columns.h"
#include "storage/sqlite/where_sql.h"

namespace parse::storage::sqlite {
namespace {

using schema::FieldKind;

/// The Near constraint that sorts the result, when there is one.
const query::FieldCondition* find_near(const query::Where& where) {
  for (const query::Condition& condition : where.conditions) {
    if (const auto* field = std::get_if<query::FieldCondition>(&condition)) {
      if (std::holds_alternative<query::Near>(field->constraint)) return field;
    } else if (const auto* all = std::get_if<query::And>(&condition)) {
      for (const query::Where& part : all->parts) {
        if (const auto* found = find_near(part)) return found;
      }
    }
  }
  return nullptr;
}

void append_term(const schema::ClassSchema& class_schema, const query::OrderTerm& term, bool& first,
                 sql::SqlText& out) {
  const std::string_view path = term.path;
  const std::size_t dot = path.find('.');
  const schema::Field* field = class_schema.find_field(path.substr(0, dot));
  if (field == nullptr || field->type.kind == FieldKind::kRelation || field->type.kind == FieldKind::kAcl) return;
  out.raw(first ? " ORDER BY " : ", ");
  first = false;
  if (dot != std::string_view::npos) {
    out.raw("value_at_path(").column(kMainAlias, field->name).raw(",").bind(path.substr(dot + 1)).raw(")");
  } else if (field->type.kind == FieldKind::kGeoPoint) {
    out.column(kMainAlias, latitude_column(field->name));
  } else {
    out.column(kMainAlias, field->name);
  }
  out.raw(term.descending ? " DESC" : " ASC");
  if (!is_never_null(path)) out.raw(term.descending ? " NULLS FIRST" : " NULLS LAST");
}

void append_near_order(const schema::ClassSchema& class_schema, const query::FieldCondition& condition,
                       sql::SqlText& out) {
  const schema::Field* field = class_schema.find_field(condition.path);
  if (field == nullptr || field->type.kind != FieldKind::kGeoPoint) return;
  const auto& near = std::get<query::Near>(condition.constraint);
  out.raw(" ORDER BY geo_distance(").column(kMainAlias, latitude_column(field->name)).raw(",");
  out.column(kMainAlias, longitude_column(field->name)).raw(",").bind(near.center.latitude).raw(",");
  out.bind(near.center.longitude).raw(")");
}

void append_order(const schema::ClassSchema& class_schema, const query::Find& find, sql::SqlText& out) {
  bool first = true;
  for (const query::OrderTerm& term : find.order) append_term(class_schema, term, first, out);
  if (!first) return;
  const query::FieldCondition* near = find_near(find.where);
  if (near != nullptr) append_near_order(class_schema, *near, out);
}

}  // namespace

void append_find_tail(const schema::Schema& schema, const schema::ClassSchema& class_schema, const query::Find& find,
                      sql::SqlText& out) {
  out.raw(" FROM ").identifier(class_schema.name).raw(" AS ").raw(kMainAlias);
  if (!find.where.conditions.empty()) {
    out.raw(" WHERE ");
    WhereSql(schema, out).append(class_schema, kMainAlias, find.where);
  }
  append_order(class_schema, find, out);
  out.raw(" LIMIT ").bind(find.limit.value_or(-1)).raw(" OFFSET ").bind(find.skip);
}

}  // namespace parse::storage::sqlite
