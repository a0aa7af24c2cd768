#include "object/acl.h"

#include "base/error.h"

namespace parse::object {
namespace {

bool grants(const Object& entry, std::string_view right) {
  const Value* value = entry.find(right);
  return value != nullptr && value->truthy();
}

void add_right(Object& acl, const std::string& id, std::string_view right) {
  Value* entry = acl.find(id);
  if (entry == nullptr) entry = &acl.append(id, Object());
  entry->get_if<Object>()->set(right, true);
}

}  // namespace

Acl read_acl(const Value& value) {
  if (value.is_null()) return {};
  const Object* map = value.get_if<Object>();
  if (map == nullptr) throw Error(ErrorCode::kInvalidAcl, "Invalid ACL.");
  Acl acl{std::vector<std::string>(), std::vector<std::string>()};
  for (const auto& [id, entry] : *map) {
    if (id == "*unresolved") throw Error(ErrorCode::kInvalidAcl, "Invalid ACL.");
    const Object* rights = entry.get_if<Object>();
    if (rights == nullptr) throw Error(ErrorCode::kInvalidAcl, "Invalid ACL.");
    if (grants(*rights, "read")) acl.readers->push_back(id);
    if (grants(*rights, "write")) acl.writers->push_back(id);
  }
  return acl;
}

Object write_acl(const Acl& acl) {
  Object map;
  if (acl.readers) {
    for (const auto& id : *acl.readers) add_right(map, id, "read");
  }
  if (acl.writers) {
    for (const auto& id : *acl.writers) add_right(map, id, "write");
  }
  return map;
}

}  // namespace parse::object
