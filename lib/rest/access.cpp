#include "rest/access.h"

#include <fmt/format.h>

#include <utility>

#include "base/overloaded.h"
#include "query/redirect.h"
#include "rest/denial.h"
#include "rest/schema_service.h"
#include "schema/names.h"

namespace parse::rest {
namespace {

bool is_write(std::string_view operation) {
  return operation == "create" || operation == "update" || operation == "delete";
}

query::Condition points_to_caller(const std::string& field, const auth::Principal& principal) {
  return query::FieldCondition{field, query::Equal{object::Pointer{"_User", principal.user_id}}};
}

/// The objects that point to the caller in one of `fields`. A field may be a Pointer, or an Array of pointers.
query::Condition pointed_objects(const auth::Principal& principal, const schema::ClassSchema& class_schema,
                                 const std::vector<std::string>& fields) {
  if (principal.user_id.empty()) return query::Never{};
  query::Or any;
  for (const std::string& name : fields) {
    const schema::Field* field = class_schema.find_field(name);
    if (field == nullptr) continue;
    query::Where part;
    if (field->type.kind == schema::FieldKind::kArray) {
      part.conditions.push_back(
          query::FieldCondition{name, query::ContainsAll{{object::Pointer{"_User", principal.user_id}}}});
    } else {
      part.conditions.push_back(points_to_caller(name, principal));
    }
    any.parts.push_back(std::move(part));
  }
  return any;
}

/// Walks a where tree and restricts every sub-query and relation owner in it to what the caller may read.
class SubqueryGuard {
 public:
  explicit SubqueryGuard(const Context& context) : context_(context) {}

  void restrict(query::Where& where) {
    for (query::Condition& condition : where.conditions) {
      std::visit(overloaded{
                     [&](query::FieldCondition& field) { restrict(field.constraint); },
                     [&](query::And& group) { restrict(group.parts); },
                     [&](query::Or& group) { restrict(group.parts); },
                     [&](query::Nor& group) { restrict(group.parts); },
                     [&](query::RelatedTo& related) { restrict_owner(related); },
                     [](query::AclAllows&) {},
                     [](query::Never&) {},
                 },
                 condition);
    }
  }

  void add_read_rules(const std::string& class_name, schema::Operation operation, query::Where& where) const {
    if (context_.principal.bypasses_permissions()) return;
    if (auto reach = check_class_permission(context_, class_name, operation)) {
      where.conditions.push_back(std::move(*reach));
    }
    if (class_name == "_Session") where.conditions.push_back(points_to_caller("user", context_.principal));
    where.conditions.push_back(query::AclAllows{query::AclRight::kRead, context_.principal.acl_group()});
  }

 private:
  void restrict(std::vector<query::Where>& parts) {
    for (query::Where& part : parts) restrict(part);
  }
  void restrict(query::Constraint& constraint) {
    if (auto* in_query = std::get_if<query::InQuery>(&constraint)) restrict(in_query->query);
    if (auto* select = std::get_if<query::Select>(&constraint)) {
      restrict(select->query);
      // A hidden field has no values to select, as in the reference.
      if (!Visibility(context_, select->query.class_name).has_values(select->key)) {
        select->query.where->conditions.push_back(query::Never{});
      }
    }
  }
  void restrict(query::Subquery& subquery) {
    subquery.class_name =
        query::redirected_class(*context_.schemas.snapshot(), subquery.class_name, subquery.redirect_key);
    subquery.redirect_key.reset();
    check_class_access(context_, subquery.class_name, "find");
    check_class_exists(context_, subquery.class_name);
    Visibility(context_, subquery.class_name).check_query(*subquery.where, {});
    restrict(*subquery.where);
    add_read_rules(subquery.class_name, schema::Operation::kFind, *subquery.where);
    const auto bound = context_.settings.limits.subquery_results;
    if (bound && !context_.principal.bypasses_permissions() && (!subquery.limit || *subquery.limit > *bound)) {
      subquery.limit = *bound;
    }
  }
  void restrict_owner(query::RelatedTo& related) {
    if (context_.principal.bypasses_permissions()) return;
    check_class_access(context_, related.owner.class_name, "get");
    Visibility(context_, related.owner.class_name).check_field(related.key);
    add_read_rules(related.owner.class_name, schema::Operation::kGet, *related.owner_where);
  }

