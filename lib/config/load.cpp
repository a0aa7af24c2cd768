#include "config/load.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "config/config_file.h"
#include "config/later.h"
#include "config/validate.h"
#include "config/validate_accounts.h"

extern char** environ;

namespace parse::config {
namespace {

using object::Object;
using object::Value;

/// Collects settings source by source; a later source replaces what an earlier one said.
class Collector {
 public:
  explicit Collector(Loaded& loaded) : loaded_(loaded) {}

  void add(std::vector<Given> source) {
    // Groups first, so that a member given by its own name wins over its group.
    std::stable_partition(source.begin(), source.end(), [](const Given& given) {
      const OptionSpec* spec = find_option(given.name);
      return spec != nullptr && spec->is_group();
    });
    for (const Given& given : source) add_one(given);
  }

  const Setting* find(std::string_view name) const {
    const auto found = settings_.find(name);
    return found == settings_.end() ? nullptr : &found->second;
  }

  /// Those of options whose feature is missing.
  std::vector<Setting> later() const {
    std::vector<Setting> found;
    for (const auto& [name, setting] : settings_)
      if (!setting.spec->is_live()) found.push_back(setting);
    return found;
  }

  /// In the order of the table, which is the order of `apply`.
  void finish() {
    for (const OptionSpec& spec : option_table())
      if (const Setting* setting = find(spec.name)) store(*setting);
  }

 private:
  void add_one(const Given& given) {
    const auto* value = std::get_if<Value>(&given.value);
    const OptionSpec* spec = find_option(given.name);
    if (spec == nullptr) return add_unknown(given);
    const bool off = spec->name == "logsFolder";
    if (value != nullptr && value->is_null() && !off) return;
    try {
      const Value read = read_value(*spec, off && value != nullptr && value->is_null() ? Value("null") : given.value);
      if (spec->is_group()) return add_group(*spec, read, given.origin);
      warn_about_bool(*spec, given);
      settings_.insert_or_assign(spec->name, Setting{spec, read, given.origin});
    } catch (const Error& error) {
      add_error(*spec, error.message(), given.origin);
    }
  }

  void add_group(const OptionSpec& spec, const Value& value, const std::string& origin) {
    for (const auto& [key, member] : value.as<Object>())
      add_one({fmt::format("{}.{}", spec.name, key), member, origin});
  }

  void add_unknown(const Given& given) {
    const std::string near = nearest_option(given.name);
    loaded_.errors.push_back(fmt::format("'{}' is not an option{} ({})", given.name,
                                         near.empty() ? "" : fmt::format(", did you mean '{}'?", near), given.origin));
  }

  void add_error(const OptionSpec& spec, std::string_view message, const std::string& origin) {
    loaded_.errors.push_back(fmt::format("'{}' {} ({})", spec.name, message, origin));
  }

  /// The Node server reads every other text as false without a word.
  void warn_about_bool(const OptionSpec& spec, const Given& given) {
    const auto* text = std::get_if<std::string>(&given.value);
    if (const auto* value = std::get_if<Value>(&given.value)) text = value->get_if<std::string>();
    if (spec.type != OptionType::kBool || text == nullptr) return;
    for (const auto* known : {"true", "false", "1", "0", ""})
      if (*text == known) return;
    loaded_.warnings.push_back(fmt::format("'{}' has value '{}', which means false; only true and 1 mean true ({})",
                                           spec.name, *text, given.origin));
  }

  void store(const Setting& setting) {
    const OptionSpec& spec = *setting.spec;
    if (!spec.is_live()) {
      if (!is_default(spec, setting.value)) loaded_.errors.push_back(refusal(spec) + " (" + setting.origin + ")");
      return;
    }
    // An empty text means "none", and wins over what an earlier source said.
    const auto* text = setting.value.get_if<std::string>();
    if (text != nullptr && text->empty() && spec.default_text.empty()) return;
    try {
      spec.apply(loaded_.options, setting.value);
      loaded_.settings.push_back(setting);
    } catch (const Error& error) {
      add_error(spec, error.message(), setting.origin);
    }
  }

