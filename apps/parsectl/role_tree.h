#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "client/rest_client.h"
#include "object/value.h"

namespace parse::ctl {

/// The roles of an application. A role below another one (in its `roles`) gives its users that one, too. Roles may be
/// below several others, and, by mistake, below themselves.
class RoleTree {
 public:
  struct Role {
    std::string name;
    std::string object_id;
    /// Users that were given the role itself.
    std::int64_t users = 0;
    /// Names of the roles directly below, sorted.
    std::vector<std::string> below;
  };

  /// Takes the roles in any order; names are unique.
  explicit RoleTree(std::vector<Role> roles);

  /// Whether `name` is `top`, or anywhere below it.
  bool is_below(const std::string& name, const std::string& top) const;
  /// A line for each role, indented below each one it belongs to; only below `top` unless that is "". A role that comes
  /// again below itself is marked, and not followed.
  std::string text(const std::string& top) const;
  /// `{"name": …, "objectId": …, "users": 3, "roles": ["…"]}` for each role, or for those below `top`.
  object::Array rows(const std::string& top) const;

 private:
  const Role* find(const std::string& name) const;
  void add_with_all_below(const std::string& name, std::set<std::string>& names) const;
  void print(const std::string& name, std::vector<std::string>& path, std::string& text) const;
  std::vector<std::string> tops() const;

  std::vector<Role> roles_;  // sorted by name
};

struct RoleTreeWish {
  /// One more call for each role.
  bool counts_users = true;
};

/// Reads all roles and what is below each.
RoleTree read_role_tree(client::RestClient& server, RoleTreeWish wish);

}  // namespace parse::ctl
