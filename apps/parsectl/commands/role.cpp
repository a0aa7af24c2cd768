#include <fmt/format.h>

#include <algorithm>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/lookup.h"
#include "apps/parsectl/role_tree.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

struct CreateFlags {
  std::string name;
  std::vector<std::string> readers;
  std::vector<std::string> writers;
};

struct MemberFlags {
  std::string role;
  std::vector<std::string> users;
  std::vector<std::string> roles;
};

void check_role_name(const std::string& name) {
  const bool is_good = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
           c == ' ';
  });
  if (!is_good)
    throw Failure(ExitCode::kUsage, fmt::format("'{}' is no name of a role", name),
                  "use letters, digits, spaces, - and _");
}

/// Whom an ACL names: "*", "role:Name", or the id of a user.
std::string acl_key(Session& session, const std::string& who) {
  if (who == "*") return who;
  if (who.starts_with("role:")) {
    find_role(session.server(), who.substr(5));
    return who;
  }
  return text_at(find_user(session.server(), who), "objectId");
}

void allow(Session& session, Object& acl, const std::vector<std::string>& names, const std::string& right) {
  for (const std::string& who : names) {
    const std::string key = acl_key(session, who);
    if (!acl.contains(key)) acl.set(key, Object());
    acl.find(key)->get_if<Object>()->set(right, true);
  }
}

void create_role(Session& session, const CreateFlags& flags) {
  check_role_name(flags.name);
  Object acl;
  if (flags.readers != std::vector<std::string>{"nobody"}) allow(session, acl, flags.readers, "read");
  allow(session, acl, flags.writers, "write");
  const Object body{{"name", flags.name}, {"ACL", acl}};
  if (session.is_dry_run()) return session.output().done(fmt::format("would create the role {}", flags.name), body);
  const Value made = session.server().post("/roles", body);
  session.output().done(fmt::format("created the role {}", flags.name),
                        {{"objectId", made.as<Object>().at("objectId")}, {"name", flags.name}, {"ACL", acl}});
}

/// Pointers to what the flags name. All are looked up before anything changes.
struct Members {
  Array users;
  Array roles;
};

Members find_members(Session& session, const MemberFlags& flags) {
  if (flags.users.empty() && flags.roles.empty())
    throw Failure(ExitCode::kUsage, "nobody is named", "give --user or --role");
  Members members;
  for (const std::string& name : flags.users)
    members.users.emplace_back(pointer_to("_User", find_user(session.server(), name)));
  for (const std::string& name : flags.roles)
    members.roles.emplace_back(pointer_to("_Role", find_role(session.server(), name)));
  return members;
}

/// A role that is below itself has the permissions of its whole circle, which nobody means.
void refuse_cycles(Session& session, const MemberFlags& flags) {
  if (flags.roles.empty()) return;
  const RoleTree tree = read_role_tree(session.server(), {.counts_users = false});
  for (const std::string& below : flags.roles) {
    if (tree.is_below(flags.role, below))
      throw Failure(ExitCode::kRefused,
                    fmt::format("{} cannot go below {}: {} is below {} already", below, flags.role, flags.role, below),
                    fmt::format("'parsectl role tree {}' shows how", below));
  }
}

void change_members(Session& session, const MemberFlags& flags, bool grants) {
  const Object role = find_role(session.server(), flags.role);
  const Members members = find_members(session, flags);
  if (grants) refuse_cycles(session, flags);
  Object body;
  const char* op = grants ? "AddRelation" : "RemoveRelation";
  if (!members.users.empty()) body.set("users", Object{{"__op", op}, {"objects", members.users}});
  if (!members.roles.empty()) body.set("roles", Object{{"__op", op}, {"objects", members.roles}});
  if (!session.is_dry_run()) session.server().put("/roles/" + client::segment(text_at(role, "objectId")), body);
  std::vector<std::string> names = flags.users;
  for (const std::string& name : flags.roles) names.push_back("role:" + name);
  Array json_names(names.begin(), names.end());
  session.output().done(
      fmt::format("{}{} {} {} {}", session.is_dry_run() ? "would have " : "", grants ? "granted" : "revoked",
                  flags.role, grants ? "to" : "from", fmt::join(names, ", ")),
      {{"role", flags.role}, {grants ? "granted" : "revoked", std::move(json_names)}});
}

void show_tree(Session& session, const std::string& top) {
  if (!top.empty()) find_role(session.server(), top);
  const RoleTree tree = read_role_tree(session.server(), {.counts_users = true});
  if (session.output().format() == OutputFormat::kTable)
    session.output().text(tree.text(top));
  else
    session.output().rows({"name", "objectId", "users", "roles"}, tree.rows(top));
}

void add_create(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<CreateFlags>();
  flags->readers = {"*"};
  CLI::App& create =
      commands.add(group, "create", "Create a role", [flags](Session& session) { create_role(session, *flags); });
  create.add_option("name", flags->name, "Letters, digits, spaces, - and _")->type_name("NAME")->required();
  create.add_option("--read", flags->readers, "Who may read the role: *, role:NAME, a user, or nobody [*]")
      ->type_name("WHO")
      ->allow_extra_args(false);
  create.add_option("--write", flags->writers, "Who may change it; without: the master key only")
      ->type_name("WHO")
      ->allow_extra_args(false);
  create.footer(
      "Both flags may be given several times.\n\nExamples:\n"
      "  parsectl role create Moderators\n"
      "  parsectl role create Staff --read role:Admins --write role:Admins");
}

void add_members(Commands& commands, CLI::App& group, bool grants) {
  const auto flags = std::make_shared<MemberFlags>();
  const std::string verb = grants ? "grant" : "revoke";
  CLI::App& made = commands.add(group, verb, grants ? "Give a role to users and roles" : "Take a role from them",
                                [flags, grants](Session& session) { change_members(session, *flags, grants); });
  made.add_option("role", flags->role, "Name of the role")->type_name("NAME")->required();
  made.add_option("--user", flags->users, "Id, username or email; may come several times")
      ->type_name("USER")
      ->allow_extra_args(false);
  made.add_option("--role", flags->roles, "Role whose users have it as well; may come several times")
      ->type_name("NAME")
      ->allow_extra_args(false);
  made.footer(fmt::format("Example:\n  parsectl role {} Moderators --user anna --role Admins", verb));
}

}  // namespace

void add_role_commands(Commands& commands) {
  CLI::App& group = commands.group("role", "Create roles, grant and revoke them, show who inherits from whom");
  add_create(commands, group);
  add_members(commands, group, true);
  add_members(commands, group, false);
  const auto top = std::make_shared<std::string>();
  CLI::App& tree = commands.add(group, "tree", "Show the roles, with how many users each was given",
                                [top](Session& session) { show_tree(session, *top); });
  tree.add_option("role", *top, "Only this one and those below it")->type_name("NAME");
  tree.footer("The users of a role have the roles above it as well.\n\nExample:\n  parsectl role tree --output json");
}

}  // namespace parse::ctl
