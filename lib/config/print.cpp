#include "config/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "logging/redact.h"
#include "object/json.h"

namespace parse::config {
namespace {

using object::Array;
using object::Object;
using object::Value;

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (quoted += '\\') += c;
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      fmt::format_to(std::back_inserter(quoted), "\\u{:04X}", static_cast<unsigned char>(c));
    else
      quoted += c;
  }
  return quoted + '"';
}

std::string toml_value(const Value& value);

template <typename Range, typename Write>
std::string join(const Range& range, Write write) {
  std::string text;
  for (const auto& entry : range) text += (text.empty() ? "" : ", ") + write(entry);
  return text;
}

std::string toml_value(const Value& value) {
  if (const auto* text = value.get_if<std::string>()) return quote(*text);
  if (const auto* array = value.get_if<Array>()) return "[" + join(*array, toml_value) + "]";
  if (const auto* object = value.get_if<Object>())
    return "{" +
           join(*object, [](const auto& member) { return quote(member.key) + " = " + toml_value(member.value); }) + "}";
  return to_json(value);
}

std::string shown(const OptionSpec& spec, const Value& value) {
  if (spec.secrecy == Secrecy::kMasked) return quote(logging::kMask);
  if (const auto* text = value.get_if<std::string>()) return quote(logging::redact(*text));
  return toml_value(value);
}

/// Whether a row has a line of its own; groups are spelled out by their members, `config` cannot stand in a file, and
/// the members of `rateLimit` are shown as entries of its list.
bool is_printed(const OptionSpec& spec) {
  return spec.is_live() && spec.name != "config" && !spec.name.starts_with("rateLimit.");
}

/// The limits in force, wherever they came from.
Value limits_value(const RateLimitOptions& options) {
  constexpr std::string_view kZones[] = {"ip", "user", "session", "global"};
  Array limits;
  for (const RateLimit& limit : options.limits) {
    Array methods(limit.request_methods.begin(), limit.request_methods.end());
    limits.emplace_back(Object{{"requestPath", limit.request_path},
                               {"requestTimeWindow", limit.time_window.count()},
                               {"requestCount", limit.request_count},
                               {"errorResponseMessage", limit.error_response_message},
                               {"requestMethods", std::move(methods)},
                               {"includeMasterKey", limit.include_master_key},
                               {"includeInternalRequests", limit.include_internal_requests},
                               {"zone", kZones[static_cast<std::size_t>(limit.zone)]}});
  }
  return limits;
}

/// What the server made of an option that was not set; null when it stays without a value.
Value derived_value(const Loaded& loaded, const OptionSpec& spec) {
  if (spec.name == "serverURL") return loaded.options.network.server_url;
  if (spec.name == "logLevel") return loaded.options.log.level;
  if (spec.name == "databaseURI") return loaded.options.database.uri;
  return default_value(spec);
}

std::string config_line(const Loaded& loaded, const OptionSpec& spec) {
  if (spec.name == "rateLimit" && !loaded.options.rate_limits.limits.empty())
    return fmt::format("rateLimit = {}\n", toml_value(limits_value(loaded.options.rate_limits)));
  const auto set = std::find_if(loaded.settings.begin(), loaded.settings.end(),
                                [&](const Setting& setting) { return setting.spec == &spec; });
  if (set != loaded.settings.end())
    return fmt::format("{} = {}  # {}\n", spec.name, shown(spec, set->value), set->origin);
  const Value value = derived_value(loaded, spec);
  if (value.is_null()) return fmt::format("# {} is not set\n", spec.name);
  // Any key of `schema` declares schemas, so their defaults must not come alive when the text is loaded.
  const bool quiet = spec.section == Section::kSchema && !loaded.options.schema.declared;
  return fmt::format("{}{} = {}  # default\n", quiet ? "# " : "", spec.name, toml_value(value));
}

std::string example_line(const OptionSpec& spec) {
  const Value value = spec.type == OptionType::kSize ? Value(spec.default_text) : default_value(spec);
  return fmt::format("\n# {}.\n# {} = {}\n", spec.help, spec.name, value.is_null() ? "\"\"" : toml_value(value));
}

template <typename Write>
std::string by_section(Write write) {
  std::string text;
  Section section = Section::kHidden;
  for (const OptionSpec& spec : option_table()) {
    if (!is_printed(spec)) continue;
    if (spec.section != section) text += fmt::format("\n## {}\n", title(spec.section));
    section = spec.section;
    text += write(spec);
  }
  return text;
}

}  // namespace

std::string to_toml(const Loaded& loaded) {
  return "# The configuration in force; secrets are masked.\n" +
         by_section([&](const OptionSpec& spec) { return config_line(loaded, spec); });
}

std::string example_toml() {
  return "# Configuration of parse-server. Start it with: parse-server --config parse-server.toml\n"
         "# Flags and environment variables win over this file. Check it with --check, see what is in force with\n"
         "# --print-config. Every line below shows a default; remove the leading # to change it.\n" +
         by_section(example_line);
}

}  // namespace parse::config
