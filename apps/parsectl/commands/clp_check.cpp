#include <fmt/format.h>

#include <map>
#include <memory>

#include "apps/parsectl/commands/clp_group.h"
#include "apps/parsectl/schema_calls.h"
#include "object/json.h"
#include "schema/names.h"
#include "schema/permission_text.h"
#include "schema/permissions.h"
#include "schema/protected_fields.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;
using schema::Verdict;

struct Check {
  std::string class_name;
  std::string operation;
  std::string user;
  std::string role;
  bool is_anonymous = false;
};

/// Who asks, with the roles that the server gives to such a caller.
struct Caller {
  std::string name;
  std::string user_id;
  /// "role:Name" -> how it came: "" when given directly, else the role that belongs to it.
  std::map<std::string, std::string> roles;

  std::vector<std::string> role_names() const {
    std::vector<std::string> names;
    for (const auto& [role, source] : roles) names.push_back(role);
    return names;
  }
  std::vector<std::string> group() const {
    std::vector<std::string> group{"*"};
    for (const std::string& role : role_names()) group.push_back(role);
    if (!user_id.empty()) group.push_back(user_id);
    return group;
  }
};

Array find_roles(Session& session, const Object& where) {
  const Value answer =
      session.server().get("/roles", {{"where", object::to_json(where)}, {"keys", "name"}, {"limit", "10000"}});
  return answer.as<Object>().at("results").as<Array>();
}

/// Adds the roles found, then those that they belong to, one level after the other.
void add_roles(Session& session, const Array& found, const std::string& source, Caller& caller) {
  for (const Value& row : found) {
    const Object& role = row.as<Object>();
    const std::string name = "role:" + role.at("name").as<std::string>();
    if (!caller.roles.emplace(name, source).second) continue;
    const object::Pointer pointer{"_Role", role.at("objectId").as<std::string>()};
    add_roles(session, find_roles(session, {{"roles", pointer}}), name, caller);
  }
}

Caller find_caller(Session& session, const Check& flags) {
  Caller caller;
  if (flags.is_anonymous) {
    caller.name = "anonymous";
  } else if (!flags.user.empty()) {
    try {
      session.server().get("/users/" + client::segment(flags.user), {{"keys", "objectId"}});
    } catch (const client::Refusal& refusal) {
      if (refusal.code() != ErrorCode::kObjectNotFound) throw;
      throw Failure(ExitCode::kNotFound, fmt::format("there is no user with the id '{}'", flags.user));
    }
    caller.name = "user " + flags.user;
    caller.user_id = flags.user;
    const Object holds_user{{"users", object::Pointer{"_User", flags.user}}};
    add_roles(session, find_roles(session, holds_user), "", caller);
  } else {
    const Array found = find_roles(session, {{"name", flags.role}});
    if (found.empty()) throw Failure(ExitCode::kNotFound, fmt::format("there is no role '{}'", flags.role));
    caller.name = "role " + flags.role;
    add_roles(session, found, "", caller);
  }
  return caller;
}

/// "role:admin, to which role:editors belongs"
std::string with_origin(std::string_view entry, const Caller& caller) {
  std::string text(entry);
  auto role = caller.roles.find(text);
  while (role != caller.roles.end() && !role->second.empty()) {
    text += fmt::format(", to which {} belongs", role->second);
    role = caller.roles.find(role->second);
  }
  return text;
}

struct Answer {
  std::string verdict;
  std::string reason;
  bool is_allowed = false;
};

Answer denied(std::string reason) { return {"denied", std::move(reason), false}; }

std::string rule_text(const Object& permissions, const std::string& operation) {
  const Value* rule = permissions.find(operation);
  const Object* map = rule ? rule->get_if<Object>() : nullptr;
  return fmt::format("{} is open to {}", operation,
                     schema::entities_text(map ? schema::to_entities(*map) : std::vector<std::string>()));
}

Answer answer_pointers(const schema::ClassPermissions& permissions, schema::Operation operation, const Caller& caller) {
  const std::string fields = fmt::format("{}", fmt::join(permissions.user_fields(operation), " or "));
  if (caller.user_id.empty() && caller.roles.empty())
    return denied(fmt::format("only for users to whom an object points in {}, and nobody is logged in", fields));
  const bool is_update_only = operation == schema::Operation::kAddField;
  return {
      "some objects",
      fmt::format("objects that point to the user in {}{}", fields, is_update_only ? ", when they are updated" : ""),
      true};
}

