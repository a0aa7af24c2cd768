#include "apps/parsectl/role_tree.h"

#include <fmt/format.h>

#include <algorithm>

#include "apps/parsectl/lookup.h"

namespace parse::ctl {

using object::Array;
using object::Object;
using object::Value;

RoleTree::RoleTree(std::vector<Role> roles) : roles_(std::move(roles)) {
  for (Role& role : roles_) std::sort(role.below.begin(), role.below.end());
  std::sort(roles_.begin(), roles_.end(), [](const Role& left, const Role& right) { return left.name < right.name; });
}

const RoleTree::Role* RoleTree::find(const std::string& name) const {
  const auto found = std::lower_bound(roles_.begin(), roles_.end(), name,
                                      [](const Role& role, const std::string& wanted) { return role.name < wanted; });
  return found == roles_.end() || found->name != name ? nullptr : &*found;
}

void RoleTree::add_with_all_below(const std::string& name, std::set<std::string>& names) const {
  const Role* role = find(name);
  if (role == nullptr || !names.insert(name).second) return;
  for (const std::string& below : role->below) add_with_all_below(below, names);
}

bool RoleTree::is_below(const std::string& name, const std::string& top) const {
  std::set<std::string> names;
  add_with_all_below(top, names);
  return names.contains(name);
}

/// Those that are below no other; of a circle that nothing leads to, the first.
std::vector<std::string> RoleTree::tops() const {
  std::set<std::string> inner;
  for (const Role& role : roles_) inner.insert(role.below.begin(), role.below.end());
  std::vector<std::string> names;
  std::set<std::string> shown;
  for (const bool takes_circles : {false, true}) {
    for (const Role& role : roles_) {
      if (takes_circles ? shown.contains(role.name) : inner.contains(role.name)) continue;
      names.push_back(role.name);
      add_with_all_below(role.name, shown);
    }
  }
  return names;
}

void RoleTree::print(const std::string& name, std::vector<std::string>& path, std::string& text) const {
  const Role* role = find(name);
  if (role == nullptr) return;
  const bool comes_again = std::find(path.begin(), path.end(), name) != path.end();
  text += fmt::format("{:{}}{} ({} user{}){}\n", "", path.size() * 2, name, role->users, role->users == 1 ? "" : "s",
                      comes_again ? " -- below itself: a circle" : "");
  if (comes_again) return;
  path.push_back(name);
  for (const std::string& below : role->below) print(below, path, text);
  path.pop_back();
}

std::string RoleTree::text(const std::string& top) const {
  std::string text;
  std::vector<std::string> path;
  for (const std::string& name : top.empty() ? tops() : std::vector{top}) print(name, path, text);
  return text;
}

Array RoleTree::rows(const std::string& top) const {
  std::set<std::string> wanted;
  if (!top.empty()) add_with_all_below(top, wanted);
  Array rows;
  for (const Role& role : roles_) {
    if (!top.empty() && !wanted.contains(role.name)) continue;
    rows.emplace_back(Object{{"name", role.name},
                             {"objectId", role.object_id},
                             {"users", role.users},
                             {"roles", Array(role.below.begin(), role.below.end())}});
  }
  return rows;
}

RoleTree read_role_tree(client::RestClient& server, RoleTreeWish wish) {
  std::vector<RoleTree::Role> roles;
  for (const Value& json : find_all(server, {"/roles"})) {
    const Object& found = json.as<Object>();
    RoleTree::Role role{text_at(found, "name"), text_at(found, "objectId"), 0, {}};
    const object::Pointer pointer = pointer_to("_Role", found);
    for (const Value& below : find_all(server, {"/roles", related_to(pointer, "roles")}))
      role.below.push_back(text_at(below.as<Object>(), "name"));
    if (wish.counts_users) role.users = count(server, {"/users", related_to(pointer, "users")});
    roles.push_back(std::move(role));
  }
  return RoleTree(std::move(roles));
}

}  // namespace parse::ctl
