#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "apps/parsectl/commands/clp_group.h"
#include "apps/parsectl/schema_calls.h"
#include "object/json.h"
#include "schema/permission_text.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

struct Flags {
  std::string class_name;
  std::vector<std::string> assignments;
  std::string entity;
  std::vector<std::string> operations;
};

constexpr std::string_view kProtected = "protectedFields:";
constexpr std::string_view kAcl = "ACL:";

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

Array to_array(const std::vector<std::string>& names) { return Array(names.begin(), names.end()); }

std::string normal(const std::string& entity) {
  try {
    return schema::normal_entity(entity);
  } catch (const Error& error) {
    throw Failure(ExitCode::kUsage, error.message());
  }
}

Object& part(Object& permissions, std::string_view key) {
  Value* value = permissions.find(key);
  if (value == nullptr || !value->is<Object>()) value = &permissions.set(key, Object());
  return *value->get_if<Object>();
}

void set_entities(Object& permissions, const std::string& operation, std::vector<std::string> entities) {
  for (std::string& entity : entities) entity = normal(entity);
  permissions.set(operation, schema::to_rule(entities));
}

void assign_acl(Object& permissions, const std::string& who, const std::vector<std::string>& rights) {
  Object written;
  for (const std::string& right : rights) {
    if (right != "read" && right != "write")
      throw Failure(ExitCode::kUsage, fmt::format("'{}' is no right of an ACL", right), "use read, write or both");
    written.set(right, true);
  }
  Object& acl = part(permissions, "ACL");
  if (written.empty())
    acl.erase(who);
  else
    acl.set(who, std::move(written));
}

/// One `key=a,b` of `clp set`.
void assign(Object& permissions, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos)
    throw Failure(ExitCode::kUsage, fmt::format("'{}' says nothing about anybody", text),
                  "use OPERATION=WHO,WHO as in find=role:admin,authenticated; nothing after = means nobody");
  const std::string key = text.substr(0, equals);
  const std::vector<std::string> names = split(text.substr(equals + 1));
  if (key == "readUserFields" || key == "writeUserFields") {
    permissions.set(key, to_array(names));
  } else if (key.starts_with(kProtected)) {
    part(permissions, "protectedFields").set(normal(key.substr(kProtected.size())), to_array(names));
  } else if (key.starts_with(kAcl)) {
    assign_acl(permissions, normal(key.substr(kAcl.size())), names);
  } else {
    for (const std::string& operation : operations_named(key)) set_entities(permissions, operation, names);
  }
}

/// A mistyped role is no error to the server, which knows it by its name only.
void remark_unknown_roles(Session& session, const std::vector<std::string>& entities) {
  Array names;
  for (const std::string& entity : entities) {
    if (entity.starts_with("role:")) names.emplace_back(entity.substr(5));
  }
  if (names.empty()) return;
  const Value answer = session.server().get(
      "/roles", {{"where", object::to_json(Object{{"name", Object{{"$in", names}}}})}, {"limit", "1000"}});
  for (const Value& role : answer.as<Object>().at("results").as<Array>())
    std::erase(names, role.as<Object>().at("name"));
  for (const Value& name : names)
    session.output().remark(fmt::format("remark: there is no role '{}' yet", name.as<std::string>()));
}

const Object& permissions_of(const Object& definition) { return definition.at("classLevelPermissions").as<Object>(); }

void store(Session& session, const Object& definition, const Object& permissions) {
  const std::string& name = definition.at("className").as<std::string>();
  const std::string changes = schema::change_text(permissions_of(definition), permissions);
  Output& output = session.output();
  if (changes.empty()) return output.done("nothing to do", permissions);
  if (session.is_dry_run()) return output.done(fmt::format("would change {}: {}", name, changes), permissions);
  try {
    session.server().put(schema_path(name), Object{{"classLevelPermissions", permissions}});
  } catch (const client::Refusal& refusal) {
    if (refusal.code() != ErrorCode::kInvalidJson) throw;
    throw Failure(ExitCode::kUsage, fmt::format("{} (code 107)", refusal.message()), "nothing was changed");
  }
  output.done(fmt::format("changed {}: {}", name, changes), permissions);
}

void get_permissions(Session& session, const Flags& flags) {
  const Object definition = read_class(session, flags.class_name);
  const OutputFormat format = session.output().format();
  if (format == OutputFormat::kJson || format == OutputFormat::kNdjson)
    return session.output().object(permissions_of(definition));
  session.output().rows({"permission", "who"}, permission_rows(definition));
}

void set_permissions(Session& session, const Flags& flags) {
  Object permissions;
  for (const std::string& text : flags.assignments) assign(permissions, text);  // mistakes come before any call
  const Object definition = read_class(session, flags.class_name);
  permissions = permissions_of(definition);
  std::vector<std::string> entities;
  for (const std::string& text : flags.assignments) {
    assign(permissions, text);
    for (const std::string& name : split(text.substr(text.find('=') + 1))) entities.push_back(name);
  }
  remark_unknown_roles(session, entities);
  store(session, definition, permissions);
}

std::vector<std::string> entities_of(const Object& permissions, const std::string& operation) {
  const Value* rule = permissions.find(operation);
  const Object* map = rule ? rule->get_if<Object>() : nullptr;
  return map ? schema::to_entities(*map) : std::vector<std::string>();
}