Answer decide(const Object& stored, const Check& flags, const Caller& caller) {
  const std::string& name = flags.class_name;
  const bool is_installation = name == "_Installation" && (flags.operation == "find" || flags.operation == "delete");
  if (schema::is_master_only_class(name) || is_installation)
    return denied(fmt::format("the server keeps {} of {} for the master key", flags.operation, name));
  const schema::Operation operation = *schema::operation_from_name(flags.operation);
  const schema::ClassPermissions permissions(stored);
  const std::vector<std::string> group = caller.group();
  const schema::Decision decision = permissions.decide(operation, group, true);
  const std::string rule = rule_text(stored, flags.operation);
  switch (decision.verdict) {
    case Verdict::kAllowed:
      return {"allowed", fmt::format("{} by the entry {}", flags.operation, with_origin(decision.entry, caller)), true};
    case Verdict::kPointerUsersOnly:
      return answer_pointers(permissions, operation, caller);
    case Verdict::kNeedsLogin:
      return denied(rule + ", and nobody is logged in");
    case Verdict::kDenied:
      break;
  }
  return denied(rule);
}

std::vector<std::string> hidden_fields(const Object& permissions, const Caller& caller) {
  const std::vector<std::string> roles = caller.role_names();
  // A member of a role is logged in, whoever it is.
  const std::string id = caller.user_id.empty() && !roles.empty() ? "?" : caller.user_id;
  return schema::ProtectedFields(schema::ClassPermissions(permissions).protected_fields(), nullptr, {id, roles})
      .hidden();
}

void check_flags(const Check& flags) {
  const int callers = (flags.user.empty() ? 0 : 1) + (flags.role.empty() ? 0 : 1) + (flags.is_anonymous ? 1 : 0);
  if (callers != 1) throw Failure(ExitCode::kUsage, "say who asks: --user ID, --role NAME or --anonymous, one of them");
  if (!schema::operation_from_name(flags.operation))
    throw Failure(ExitCode::kUsage, fmt::format("'{}' is no operation", flags.operation),
                  fmt::format("use one of {}", fmt::join(schema::operation_names(), ", ")));
}

void check_permission(Session& session, const Check& flags) {
  check_flags(flags);
  const Object definition = read_class(session, flags.class_name);
  const Object& permissions = definition.at("classLevelPermissions").as<Object>();
  const Caller caller = find_caller(session, flags);
  const Answer answer = decide(permissions, flags, caller);
  Object result{{"class", flags.class_name}, {"operation", flags.operation}, {"caller", caller.name}};
  const std::vector<std::string> roles = caller.role_names();
  if (!roles.empty()) result.append("roles", Array(roles.begin(), roles.end()));
  result.append("verdict", answer.verdict);
  result.append("reason", answer.reason);
  const std::vector<std::string> hidden = hidden_fields(permissions, caller);
  if (answer.is_allowed && !hidden.empty()) result.append("hidden", Array(hidden.begin(), hidden.end()));
  session.output().object(result);
  if (answer.is_allowed) return;
  throw Failure(ExitCode::kRefused,
                fmt::format("{} may not {} {}: {}", caller.name, flags.operation, flags.class_name, answer.reason));
}

}  // namespace

void add_clp_check_command(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<Check>();
  CLI::App& command = commands.add(group, "check", "Say whether somebody may do an operation, and by which entry",
                                   [flags](Session& s) { check_permission(s, *flags); });
  command.add_option("class", flags->class_name, "Name of the class")->required()->type_name("CLASS");
  command.add_option("operation", flags->operation, "find, get, count, create, update, delete or addField")
      ->required()
      ->type_name("OPERATION");
  command.add_option("--user", flags->user, "The user with this objectId, with all roles that contain it")
      ->type_name("ID");
  command.add_option("--role", flags->role, "A member of this role")->type_name("NAME");
  command.add_flag("--anonymous", flags->is_anonymous, "Somebody who is not logged in");
  command.footer(
      "Exit 0 when allowed, also for 'some objects' (by pointer permissions), 4 when denied. The ACL of each object,\n"
      "and the server's own option protectedFields, come on top of it. 'hidden' are fields that the caller does not "
      "see.\n"
      "Examples:\n"
      "  parsectl clp check Game find --anonymous\n"
      "  parsectl clp check Game update --user Xk3aBc91Qz --output json");
}

}  // namespace parse::ctl
