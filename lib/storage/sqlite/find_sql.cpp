#include "storage/sqlite/find_sql.h"

#include "storage/sqlite/columns.h"
#include "storage/sqlite/where_sql.h"

namespace parse::storage::sqlite {
namespace {

using schema::FieldKind;

/// The condition with a constraint of this type that every result satisfies, or nullptr.
template <typename Wanted>
const query::FieldCondition* find_constraint(const query::Where& where) {
  for (const query::Condition& condition : where.conditions) {
    if (const auto* field = std::get_if<query::FieldCondition>(&condition)) {
      if (std::holds_alternative<Wanted>(field->constraint)) return field;
    } else if (const auto* all = std::get_if<query::And>(&condition)) {
      for (const query::Where& part : all->parts) {
        if (const auto* found = find_constraint<Wanted>(part)) return found;
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

bool append_near_order(const schema::ClassSchema& class_schema, const query::FieldCondition& condition,
                       sql::SqlText& out) {
  const schema::Field* field = class_schema.find_field(condition.path);
  if (field == nullptr || field->type.kind != FieldKind::kGeoPoint) return false;
  const auto& near = std::get<query::Near>(condition.constraint);
  out.raw(" ORDER BY geo_distance(").column(kMainAlias, latitude_column(field->name)).raw(",");
  out.column(kMainAlias, longitude_column(field->name)).raw(",").bind(near.center.latitude).raw(",");
  out.bind(near.center.longitude).raw(")");
  return true;
}

/// Distance goes before the order asked for, as in the reference.
void append_order(const schema::ClassSchema& class_schema, const query::Find& find, sql::SqlText& out) {
  const query::FieldCondition* near = find_constraint<query::Near>(find.where);
  bool first = near == nullptr || !append_near_order(class_schema, *near, out);
  const query::FieldCondition* search = find_text_search(find.where);
  for (const query::OrderTerm& term : find.order) {
    if (!term.is_text_score) {
      append_term(class_schema, term, first, out);
    } else if (search != nullptr) {
      out.raw(first ? " ORDER BY " : ", ");
      append_text_score(*search, out);
      // Best first, whichever direction was written: that is what $score means.
      out.raw(" DESC, ").column(kMainAlias, kRowColumn);
      first = false;
    }
  }
}

}  // namespace

const query::FieldCondition* find_text_search(const query::Where& where) {
  return find_constraint<query::TextSearch>(where);
}

void append_text_score(const query::FieldCondition& search, sql::SqlText& out) {
  out.raw("text_score(").column(kMainAlias, search.path).raw(",");
  out.bind(std::string_view(std::get<query::TextSearch>(search.constraint).term)).raw(")");
}

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
