#include <fmt/format.h>

#include "base/error.h"
#include "base/overloaded.h"
#include "storage/sql/columns.h"
#include "storage/sql/where_sql.h"

namespace parse::storage::sql {

using schema::FieldKind;

const schema::ClassSchema* WhereSql::class_of(const query::Subquery& subquery) const {
  const schema::ClassSchema* found = schema_.find(subquery.class_name);
  if (found == nullptr || !subquery.redirect_key) return found;
  const schema::Field* field = found->find_field(*subquery.redirect_key);
  if (field == nullptr || field->type.target_class.empty()) return found;
  return schema_.find(field->type.target_class);
}

std::optional<WhereSql::Target> WhereSql::selected_target(const query::Subquery& subquery, std::string_view key,
                                                          std::string_view alias) const {
  const schema::ClassSchema* class_schema = class_of(subquery);
  auto target = class_schema ? find_target(*class_schema, alias, key) : std::nullopt;
  if (target && target->field->type.kind == FieldKind::kRelation) return std::nullopt;
  return target;
}

void WhereSql::append_subselect(const query::Subquery& subquery, std::string_view key, const Target* other) {
  const std::string alias = make_alias();
  const auto target = selected_target(subquery, key, alias);
  if (!target) {
    out_.raw("SELECT NULL WHERE FALSE");
    return;
  }
  out_.raw("SELECT ");
  append_comparable(*target, other);
  out_.raw(" FROM ").identifier(target->class_schema.name).raw(" AS ").raw(alias).raw(" WHERE ");
  append(target->class_schema, alias, *subquery.where);
  // NOT IN a list that holds a NULL is never true.
  out_.raw(" AND ");
  append_comparable(*target, other);
  out_.raw(" IS NOT NULL");
  if (subquery.limit) out_.raw(" LIMIT ").bind(*subquery.limit);
}

void WhereSql::append_in_query(const Target& target, const query::InQuery& constraint) {
  const FieldKind kind = target.field->type.kind;
  if (kind == FieldKind::kString && target.rest.empty())
    throw Error(ErrorCode::kInvalidQuery, fmt::format("{} element type mismatch: expected string for field \"{}\"",
                                                      constraint.negated ? "$nin" : "$in", target.field->name));
  if (kind != FieldKind::kPointer && kind != FieldKind::kArray) {
    out_.raw(constraint.negated ? "TRUE" : "FALSE");
    return;
  }
  out_.raw(constraint.negated ? "(NOT (" : "((");
  if (kind == FieldKind::kArray) {
    append_element_in(target, true, [&] { append_subselect(constraint.query, "objectId"); });
  } else {
    column(target).raw(" IN (");
    append_subselect(constraint.query, "objectId");
    out_.raw(")");
  }
  out_.raw(")");
  if (constraint.negated) {
    out_.raw(" OR ");
    column(target).raw(" IS NULL");
  }
  out_.raw(")");
}

void WhereSql::append_select(const Target& target, const query::Select& constraint) {
  const auto selected = selected_target(constraint.query, constraint.key, {});
  if (!selected) {
    out_.raw(constraint.negated ? "TRUE" : "FALSE");
    return;
  }
  out_.raw(constraint.negated ? "(NOT (" : "((");
  const auto subselect = [&] { append_subselect(constraint.query, constraint.key, &target); };
  const bool has_elements = target.field->type.kind == FieldKind::kArray && target.rest.empty();
  if (has_elements) {
    append_element_in(target, false, subselect);
  } else {
    append_comparable(target, &*selected);
    out_.raw(" IN (");
    subselect();
    out_.raw(")");
  }
  out_.raw(")");
  if (constraint.negated) {
    out_.raw(" OR ");
    append_comparable(target, &*selected);
    out_.raw(" IS NULL");
  }
  out_.raw(")");
}

/// The row is the owner of one of the members that `related_ids` appends.
void WhereSql::append_members(const Target& target, bool negated, const std::function<void()>& related_ids) {
  out_.column(target.alias, "objectId").raw(negated ? " NOT IN (" : " IN (");
  out_.raw("SELECT \"owningId\" FROM ").identifier(join_table(target.class_schema.name, target.field->name));
  out_.raw(" WHERE \"relatedId\" IN (");
  related_ids();
  out_.raw("))");
}

/// Conditions on a Relation field ask which objects are members.
void WhereSql::append_relation(const Target& target, const query::Constraint& constraint) {
  const auto member_of = [&](const object::Array& values, bool negated) {
    append_members(target, negated, [&] {
      bool first = true;
      for (const object::Value& value : values) {
        const auto* member = value.get_if<object::Pointer>();
        if (member == nullptr) continue;
        if (!first) out_.raw(",");
        first = false;
        out_.bind(member->object_id);  // a copy: `values` may end before the statement runs
      }
      if (first) out_.raw("SELECT NULL WHERE FALSE");
    });
    ++next_alias_;  // the join table was read
  };
  std::visit(overloaded{
                 [&](const query::Equal& c) { member_of({c.value}, false); },
                 [&](const query::NotEqual& c) { member_of({c.value}, true); },
                 [&](const query::In& c) { member_of(c.values, false); },
                 [&](const query::NotIn& c) { member_of(c.values, true); },
                 [&](const query::ContainsAll& c) {
                   out_.raw(c.values.empty() ? "(FALSE" : "(TRUE");
                   for (const object::Value& value : c.values) {
                     out_.raw(" AND ");
                     member_of({value}, false);
                   }
                   out_.raw(")");
                 },
                 [&](const query::InQuery& c) {
                   append_members(target, c.negated, [&] { append_subselect(c.query, "objectId"); });
                 },
                 [&](const auto&) { out_.raw("FALSE"); },
             },
             constraint);
}

void WhereSql::append_related_to(std::string_view alias, const query::RelatedTo& condition) {
  const schema::ClassSchema* owner = schema_.find(condition.owner.class_name);
  const schema::Field* field = owner ? owner->find_field(condition.key) : nullptr;
  if (field == nullptr || field->type.kind != FieldKind::kRelation) {
    out_.raw("FALSE");
    return;
  }
  out_.column(alias, "objectId").raw(" IN (SELECT \"relatedId\" FROM ");
  out_.identifier(join_table(owner->name, condition.key)).raw(" WHERE \"owningId\" = ");
  out_.bind(std::string_view(condition.owner.object_id));
  append_owner_check(condition);
  out_.raw(")");
}

void WhereSql::append_owner_check(const query::RelatedTo& condition) {
  const schema::ClassSchema& owner = *schema_.find(condition.owner.class_name);
  const std::string alias = make_alias();
  out_.raw(" AND EXISTS (SELECT 1 FROM ").identifier(owner.name).raw(" AS ").raw(alias).raw(" WHERE ");
  out_.column(alias, "objectId").raw(" = ").bind(std::string_view(condition.owner.object_id)).raw(" AND (");
  append(owner, alias, *condition.owner_where);
  out_.raw("))");
}

}  // namespace parse::storage::sql
