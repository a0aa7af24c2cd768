#include <fmt/format.h>

#include <algorithm>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/lookup.h"
#include "apps/parsectl/password_input.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr const char* kWho = "Id, username or email";

struct CreateFlags {
  std::string username;
  std::string email;
  std::string fields;
  PasswordFlags password;
};

struct ResetFlags {
  std::string who;
  bool from_stdin = false;
};

struct RevokeFlags {
  std::string who;
  std::string session_id;
};

std::string path_of(const Object& user) { return "/users/" + client::segment(text_at(user, "objectId")); }

/// "anna (x1y2z3)"
std::string name_of(const Object& user) {
  return fmt::format("{} ({})", text_at(user, "username"), text_at(user, "objectId"));
}

Object names_of(const Object& user) {
  return {{"objectId", user.at("objectId")}, {"username", text_at(user, "username")}};
}

void create_user(Session& session, const CreateFlags& flags) {
  Object user = flags.fields.empty() ? Object() : parse_object_input("--fields", flags.fields);
  user.set("username", flags.username);
  if (!flags.email.empty()) user.set("email", flags.email);
  if (session.is_dry_run()) return session.output().done(fmt::format("would create the user {}", flags.username), user);
  user.set("password", read_password(flags.password));
  const Value made = session.server().post("/users", user);
  Object result{{"objectId", made.as<Object>().at("objectId")}, {"username", flags.username}};
  const std::string sentence = "created the user " + name_of(result);
  session.output().done(sentence, result);
}

void get_user(Session& session, const std::string& who) {
  Object user = find_user(session.server(), who);
  user.erase("sessionToken");
  session.output().object(user);
}

/// The sessions of a user, the newest first, without their tokens: whoever has one is that user.
Array sessions_of(Session& session, const Object& user) {
  Array found = find_all(session.server(), {"/sessions", {{"user", pointer_to("_User", user)}}});
  for (Value& one : found) one.get_if<Object>()->erase("sessionToken");
  std::stable_sort(found.begin(), found.end(), [](const Value& left, const Value& right) {
    return text_at(left.as<Object>(), "createdAt") > text_at(right.as<Object>(), "createdAt");
  });
  return found;
}

/// One that somebody else ended meanwhile is ended as well.
void end_session(Session& session, const Object& ended) {
  try {
    session.server().remove("/sessions/" + client::segment(text_at(ended, "objectId")));
  } catch (const client::Refusal& refusal) {
    if (refusal.code() != ErrorCode::kObjectNotFound) throw;
  }
}

void delete_user(Session& session, const std::string& who) {
  const Object user = find_user(session.server(), who);
  session.confirm(fmt::format("Delete the user {} and end all sessions?", name_of(user)));
  if (session.is_dry_run()) return session.output().done("would delete the user " + name_of(user), names_of(user));
  // Sessions first: a deletion that fails half-way leaves a user who must log in again, not sessions of nobody.
  for (const Value& one : sessions_of(session, user)) end_session(session, one.as<Object>());
  session.server().remove(path_of(user));
  session.output().done("deleted the user " + name_of(user), names_of(user));
}

void mail_reset(Session& session, const Object& user) {
  const std::string email = text_at(user, "email");
  if (email.empty())
    throw Failure(ExitCode::kRefused, fmt::format("{} has no email to send a mail to", name_of(user)),
                  "set a new password with --password-stdin");
  if (session.is_dry_run())
    return session.output().done(fmt::format("would ask the server to mail {}", email), names_of(user));
  session.server().post("/requestPasswordReset", Object{{"email", email}});
  session.output().done(fmt::format("asked the server to mail {} how to choose a new password", email), names_of(user));
}

void reset_password(Session& session, const ResetFlags& flags) {
  const Object user = find_user(session.server(), flags.who);
  if (!flags.from_stdin) return mail_reset(session, user);
  if (session.is_dry_run())
    return session.output().done("would set a new password of " + name_of(user), names_of(user));
  session.server().put(path_of(user), Object{{"password", read_password({.from_stdin = true})}});
  session.output().done("set a new password of " + name_of(user), names_of(user));
}

