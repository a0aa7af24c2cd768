#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "query/where.h"
#include "rest/context.h"
#include "rest/object_id.h"
#include "rest/visibility.h"
#include "schema/permissions.h"

namespace parse::rest {

/// A read that has passed every permission rule. Only rest/access makes one, so an unchecked query cannot reach
/// storage.
class FindPlan {
 public:
  const query::Find& find() const { return find_; }
  const schema::Schema& schema() const { return *schema_; }
  const schema::ClassSchema* class_schema() const { return schema_->find(find_.class_name); }
  /// What of the objects found may leave the server.
  const Visibility& visibility() const { return visibility_; }

 private:
  friend FindPlan authorize_writable(const Context& context, const ObjectId& object, schema::Operation operation);
  friend FindPlan authorize_find(const Context& context, query::Find find, schema::Operation operation);
  FindPlan(query::Find find, std::shared_ptr<const schema::Schema> schema, Visibility visibility)
      : find_(std::move(find)), schema_(std::move(schema)), visibility_(std::move(visibility)) {}

  query::Find find_;
  std::shared_ptr<const schema::Schema> schema_;
  Visibility visibility_;
};

/// Names of operations in messages: "find", "get", "create", "update", "delete", "aggregate".
/// Refuses internal classes to all but the master and maintenance keys, sessions to callers without one, writes to the
/// read-only master key, and `find` and `delete` on _Installation to clients. Throws kOperationForbidden (119),
/// kInvalidClassName (103) for a bad name. Source: parse-server SharedRest enforceRoleSecurity; REST spec, "Access
/// control".
void check_class_access(const Context& context, std::string_view class_name, std::string_view operation);

/// With allowClientClassCreation off, a client may not touch a class that does not exist. Throws kOperationForbidden
/// (119).
void check_class_exists(const Context& context, std::string_view class_name);

/// Class-level permission for `operation`. nullopt: for every object, but for ACLs. Otherwise only for objects that
/// meet the condition: those that point to the caller in one of the permission's fields. Throws kOperationForbidden
/// (119), or kObjectNotFound (101) where the class requires a login. `updating` matters for kAddField alone.
std::optional<query::Condition> check_class_permission(const Context& context, std::string_view class_name,
                                                       schema::Operation operation, bool updating = false);

/// Throws unless the caller may create objects of the class: pointer permissions cannot cover an object that does not
/// exist yet. Errors as check_class_permission.
void check_create_permission(const Context& context, std::string_view class_name);

/// Adds to `find`, and to every sub-query in it, what the caller may read: class-level permissions, own sessions only,
/// then ACLs; takes out protected fields. Throws as check_class_permission, and kOperationForbidden (119) for a
/// condition or order on a protected field.
FindPlan authorize_find(const Context& context, query::Find find, schema::Operation operation);

/// As writable_object, to read it: what Cloud Code is shown of an object before the caller changes or deletes it.
FindPlan authorize_writable(const Context& context, const ObjectId& object, schema::Operation operation);

/// The object with that id, if the class lets the caller do `operation` (update or delete) and the ACL lets him write.
/// Throws as check_class_permission.
query::Where writable_object(const Context& context, const ObjectId& object, schema::Operation operation);

}  // namespace parse::rest