  Loaded& loaded_;
  std::map<std::string_view, Setting> settings_;
};

std::vector<Given> from_environment(const Environment& environment) {
  std::vector<Given> given;
  for (const OptionSpec& spec : option_table()) {
    for (const std::string_view name : env_names(spec)) {
      const auto found = environment.find(name);
      if (found == environment.end() || found->second.empty()) continue;
      given.push_back({std::string(spec.name), found->second, std::string(name)});
      break;
    }
  }
  return given;
}

/// A mistyped variable would otherwise be ignored in silence.
void warn_about_environment(const Environment& environment, std::vector<std::string>& warnings) {
  for (const auto& [name, value] : environment) {
    if (!name.starts_with("PARSE_SERVER_") && !name.starts_with("PARSE_LIVE_QUERY_SERVER_")) continue;
    const auto& table = option_table();
    const bool known = std::any_of(table.begin(), table.end(), [&](const OptionSpec& spec) {
      const auto names = env_names(spec);
      return std::find(names.begin(), names.end(), name) != names.end();
    });
    if (!known) warnings.push_back(fmt::format("the environment variable {} belongs to no option", name));
  }
}

/// The last value of `--config`, or of its variable.
std::string config_path(const Sources& sources) {
  std::string path;
  for (const Given& given : from_environment(sources.environment))
    if (given.name == "config") path = std::get<std::string>(given.value);
  for (const Given& given : sources.flags)
    if (given.name == "config" && std::holds_alternative<std::string>(given.value))
      path = std::get<std::string>(given.value);
  return path;
}

FileContents read_file(const Sources& sources) {
  const std::string path = config_path(sources);
  if (!path.empty() && !sources.file.empty())
    return {{}, {fmt::format("'config' names {}, but {} was given as well; give one file", path, sources.file)}};
  if (!path.empty()) return path.ends_with(".json") ? read_json_file(path) : read_toml_file(path);
  if (sources.file.empty()) return {};
  return sources.file.ends_with(".toml") ? read_toml_file(sources.file) : read_json_file(sources.file);
}

void fill_derived(Options& options) {
  auto& network = options.network;
  const std::string path = network.mount_path == "/" ? "" : network.mount_path;
  const char* scheme = network.tls_cert.empty() ? "http" : "https";
  if (network.server_url.empty()) network.server_url = fmt::format("{}://localhost:{}{}", scheme, network.port, path);
  if (options.database.uri.empty()) options.database.uri = "sqlite:" + options.runtime.data_folder + "/parse.db";
}

}  // namespace

Loaded load(const Sources& sources) {
  Loaded loaded;
  FileContents file = read_file(sources);
  loaded.errors = std::move(file.errors);
  for (const Given& given : file.given)
    if (given.name == "config") loaded.errors.push_back("'config' cannot be set in a file (" + given.origin + ")");
  Collector collector(loaded);
  collector.add(std::move(file.given));
  collector.add(from_environment(sources.environment));
  collector.add(sources.flags);
  collector.finish();
  if (loaded.options.runtime.config_file.empty()) loaded.options.runtime.config_file = sources.file;
  loaded.options.schema.declared =
      std::any_of(loaded.settings.begin(), loaded.settings.end(),
                  [](const Setting& setting) { return setting.spec->name.starts_with("schema."); });
  fill_derived(loaded.options);
  fold_options(loaded);
  validate(loaded);
  warn_about_environment(sources.environment, loaded.warnings);
  return loaded;
}

std::vector<Setting> later_settings(const Sources& sources) {
  Loaded ignored;
  Collector collector(ignored);
  collector.add(read_file(sources).given);
  collector.add(from_environment(sources.environment));
  collector.add(sources.flags);
  return collector.later();
}

Environment process_environment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

}  // namespace parse::config