/// Taking one entity away changes little while a wider one is there.
void remark_wider(Session& session, const std::string& operation, const std::string& entity,
                  const std::vector<std::string>& left) {
  const auto has = [&](std::string_view who) { return std::find(left.begin(), left.end(), who) != left.end(); };
  if (has("*"))
    session.output().remark(fmt::format("remark: {} is still open to everybody (*), {} included", operation, entity));
  else if (has("authenticated") && entity != "*")
    session.output().remark(
        fmt::format("remark: {} is still open to everybody who is logged in, {} included", operation, entity));
}

void change_entity(Session& session, const Flags& flags, bool allows) {
  const std::string entity = normal(flags.entity);
  std::set<std::string> operations;
  for (const std::string& name : flags.operations) {
    for (const std::string& operation : operations_named(name)) operations.insert(operation);
  }
  const Object definition = read_class(session, flags.class_name);
  Object permissions = permissions_of(definition);
  if (allows) remark_unknown_roles(session, {entity});
  for (const std::string& operation : operations) {
    std::vector<std::string> entities = entities_of(permissions, operation);
    std::erase(entities, entity);
    if (allows)
      entities.push_back(entity);
    else
      remark_wider(session, operation, entity, entities);
    permissions.set(operation, schema::to_rule(entities));
  }
  store(session, definition, permissions);
}

void add_class_option(CLI::App& command, Flags& flags) {
  command.add_option("class", flags.class_name, "Name of the class")->required()->type_name("CLASS");
}

void add_change_command(Commands& commands, CLI::App& group, bool allows) {
  const auto flags = std::make_shared<Flags>();
  const char* name = allows ? "allow" : "deny";
  CLI::App& command = commands.add(group, name, allows ? "Let one more in" : "Take one away from those who are let in",
                                   [flags, allows](Session& s) { change_entity(s, *flags, allows); });
  add_class_option(command, *flags);
  command.add_option("who", flags->entity, "*, authenticated, role:NAME, pointer:FIELD or a user's id")
      ->required()
      ->type_name("WHO");
  command.add_option("operations", flags->operations, "find, get … or read, write, all")
      ->required()
      ->type_name("OPERATION");
  command.footer(allows ? "Example:\n  parsectl clp allow Game role:editors update delete"
                        : "Others keep what they have; a remark says when a wider entry still lets this one in.\n"
                          "Example:\n  parsectl clp deny Game '*' write");
}

}  // namespace

std::vector<std::string> operations_named(const std::string& name) {
  const auto& names = schema::operation_names();
  if (std::find(names.begin(), names.end(), name) != names.end()) return {name};
  if (name == "read") return {"find", "get", "count"};
  if (name == "write") return {"create", "update", "delete"};
  if (name == "all") return names;
  throw Failure(ExitCode::kUsage, fmt::format("'{}' is no operation", name),
                fmt::format("use {}, or read (find, get, count), write (create, update, delete), all; 'clp set' also "
                            "takes readUserFields, writeUserFields, protectedFields:WHO and ACL:WHO",
                            fmt::join(names, ", ")));
}

void add_clp_commands(Commands& commands) {
  CLI::App& group = commands.group("clp", "Class-level permissions: who may do what with a class");
  group.footer(
      "WHO is * or public (everybody), authenticated (everybody who is logged in), role:NAME, pointer:FIELD (the "
      "users\n"
      "whom this field of the object points to), or the id of a user (user:ID when it looks like one of the others).\n"
      "Examples:\n"
      "  parsectl clp get Game\n"
      "  parsectl clp set Game find=role:admin,authenticated create=role:admin\n"
      "  parsectl clp check Game find --user Xk3aBc91Qz");
  const auto shown = std::make_shared<Flags>();
  CLI::App& get = commands.add(group, "get", "Show the permissions of a class",
                               [shown](Session& s) { get_permissions(s, *shown); });
  add_class_option(get, *shown);
  get.footer("Examples:\n  parsectl clp get Game\n  parsectl clp get Game --output json");
  const auto set_flags = std::make_shared<Flags>();
  CLI::App& set = commands.add(group, "set", "Say anew who may do the operations named; others stay as they are",
                               [set_flags](Session& s) { set_permissions(s, *set_flags); });
  add_class_option(set, *set_flags);
  set.add_option("assignments", set_flags->assignments, "OPERATION=WHO,WHO …")->required()->type_name("OPERATION=WHO");
  set.footer(
      "OPERATION is find, get, count, create, update, delete, addField, or read (find, get, count), write (create,\n"
      "update, delete), all. Besides them there are\n"
      "  readUserFields=FIELD,…        users in these fields of an object may read it\n"
      "  writeUserFields=FIELD,…       and may change it\n"
      "  protectedFields:WHO=FIELD,…   fields that WHO does not see; WHO may be userField:FIELD too\n"
      "  ACL:WHO=read,write            what a new object without an ACL gets\n"
      "Nothing after = means nobody.\n"
      "Examples:\n"
      "  parsectl clp set Game find=role:admin,authenticated create=role:admin delete=\n"
      "  parsectl clp set Game update=pointer:owner 'protectedFields:*=email,phone' protectedFields:role:admin=");
  add_change_command(commands, group, true);
  add_change_command(commands, group, false);
  add_clp_check_command(commands, group);
}

}  // namespace parse::ctl
