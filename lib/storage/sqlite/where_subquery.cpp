#include <fmt/format.h>

#include "base/error.h"
#include "base/overloaded.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/value_codec.h"
#include "storage/sqlite/where_sql.h"

namespace parse::storage::sqlite {

using schema::FieldKind;

const schema::ClassSchema* WhereSql::class_of(const query::Subquery& subquery) const {
  const schema::ClassSchema* found = schema_.find(subquery.class_name);
  if (found == nullptr || !subquery.redirect_key) return found;
  const schema::Field* field = found->find_field(*subquery.redirect_key);
  if (field == nullptr || field->type.target_class.empty()) return found;
  return schema_.find(field->type.target_class);
}

bool WhereSql::append_subselect(const query::Subquery& subquery, std::string_view key) {
  const schema::ClassSchema* class_schema = class_of(subquery);
  const std::size_t dot = key.find('.');
  const schema::Field* field = class_schema ? class_schema->find_field(key.substr(0, dot)) : nullptr;
  if (field == nullptr || field->type.kind == FieldKind::kRelation || field->type.kind == FieldKind::kAcl) return false;
  const std::string alias = make_alias();
  const Target target{*class_schema, alias, field,
                      dot == std::string_view::npos ? std::string_view() : key.substr(dot + 1), key};
  out_.raw("SELECT ");
  append_select_operand(target);
  out_.raw(" FROM ").identifier(class_schema->name).raw(" AS ").raw(alias).raw(" WHERE ");
  append(*class_schema, alias, *subquery.where);
  // NOT IN a list that holds a NULL is never true.
  out_.raw(" AND ");
  column(target).raw(" IS NOT NULL");
  if (subquery.limit) out_.raw(" LIMIT ").bind(*subquery.limit);
  return true;
}

/// The column, or the value inside its JSON, as something that SQL compares.
void WhereSql::append_select_operand(const Target& target) {
  if (target.rest.empty()) {
    column(target);
    return;
  }
  out_.raw("value_at_path(");
  column(target).raw(",").bind(target.rest).raw(")");
}

void WhereSql::append_in_query(const Target& target, const query::InQuery& constraint) {
  const FieldKind kind = target.field->type.kind;
  if (kind == FieldKind::kString && target.rest.empty())
    throw Error(ErrorCode::kInvalidQuery, fmt::format("{} element type mismatch: expected string for field \"{}\"",
                                                      constraint.negated ? "$nin" : "$in", target.field->name));
  if (kind != FieldKind::kPointer && kind != FieldKind::kArray) {
    out_.raw(constraint.negated ? "1" : "0");
    return;
  }
  out_.raw(constraint.negated ? "(NOT (" : "((");
  if (kind == FieldKind::kArray) {
    out_.raw("EXISTS (SELECT 1 FROM json_each(");
    column(target).raw(") AS element WHERE CASE WHEN element.type = 'object' THEN ");
    out_.raw("json_extract(element.value, '$.objectId') END IN (");
  } else {
    column(target).raw(" IN (");
  }
  if (!append_subselect(constraint.query, "objectId")) out_.raw("SELECT NULL WHERE 0");
  out_.raw(kind == FieldKind::kArray ? ")))" : "))");
  if (constraint.negated) {
    out_.raw(" OR ");
    column(target).raw(" IS NULL");
  }
  out_.raw(")");
}

void WhereSql::append_select(const Target& target, const query::Select& constraint) {
  out_.raw(constraint.negated ? "(NOT (" : "((");
  if (target.field->type.kind == FieldKind::kArray && target.rest.empty()) {
    out_.raw("EXISTS (SELECT 1 FROM json_each(");
    column(target).raw(") AS element WHERE element.value IN (");
    if (!append_subselect(constraint.query, constraint.key)) out_.raw("SELECT NULL WHERE 0");
    out_.raw(")))");
  } else {
    append_select_operand(target);
    out_.raw(" IN (");
    if (!append_subselect(constraint.query, constraint.key)) out_.raw("SELECT NULL WHERE 0");
    out_.raw("))");
  }
  if (constraint.negated) {
    out_.raw(" OR ");
    append_select_operand(target);
    out_.raw(" IS NULL");
  }
  out_.raw(")");
}

/// Conditions on a Relation field ask which objects are members.
void WhereSql::append_relation(const Target& target, const query::Constraint& constraint) {
  const auto member_of = [&](const object::Array& values, bool negated) {
    out_.column(target.alias, "objectId").raw(negated ? " NOT IN (" : " IN (");
    out_.raw("SELECT \"owningId\" FROM ").identifier(join_table(target.class_schema.name, target.field->name));
    out_.raw(" WHERE \"relatedId\" IN (");
    bool first = true;
    for (const object::Value& value : values) {
      const auto* member = value.get_if<object::Pointer>();
      if (member == nullptr) continue;
      if (!first) out_.raw(",");
      first = false;
      out_.bind(member->object_id);  // a copy: `values` may end before the statement runs
    }
    out_.raw("))");
    ++next_alias_;  // the join table was read
  };
  const auto in_query = [&](const query::InQuery& c) {
    out_.column(target.alias, "objectId").raw(c.negated ? " NOT IN (" : " IN (");
    out_.raw("SELECT \"owningId\" FROM ").identifier(join_table(target.class_schema.name, target.field->name));
    out_.raw(" WHERE \"relatedId\" IN (");
    if (!append_subselect(c.query, "objectId")) out_.raw("SELECT NULL WHERE 0");
    out_.raw("))");
  };
  std::visit(overloaded{
                 [&](const query::Equal& c) { member_of({c.value}, false); },
                 [&](const query::NotEqual& c) { member_of({c.value}, true); },
                 [&](const query::In& c) { member_of(c.values, false); },
                 [&](const query::NotIn& c) { member_of(c.values, true); },
                 [&](const query::ContainsAll& c) {
                   out_.raw(c.values.empty() ? "(0" : "(1");
                   for (const object::Value& value : c.values) {
                     out_.raw(" AND ");
                     member_of({value}, false);
                   }
                   out_.raw(")");
                 },
                 in_query,
                 [&](const auto&) { out_.raw("0"); },
             },
             constraint);
}

void WhereSql::append_related_to(std::string_view alias, const query::RelatedTo& condition) {
  const schema::ClassSchema* owner = schema_.find(condition.owner.class_name);
  const schema::Field* field = owner ? owner->find_field(condition.key) : nullptr;
  if (field == nullptr || field->type.kind != FieldKind::kRelation) {
    out_.raw("0");
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

}  // namespace parse::storage::sqlite