  const Context& context_;
};

}  // namespace

void check_class_access(const Context& context, std::string_view class_name, std::string_view operation) {
  const auth::Principal& principal = context.principal;
  const auto refuse = [&](std::string_view collection) {
    throw denial(
        context.settings, ErrorCode::kOperationForbidden,
        fmt::format("Clients aren't allowed to perform the {} operation on the {} collection.", operation, collection));
  };
  if (!principal.bypasses_permissions()) {
    if (class_name == "_Installation" && (operation == "delete" || operation == "find")) refuse("installation");
    if (schema::is_master_only_class(class_name)) refuse(class_name);
  }
  // Writes are answered by the rules of sessions.
  const bool is_read = operation == "find" || operation == "get" || operation == "delete";
  if (class_name == "_Session" && is_read && principal.user_id.empty() && !principal.is_master()) {
    throw denial(context.settings, ErrorCode::kInvalidSessionToken, "Invalid session token");
  }
  if (principal.is_read_only() && is_write(operation)) {
    throw denial(context.settings, ErrorCode::kOperationForbidden,
                 fmt::format("read-only masterKey isn't allowed to perform the {} operation.", operation));
  }
}

void check_class_exists(const Context& context, std::string_view class_name) {
  if (context.settings.allow_client_class_creation || context.principal.bypasses_permissions()) return;
  if (schema::is_system_class(class_name) || context.schemas.snapshot()->find(class_name) != nullptr) return;
  throw denial(context.settings, ErrorCode::kOperationForbidden,
               fmt::format("This user is not allowed to access non-existent class: {}", class_name));
}

std::optional<query::Condition> check_class_permission(const Context& context, std::string_view class_name,
                                                       schema::Operation operation, bool updating) {
  if (context.principal.bypasses_permissions()) return std::nullopt;
  const auto snapshot = context.schemas.snapshot();
  const schema::ClassSchema* class_schema = snapshot->find(class_name);
  if (class_schema == nullptr || !class_schema->permissions) return std::nullopt;
  const schema::ClassPermissions permissions(*class_schema->permissions);
  switch (permissions.check(operation, context.principal.acl_group(), updating)) {
    case schema::Verdict::kAllowed:
      return std::nullopt;
    case schema::Verdict::kPointerUsersOnly:
      return pointed_objects(context.principal, *class_schema, permissions.user_fields(operation));
    case schema::Verdict::kNeedsLogin:
      throw denial(context.settings, ErrorCode::kObjectNotFound, "Permission denied, user needs to be authenticated.");
    case schema::Verdict::kDenied:
      break;
  }
  throw denial(
      context.settings, ErrorCode::kOperationForbidden,
      fmt::format("Permission denied for action {} on class {}.", schema::operation_name(operation), class_name));
}

void check_create_permission(const Context& context, std::string_view class_name) {
  if (!check_class_permission(context, class_name, schema::Operation::kCreate)) return;
  throw denial(context.settings, ErrorCode::kOperationForbidden,
               fmt::format("Permission denied for action create on class {}.", class_name));
}

FindPlan authorize_find(const Context& context, query::Find find, schema::Operation operation) {
  Visibility visibility(context, find.class_name);
  visibility.check_query(find.where, find.order);
  SubqueryGuard guard(context);
  guard.restrict(find.where);
  guard.add_read_rules(find.class_name, operation, find.where);
  auto schema = context.schemas.snapshot();
  visibility.narrow(find, schema->find(find.class_name));
  return FindPlan(std::move(find), std::move(schema), std::move(visibility));
}

FindPlan authorize_writable(const Context& context, const ObjectId& object, schema::Operation operation) {
  query::Find find;
  find.class_name = object.class_name;
  find.where = writable_object(context, object, operation);
  find.limit = 1;
  Visibility visibility(context, object.class_name);
  auto schema = context.schemas.snapshot();
  visibility.narrow(find, schema->find(object.class_name));
  return FindPlan(std::move(find), std::move(schema), std::move(visibility));
}

query::Where writable_object(const Context& context, const ObjectId& object, schema::Operation operation) {
  query::Where where;
  where.conditions.push_back(query::FieldCondition{"objectId", query::Equal{object.id}});
  if (auto reach = check_class_permission(context, object.class_name, operation)) {
    where.conditions.push_back(std::move(*reach));
  }
  if (!context.principal.bypasses_permissions()) {
    where.conditions.push_back(query::AclAllows{query::AclRight::kWrite, context.principal.acl_group()});
  }
  return where;
}

}  // namespace parse::rest
