#include "object/pointer_identity.h"

#include <string>
#include <string_view>

namespace parse::object {

std::optional<Pointer> pointer_identity(const Value& value) {
  if (const auto* pointer = value.get_if<Pointer>()) return *pointer;
  const Object* map = value.get_if<Object>();
  if (map == nullptr) return std::nullopt;
  const auto text = [&](std::string_view key) {
    const Value* member = map->find(key);
    return member ? member->get_if<std::string>() : nullptr;
  };
  const auto* type = text("__type");
  const auto* class_name = text("className");
  const auto* object_id = text("objectId");
  if (!type || *type != "Object" || !class_name || !object_id) return std::nullopt;
  return Pointer{*class_name, *object_id};
}

}  // namespace parse::object