void list_sessions(Session& session, const std::string& who) {
  const Object user = find_user(session.server(), who);
  session.output().rows({"objectId", "createdAt", "expiresAt", "installationId", "createdWith"},
                        sessions_of(session, user));
}

void revoke_sessions(Session& session, const RevokeFlags& flags) {
  const Object user = find_user(session.server(), flags.who);
  Array ended = sessions_of(session, user);
  if (!flags.session_id.empty()) {
    std::erase_if(ended, [&](const Value& one) { return text_at(one.as<Object>(), "objectId") != flags.session_id; });
    if (ended.empty())
      throw Failure(ExitCode::kNotFound, fmt::format("{} has no session '{}'", name_of(user), flags.session_id),
                    fmt::format("'parsectl user sessions {}' shows them", flags.who));
  }
  if (!session.is_dry_run()) {
    for (const Value& one : ended) end_session(session, one.as<Object>());
  }
  Object result = names_of(user);
  result.set("sessions", static_cast<std::int64_t>(ended.size()));
  session.output().done(fmt::format("{}ended {} session{} of {}", session.is_dry_run() ? "would have " : "",
                                    ended.size(), ended.size() == 1 ? "" : "s", name_of(user)),
                        result);
}

void add_create(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<CreateFlags>();
  CLI::App& create = commands.add(group, "create", "Create a user; asks for the password on a terminal",
                                  [flags](Session& session) { create_user(session, *flags); });
  create.add_option("username", flags->username, "Name to log in with")->required();
  create.add_option("--email", flags->email, "Address of the user");
  create.add_option("--fields", flags->fields, "Further fields")->type_name("JSON");
  create.add_flag("--password-stdin", flags->password.from_stdin, "Read the password from the first line of the input");
  create.add_option("--password", flags->password.password,
                    "The password itself. Careful: shells and process lists keep and show it");
  create.footer(
      "Examples:\n"
      "  parsectl user create anna --email anna@example.com\n"
      "  pass show anna | parsectl user create anna --password-stdin --fields '{\"plan\": \"free\"}'");
}

void add_reset(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<ResetFlags>();
  CLI::App& reset = commands.add(group, "reset-password", "Mail a link for choosing a new password, or set one",
                                 [flags](Session& session) { reset_password(session, *flags); });
  reset.add_option("user", flags->who, kWho)->type_name("USER")->required();
  reset.add_flag("--password-stdin", flags->from_stdin, "Set the password on the first line of the input; no mail");
  reset.footer(
      "Unless the server says revokeSessionOnPasswordReset = false, a new password ends all sessions.\n\n"
      "Examples:\n"
      "  parsectl user reset-password anna@example.com\n"
      "  pass show anna | parsectl user reset-password anna --password-stdin");
}

void add_revoke(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<RevokeFlags>();
  CLI::App& revoke = commands.add(group, "revoke", "End all sessions of a user, or one",
                                  [flags](Session& session) { revoke_sessions(session, *flags); });
  revoke.add_option("user", flags->who, kWho)->type_name("USER")->required();
  revoke.add_option("--session", flags->session_id, "End only this one")->type_name("ID");
  revoke.footer("Examples:\n  parsectl user revoke anna\n  parsectl user revoke anna --session Zt5kq0aVbN");
}

/// A command that only names a user.
void add_plain(Commands& commands, CLI::App& verb_group, const std::string& verb, const std::string& help,
               void (*run)(Session&, const std::string&)) {
  const auto who = std::make_shared<std::string>();
  CLI::App& made = commands.add(verb_group, verb, help, [who, run](Session& session) { run(session, *who); });
  made.add_option("user", *who, kWho)->type_name("USER")->required();
  made.footer(fmt::format("Example:\n  parsectl user {} anna@example.com", verb));
}

}  // namespace

void add_user_commands(Commands& commands) {
  CLI::App& group = commands.group("user", "Create, show and delete users; reset passwords; end sessions");
  add_create(commands, group);
  add_plain(commands, group, "get", "Show a user", get_user);
  add_plain(commands, group, "delete", "Delete a user and end all sessions", delete_user);
  add_reset(commands, group);
  add_plain(commands, group, "sessions", "List the sessions of a user, the newest first", list_sessions);
  add_revoke(commands, group);
}

}  // namespace parse::ctl
