#include "rest/changes.h"

#include <utility>

#include "object/acl.h"
#include "object/nested_keys.h"

namespace parse::rest {
namespace {

bool is_server_time(const object::Member& member) {
  return (member.key == "createdAt" || member.key == "updatedAt") && member.value.is<object::Date>();
}

/// A plain value moves into its change; only operators are read.
object::UpdateOp read_op(object::Value value) {
  const object::Object* map = value.get_if<object::Object>();
  if (map != nullptr && map->contains("__op")) return object::read_update_op(value);
  return object::SetValue{std::move(value)};
}

void check_acl(const object::UpdateOp& op) {
  if (const auto* set = std::get_if<object::SetValue>(&op)) object::read_acl(set->value);
}

}  // namespace

object::Update read_changes(const Context& context, object::Object body) {
  context.settings.denied_keywords.check(body);
  object::Update changes;
  changes.reserve(body.size());
  for (object::Member& member : body) {
    if (is_server_time(member)) continue;
    object::UpdateOp op = read_op(std::move(member.value));
    if (member.key == "ACL") check_acl(op);
    if (const auto* set = std::get_if<object::SetValue>(&op)) object::check_nested_keys(set->value);
    changes.push_back({std::move(member.key), std::move(op)});
  }
  return changes;
}

bool is_echoed(const object::UpdateOp& op) {
  return !std::holds_alternative<object::SetValue>(op) && !std::holds_alternative<object::DeleteField>(op) &&
         !std::holds_alternative<object::ChangeRelation>(op);
}

}  // namespace parse::rest
