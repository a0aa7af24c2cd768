#pragma once

#include <string>
#include <vector>

/// Who is calling.
namespace parse::auth {

enum class PrincipalKind { kAnonymous, kUser, kReadOnlyMaster, kMaster, kMaintenance };

/// The caller of one request, as the keys and session of the request prove it. A value; immutable once made.
struct Principal {
  PrincipalKind kind = PrincipalKind::kAnonymous;
  /// Set for kUser.
  std::string user_id = {};
  /// As sent, whoever the caller is; proven for kUser.
  std::string session_token = {};
  /// "role:Name" entries, for kUser.
  std::vector<std::string> roles = {};

  /// The master key, or the read-only one: admin reads are allowed.
  bool is_master() const { return kind == PrincipalKind::kMaster || kind == PrincipalKind::kReadOnlyMaster; }
  bool is_read_only() const { return kind == PrincipalKind::kReadOnlyMaster; }
  bool is_maintenance() const { return kind == PrincipalKind::kMaintenance; }
  /// Class-level permissions, ACLs and protected fields do not apply.
  bool bypasses_permissions() const { return is_master() || is_maintenance(); }
  /// "*", then the roles, then the user's id: what ACLs and class-level permissions are checked against.
  std::vector<std::string> acl_group() const {
    std::vector<std::string> group{"*"};
    group.insert(group.end(), roles.begin(), roles.end());
    if (!user_id.empty()) group.push_back(user_id);
    return group;
  }
};

}  // namespace parse::auth
