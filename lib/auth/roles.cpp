#include "auth/roles.h"

#include <set>
#include <utility>

namespace parse::auth {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// Levels of roles above a user that are followed: a bound on what a single request can cost.
constexpr int kMaxLevels = 100;

struct Found {
  std::set<std::string> names;
  std::set<std::string> ids;
};

/// The roles whose relation `key` holds one of `members`; returns pointers to those not seen before.
Array add_roles(storage::Operations& storage, const schema::Schema& schema, const char* key, Array members,
                Found& found) {
  query::Find find;
  find.class_name = "_Role";
  find.keys = std::vector<std::string>{"name"};
  find.where.conditions.push_back(query::FieldCondition{key, query::In{std::move(members)}});
  object::ValueBuilder builder;
  builder.begin_array();
  storage.find(schema, find, builder);
  builder.end_array();
  const Value rows = builder.take();
  Array added;
  for (const Value& row : rows.as<Array>()) {
    const Object& role = row.as<Object>();
    const std::string& id = role.at("objectId").as<std::string>();
    if (!found.ids.insert(id).second) continue;
    if (const Value* name = role.find("name"); name != nullptr && name->is<std::string>()) {
      found.names.insert("role:" + name->as<std::string>());
    }
    added.emplace_back(object::Pointer{"_Role", id});
  }
  return added;
}

std::vector<std::string> resolve(storage::Operations& storage, const schema::Schema& schema,
                                 const std::string& user_id) {
  Found found;
  if (schema.find("_Role") == nullptr) return {};
  Array level = add_roles(storage, schema, "users", {object::Pointer{"_User", user_id}}, found);
  for (int depth = 1; !level.empty() && depth < kMaxLevels; ++depth) {
    level = add_roles(storage, schema, "roles", std::move(level), found);
  }
  return {found.names.begin(), found.names.end()};
}

}  // namespace

Roles::Roles(storage::Adapter& storage, cache::MemoryCacheSettings cache) : storage_(storage), cache_(cache) {}

Roles::Names Roles::of_user(const schema::Schema& schema, const std::string& user_id) {
  if (auto cached = cache_.get(user_id)) return cached;
  const auto generation = cache_.generation(user_id);
  auto roles = std::make_shared<const std::vector<std::string>>(resolve(storage_, schema, user_id));
  cache_.put_if_current(user_id, roles, generation);
  return roles;
}

}  // namespace parse::auth
