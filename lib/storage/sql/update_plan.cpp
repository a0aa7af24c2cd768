#include "storage/sql/update_plan.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "storage/sql/find_sql.h"

namespace parse::storage::sql {
namespace {

SqlValue number_value(const object::Value& amount) {
  if (const auto* integer = amount.get_if<std::int64_t>()) return *integer;
  return amount.number();
}

std::string_view first_name(std::string_view path) { return path.substr(0, path.find('.')); }

}  // namespace

UpdatePlan::UpdatePlan(const schema::Schema& schema, const UpdateRequest& request, EncodeField encode)
    : request_(request), encode_(std::move(encode)) {
  const auto found = schema.classes().find(request.class_name);
  if (found == schema.classes().end()) return;
  class_schema_ = found->second;
  for (const object::FieldUpdate& change : request.changes) plan_change(change);
  if (request.updated_at) {
    const object::Value time(*request.updated_at);
    encode_(*class_schema_->find_field("updatedAt"), &time, assignments_);
  }
}

void UpdatePlan::plan_change(const object::FieldUpdate& change) {
  if (std::holds_alternative<object::ChangeRelation>(change.op)) {
    relations_.push_back(&change);
    return;
  }
  if (std::holds_alternative<object::SetOnInsert>(change.op)) return;
  const std::string_view name = first_name(change.path);
  const schema::Field* field = class_schema_->find_field(name);
  if (field == nullptr) {
    if (std::holds_alternative<object::DeleteField>(change.op)) return;
    throw Error(ErrorCode::kInternal, "Internal server error.", "field " + change.path + " is not in the schema");
  }
  if (name.size() != change.path.size()) {
    reads_first_ = true;
  } else if (const auto* set = std::get_if<object::SetValue>(&change.op)) {
    encode_(*field, &set->value, assignments_);
  } else if (std::holds_alternative<object::DeleteField>(change.op)) {
    encode_(*field, nullptr, assignments_);
  } else if (const auto* sum = std::get_if<object::Increment>(&change.op);
             sum != nullptr && field->type.kind == schema::FieldKind::kNumber) {
    sums_.push_back({field->name, number_value(sum->amount)});
  } else {
    reads_first_ = true;
  }
}

std::optional<std::string> UpdatePlan::only_id() const {
  for (const query::Condition& condition : request_.where.conditions) {
    const auto* field = std::get_if<query::FieldCondition>(&condition);
    const auto* equal = field && field->path == "objectId" ? std::get_if<query::Equal>(&field->constraint) : nullptr;
    const auto* id = equal ? equal->value.get_if<std::string>() : nullptr;
    if (id != nullptr) return *id;
  }
  return std::nullopt;
}

void UpdatePlan::append_update(SqlText& out) const {
  append_assignments(assignments_, out);
  for (const Sum& sum : sums_) {
    out.raw(", ").identifier(sum.column).raw(" = COALESCE(").column(kMainAlias, sum.column).raw(", 0) + ");
    out.bind(sum.amount);
  }
}

void UpdatePlan::append_update_of(object::Object& object, SqlText& out) const {
  append_assignments(changed_columns(object), out);
}

/// Applies the changes to `object`; the columns of every field that they touch, borrowing from it.
std::vector<ColumnValue> UpdatePlan::changed_columns(object::Object& object) const {
  for (const object::FieldUpdate& change : request_.changes) {
    if (!std::holds_alternative<object::ChangeRelation>(change.op))
      object::apply_update_at(object, change.path, change.op);
  }
  std::vector<ColumnValue> columns;
  for (const schema::Field& field : class_schema_->fields) {
    const bool is_touched = std::ranges::any_of(
        request_.changes, [&](const object::FieldUpdate& change) { return first_name(change.path) == field.name; });
    if (is_touched) encode_(field, object.find(field.name), columns);
  }
  if (request_.updated_at) {
    const object::Value time(*request_.updated_at);
    encode_(*class_schema_->find_field("updatedAt"), &time, columns);
  }
  return columns;
}

void UpdatePlan::append_assignments(const std::vector<ColumnValue>& columns, SqlText& out) const {
  out.raw("UPDATE ").identifier(class_schema_->name).raw(" AS ").raw(kMainAlias).raw(" SET ");
  bool first = true;
  for (const ColumnValue& column : columns) {
    out.raw(first ? "" : ", ").identifier(column.column).raw(" = ").bind(column.value);
    first = false;
  }
  // SQL wants at least one assignment.
  if (first) out.identifier("updatedAt").raw(" = ").column(kMainAlias, "updatedAt");
}

}  // namespace parse::storage::sql
