#include "storage/sql/find_sql.h"

#include <limits>

#include "storage/sql/columns.h"

namespace parse::storage::sql {
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

/// Appends ORDER BY terms, separated as SQL wants them.
class OrderSql {
 public:
  OrderSql(const schema::ClassSchema& class_schema, WhereSql& translation, SqlText& out)
      : class_schema_(class_schema), translation_(translation), out_(out) {}

  void append_near(const query::FieldCondition& condition) {
    const auto target = WhereSql::find_target(class_schema_, kMainAlias, condition.path);
    if (!target || target->field->type.kind != FieldKind::kGeoPoint || !target->rest.empty()) return;
    begin_term();
    translation_.append_distance(*target, std::get<query::Near>(condition.constraint).center);
  }

  void append_field(const query::OrderTerm& term) {
    const auto target = WhereSql::find_target(class_schema_, kMainAlias, term.path);
    if (!target || target->field->type.kind == FieldKind::kRelation) return;
    begin_term();
    translation_.append_order_operand(*target);
    out_.raw(term.descending ? " DESC" : " ASC");
    if (!is_never_null(term.path)) out_.raw(term.descending ? " NULLS FIRST" : " NULLS LAST");
  }

  /// Best first, whichever direction was written: that is what $score means.
  void append_score(const query::FieldCondition& search) {
    begin_term();
    append_text_score(class_schema_, search, translation_);
    out_.raw(" DESC");
    if (!translation_.row_order().empty()) out_.raw(", ").column(kMainAlias, translation_.row_order());
  }

 private:
  void begin_term() {
    out_.raw(is_first_ ? " ORDER BY " : ", ");
    is_first_ = false;
  }

  const schema::ClassSchema& class_schema_;
  WhereSql& translation_;
  SqlText& out_;
  bool is_first_ = true;
};

/// Distance goes before the order asked for, as in the reference.
void append_order(const schema::ClassSchema& class_schema, const query::Find& find, WhereSql& translation,
                  SqlText& out) {
  OrderSql order(class_schema, translation, out);
  if (const query::FieldCondition* near = find_constraint<query::Near>(find.where)) order.append_near(*near);
  const query::FieldCondition* search = find_text_search(find.where);
  for (const query::OrderTerm& term : find.order) {
    if (!term.is_text_score) {
      order.append_field(term);
    } else if (search != nullptr) {
      order.append_score(*search);
    }
  }
}

}  // namespace

const query::FieldCondition* find_text_search(const query::Where& where) {
  return find_constraint<query::TextSearch>(where);
}

void append_text_score(const schema::ClassSchema& class_schema, const query::FieldCondition& search,
                       WhereSql& translation) {
  if (const auto target = WhereSql::find_target(class_schema, kMainAlias, search.path))
    translation.append_text_score(*target, std::get<query::TextSearch>(search.constraint));
}

void append_find_tail(const schema::ClassSchema& class_schema, const query::Find& find, WhereSql& translation,
                      SqlText& out) {
  out.raw(" FROM ").identifier(class_schema.name).raw(" AS ").raw(kMainAlias);
  if (!find.where.conditions.empty()) {
    out.raw(" WHERE ");
    translation.append(class_schema, kMainAlias, find.where);
  }
  append_order(class_schema, find, translation, out);
  if (!find.limit && find.skip == 0) return;
  out.raw(" LIMIT ").bind(find.limit.value_or(std::numeric_limits<std::int64_t>::max()));
  if (find.skip > 0) out.raw(" OFFSET ").bind(find.skip);
}

}  // namespace parse::storage::sql
