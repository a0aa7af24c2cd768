#include <fmt/format.h>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/lookup.h"
#include "object/json.h"
#include "schema/names.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

struct SetFlags {
  std::string name;
  std::string value;
  std::string type;
  bool is_hidden = false;
  bool is_public = false;
};

Object member_of(const Object& config, const std::string& key) {
  const Value* found = config.find(key);
  return found && found->is<Object>() ? found->as<Object>() : Object();
}

/// What the server has: values, and which of them only the master key sees.
struct Config {
  Object params;
  Object hidden;

  bool is_hidden(const std::string& name) const {
    const Value* found = hidden.find(name);
    return found != nullptr && found->truthy();
  }
};

Config read_config(Session& session) {
  const Value config = session.server().get("/config");
  return {member_of(config.as<Object>(), "params"), member_of(config.as<Object>(), "masterKeyOnly")};
}

const Value& value_of(const Config& config, const std::string& name) {
  const Value* found = config.params.find(name);
  if (found != nullptr) return *found;
  throw Failure(ExitCode::kNotFound, fmt::format("the config has no parameter '{}'", name),
                "'parsectl config get' shows all");
}

void get_config(Session& session, const std::string& name) {
  const Config config = read_config(session);
  if (!name.empty()) {
    const Value& value = value_of(config, name);
    const OutputFormat format = session.output().format();
    const bool is_json = format == OutputFormat::kJson || format == OutputFormat::kNdjson;
    return session.output().text((is_json ? object::to_json(value) : cell(&value)) + "\n");
  }
  Array rows;
  for (const auto& [key, value] : config.params)
    rows.emplace_back(Object{{"name", key}, {"value", value}, {"masterKeyOnly", config.is_hidden(key)}});
  session.output().rows({"name", "masterKeyOnly", "value"}, rows);
}

Value read_value(const SetFlags& flags) {
  if (flags.type == "text") return flags.value;
  if (flags.type == "json") return parse_json_input("the value", flags.value);
  return object::try_parse_json(flags.value).value_or(Value(flags.value));
}

void put_config(Session& session, const Object& params, const Object& hidden) {
  if (!session.is_dry_run()) session.server().put("/config", Object{{"params", params}, {"masterKeyOnly", hidden}});
}

void set_config(Session& session, const SetFlags& flags) {
  if (!schema::is_valid_field_name(flags.name, "_GlobalConfig"))
    throw Failure(ExitCode::kUsage, fmt::format("'{}' is no name of a parameter", flags.name),
                  "use letters, digits and _ after a letter");
  const Value value = read_value(flags);
  const Config before = read_config(session);
  // A PUT that does not say so makes the parameter public: what is hidden stays hidden unless --public asks.
  const bool is_hidden = flags.is_hidden || (!flags.is_public && before.is_hidden(flags.name));
  put_config(session, Object{{flags.name, value}}, Object{{flags.name, is_hidden}});
  Object result{{"name", flags.name}, {"value", value}, {"masterKeyOnly", is_hidden}};
  std::string sentence = fmt::format("{} {} to {}{}", session.is_dry_run() ? "would set" : "set", flags.name,
                                     object::to_json(value), is_hidden ? ", for the master key only" : "");
  if (const Value* was = before.params.find(flags.name)) {
    result.set("was", *was);
    sentence += "; it was " + object::to_json(*was);
  }
  session.output().done(sentence, result);
}

void unset_config(Session& session, const std::string& name) {
  const Config before = read_config(session);
  const Value& was = value_of(before, name);
  session.confirm(fmt::format("Remove {}, which is {}?", name, object::to_json(was)));
  put_config(session, Object{{name, Object{{"__op", "Delete"}}}}, Object());
  session.output().done(
      fmt::format("{} {}; it was {}", session.is_dry_run() ? "would remove" : "removed", name, object::to_json(was)),
      {{"name", name}, {"was", was}});
}

void add_set(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<SetFlags>();
  CLI::App& set =
      commands.add(group, "set", "Set a parameter", [flags](Session& session) { set_config(session, *flags); });
  set.add_option("name", flags->name, "Name of the parameter")->type_name("NAME")->required();
  set.add_option("value", flags->value, "JSON (5, true, '[\"a\"]', '{\"a\": 1}'); anything else is a text")
      ->type_name("VALUE")
      ->required();
  set.add_option("--type", flags->type, "json: refuse what is no JSON; text: take it as a text, even 5 or true")
      ->check(CLI::IsMember({"json", "text"}));
  CLI::Option* hidden = set.add_flag("--masterKeyOnly", flags->is_hidden, "Clients do not see it");
  set.add_flag("--public", flags->is_public, "Clients see it")->excludes(hidden);
  set.footer(
      "Who sees a parameter stays as it was; a new one is public.\n\nExamples:\n"
      "  parsectl config set welcome 'Hello there'\n"
      "  parsectl config set limits '{\"rows\": 50}' --type json\n"
      "  parsectl config set version 2.0 --type text --masterKeyOnly");
}

}  // namespace

void add_config_commands(Commands& commands) {
  CLI::App& group = commands.group("config", "Show and change the parameters that clients read (Parse.Config)");
  const auto shown = std::make_shared<std::string>();
  CLI::App& get = commands.add(group, "get", "Show one parameter, or all",
                               [shown](Session& session) { get_config(session, *shown); });
  get.add_option("name", *shown, "Print the value of this one alone")->type_name("NAME");
  get.footer("Example:\n  parsectl config get welcome");
  add_set(commands, group);
  const auto removed = std::make_shared<std::string>();
  CLI::App& unset = commands.add(group, "unset", "Remove a parameter",
                                 [removed](Session& session) { unset_config(session, *removed); });
  unset.add_option("name", *removed, "Name of the parameter")->type_name("NAME")->required();
  unset.footer("Example:\n  parsectl config unset welcome --yes");
}

}  // namespace parse::ctl
