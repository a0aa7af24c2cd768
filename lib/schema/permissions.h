#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "object/value.h"
#include "schema/class_schema.h"

/// Class-level permissions. Source: REST guide, "Class Level Permissions"; parse-server SchemaController validateCLP
/// and validatePermission.
namespace parse::schema {

enum class Operation { kFind, kGet, kCount, kCreate, kUpdate, kDelete, kAddField };

/// "find", "addField" …: the name in `classLevelPermissions` and in messages.
std::string_view operation_name(Operation operation);
/// The other way round; nullopt for another name.
std::optional<Operation> operation_from_name(std::string_view name);

/// What class-level permissions say to a caller without the master key.
enum class Verdict {
  kAllowed,
  /// Refused with kOperationForbidden (119).
  kDenied,
  /// A login is required; refused with kObjectNotFound (101).
  kNeedsLogin,
  /// Only for users that the object points to in one of `ClassPermissions::user_fields`.
  kPointerUsersOnly,
};

/// A verdict with the entry that decided it, as to_entities writes it: "*", "authenticated", the caller's "role:Name"
/// or id. Empty when no entry lets the caller in by itself. Points into the group that was asked for, or at a constant.
struct Decision {
  Verdict verdict = Verdict::kDenied;
  std::string_view entry = {};
};

/// The permissions of one class, read in place: a view, which must not outlive the class it was taken from. An
/// operation that is missing is closed to everybody but the master key.
class ClassPermissions {
 public:
  explicit ClassPermissions(const object::Object& stored) : stored_(stored) {}

  /// `group` is "*", then the caller's user id and "role:Name" entries. `updating` matters for kAddField alone: pointer
  /// permissions cover fields added by an update, not by a create.
  Decision decide(Operation operation, const std::vector<std::string>& group, bool updating = false) const;
  Verdict check(Operation operation, const std::vector<std::string>& group, bool updating = false) const {
    return decide(operation, group, updating).verdict;
  }
  bool allows(Operation operation, const std::vector<std::string>& group) const {
    return check(operation, group) == Verdict::kAllowed;
  }
  /// Fields whose users may do `operation`: its `pointerFields` and the class-wide readUserFields or writeUserFields.
  std::vector<std::string> user_fields(Operation operation) const;
  /// `protectedFields`: who -> hidden fields; nullptr when there are none.
  const object::Object* protected_fields() const;
  /// `ACL`: what a new object gets that comes without one; nullptr when there is none.
  const object::Object* default_acl() const;

 private:
  const object::Object& stored_;
};

/// The view on what validate_permissions once accepted.
inline ClassPermissions read_permissions(const object::Object& stored) { return ClassPermissions(stored); }

/// Checks `classLevelPermissions` of a request against the class they are for. `custom_ids`: user ids may be any text.
/// Throws kInvalidJson (107) naming what is wrong.
void validate_permissions(const object::Object& permissions, const ClassSchema& class_schema, bool custom_ids);

}  // namespace parse::schema
