#include "rest/changes.h"

#include <utility>

#include "base/error.h"
#include "object/acl.h"
#include "object/nested_keys.h"
#include "query/geo.h"

namespace parse::rest {
namespace {

/// Times of the object as a client may send them back, or try to delete them: the server keeps its own.
bool is_server_time(const std::string& key, const object::UpdateOp& op) {
  if (key != "createdAt" && key != "updatedAt") return false;
  const auto* set = std::get_if<object::SetValue>(&op);
  return std::holds_alternative<object::DeleteField>(op) || (set != nullptr && set->value.is<object::Date>());
}

void check_name(const std::string& key) {
  if (key.starts_with("authData.")) throw Error(ErrorCode::kInvalidKeyName, "Invalid field name for update: " + key);
}

/// A plain value moves into its change; only operators are read.
object::UpdateOp read_op(object::Value value) {
  const object::Object* map = value.get_if<object::Object>();
  if (map != nullptr && map->contains("__op")) return object::read_update_op(value);
  return object::SetValue{std::move(value)};
}

/// Deleting the ACL leaves nobody but the master key, as in the reference: a slip must not open an object to all.
void settle_acl(object::UpdateOp& op) {
  if (std::holds_alternative<object::DeleteField>(op)) op = object::SetValue{object::Object()};
  if (const auto* set = std::get_if<object::SetValue>(&op)) object::read_acl(set->value);
}

/// What every stored value goes through: no `$` or `.` in nested keys, polygons closed.
void settle_value(object::Value& value) {
  object::check_nested_keys(value);
  if (auto* polygon = value.get_if<object::Polygon>()) value = query::closed_polygon(std::move(*polygon));
}

}  // namespace

object::Update read_changes(const Context& context, object::Object body) {
  context.settings.denied_keywords.check(body);
  object::Update changes;
  changes.reserve(body.size());
  for (object::Member& member : body) {
    check_name(member.key);
    object::UpdateOp op = read_op(std::move(member.value));
    if (is_server_time(member.key, op)) continue;
    if (member.key == "ACL") settle_acl(op);
    if (auto* set = std::get_if<object::SetValue>(&op)) settle_value(set->value);
    changes.push_back({std::move(member.key), std::move(op)});
  }
  return changes;
}

bool is_echoed(const object::UpdateOp& op) {
  return !std::holds_alternative<object::SetValue>(op) && !std::holds_alternative<object::DeleteField>(op) &&
         !std::holds_alternative<object::ChangeRelation>(op);
}

}  // namespace parse::rest
