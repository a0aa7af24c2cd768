#include <fmt/format.h>

#include <algorithm>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/lookup.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// A function, or a trigger of a class.
struct HookName {
  std::string function;
  std::string class_name;
  std::string trigger;

  bool is_function() const { return !function.empty(); }
  std::string text() const { return is_function() ? function : class_name + "." + trigger; }
  /// Where all of its kind are.
  std::string kind_path() const { return is_function() ? "/hooks/functions" : "/hooks/triggers"; }
  std::string path() const {
    if (is_function()) return kind_path() + "/" + client::segment(function);
    return kind_path() + "/" + client::segment(class_name) + "/" + client::segment(trigger);
  }
  bool names(const Object& hook) const {
    if (is_function()) return text_at(hook, "functionName") == function;
    return text_at(hook, "className") == class_name && text_at(hook, "triggerName") == trigger;
  }
};

struct HookFlags {
  HookName name;
  std::string url;
  bool replaces = false;
};

void check_name(const HookName& name) {
  const bool is_trigger = !name.class_name.empty() && !name.trigger.empty();
  const bool is_mixed = name.is_function() && (!name.class_name.empty() || !name.trigger.empty());
  if (is_mixed || (!name.is_function() && !is_trigger))
    throw Failure(ExitCode::kUsage, "a hook is a function, or a trigger of a class",
                  "give --function NAME, or --class CLASS --trigger TRIGGER");
}

Array hooks_at(Session& session, const std::string& path) {
  const Value hooks = session.server().get(path);
  if (const auto* list = hooks.get_if<Array>()) return *list;
  throw Failure(ExitCode::kFailed, "the server answered with something that is no list of hooks");
}

/// The URL of a hook that is there; nothing otherwise.
std::optional<std::string> url_of(Session& session, const HookName& name) {
  for (const Value& hook : hooks_at(session, name.kind_path())) {
    if (name.names(hook.as<Object>())) return text_at(hook.as<Object>(), "url");
  }
  return std::nullopt;
}

void list_hooks(Session& session) {
  Array rows;
  for (const Value& hook : hooks_at(session, "/hooks/functions")) {
    const Object& found = hook.as<Object>();
    rows.emplace_back(
        Object{{"kind", "function"}, {"name", text_at(found, "functionName")}, {"url", text_at(found, "url")}});
  }
  for (const Value& hook : hooks_at(session, "/hooks/triggers")) {
    const Object& found = hook.as<Object>();
    rows.emplace_back(Object{{"kind", "trigger"},
                             {"class", text_at(found, "className")},
                             {"name", text_at(found, "triggerName")},
                             {"url", text_at(found, "url")}});
  }
  session.output().rows({"kind", "class", "name", "url"}, rows);
}

Object body_of(const HookFlags& flags) {
  if (flags.name.is_function()) return {{"functionName", flags.name.function}, {"url", flags.url}};
  return {{"className", flags.name.class_name}, {"triggerName", flags.name.trigger}, {"url", flags.url}};
}

void add_hook(Session& session, const HookFlags& flags) {
  check_name(flags.name);
  if (!flags.url.starts_with("http://") && !flags.url.starts_with("https://"))
    throw Failure(ExitCode::kUsage, fmt::format("'{}' is no URL that a server can call", flags.url),
                  "begin it with https:// or http://");
  const std::string text = flags.name.text();
  const Object body = body_of(flags);
  const auto present = url_of(session, flags.name);
  if (present == flags.url) return session.output().done(fmt::format("{} calls {} already", text, flags.url), body);
  if (present && !flags.replaces)
    throw Failure(ExitCode::kConflict, fmt::format("{} calls {} already", text, *present),
                  "add --replace to change it");
  if (session.is_dry_run()) return session.output().done(fmt::format("would let {} call {}", text, flags.url), body);
  if (present)
    session.server().put(flags.name.path(), Object{{"url", flags.url}});
  else
    session.server().post(flags.name.kind_path(), body);
  session.output().done(fmt::format("{} calls {}", text, flags.url), body);
}

void remove_hook(Session& session, const HookName& name) {
  check_name(name);
  const auto url = url_of(session, name);
  if (!url)
    throw Failure(ExitCode::kNotFound, fmt::format("there is no hook {}", name.text()),
                  "'parsectl hooks list' shows them");
  session.confirm(fmt::format("Remove the hook {}, which calls {}?", name.text(), *url));
  if (!session.is_dry_run()) session.server().put(name.path(), Object{{"__op", "Delete"}});
  session.output().done(fmt::format("{} the hook {}, which called {}",
                                    session.is_dry_run() ? "would remove" : "removed", name.text(), *url),
                        {{"name", name.text()}, {"url", *url}});
}

void add_name_flags(CLI::App& command, HookName& name) {
  command.add_option("--function", name.function, "Cloud function of this name")->type_name("NAME");
  command.add_option("--class", name.class_name, "Class with the trigger")->type_name("CLASS");
  command.add_option("--trigger", name.trigger, "beforeSave, afterSave, beforeDelete, afterDelete ...")
      ->type_name("TRIGGER");
}

}  // namespace

void add_hooks_commands(Commands& commands) {
  CLI::App& group = commands.group("hooks", "Let functions and triggers call other servers (webhooks)");
  CLI::App& list = commands.add(group, "list", "List the hooks", list_hooks);
  list.footer("Example:\n  parsectl hooks list");
  const auto flags = std::make_shared<HookFlags>();
  CLI::App& add = commands.add(group, "add", "Add a hook, or change its URL by --replace",
                               [flags](Session& session) { add_hook(session, *flags); });
  add.add_option("url", flags->url, "Where the server calls")->type_name("URL")->required();
  add_name_flags(add, flags->name);
  add.add_flag("--replace", flags->replaces, "Change the URL of a hook that is there");
  add.footer(
      "Examples:\n"
      "  parsectl hooks add https://example.com/hello --function hello\n"
      "  parsectl hooks add https://example.com/game --class Game --trigger beforeSave");
  const auto removed = std::make_shared<HookName>();
  CLI::App& remove =
      commands.add(group, "remove", "Remove a hook", [removed](Session& session) { remove_hook(session, *removed); });
  add_name_flags(remove, *removed);
  remove.footer("Example:\n  parsectl hooks remove --function hello --yes");
}

}  // namespace parse::ctl
