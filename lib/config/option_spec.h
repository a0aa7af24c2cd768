#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "config/options.h"
#include "object/value.h"

namespace parse::config {

/// How the text of an option is read. Source: parse-server Options/parsers.
enum class OptionType {
  /// Any text.
  kString,
  /// A whole number.
  kInteger,
  /// A number, with or without a fraction.
  kNumber,
  /// True for `true` and `1`, otherwise false.
  kBool,
  /// Texts separated by commas, or a JSON array of texts.
  kList,
  /// A JSON array.
  kJsonList,
  /// A JSON object.
  kJson,
  /// A JSON object whose members are options of their own, named `group.member`.
  kGroup,
  /// A whole number, or a boolean.
  kIntegerOrBool,
  /// A whole number, or any text.
  kIntegerOrString,
  /// JSON when the text is JSON, otherwise the text: a module path, an address.
  kJsonOrText,
  /// Bytes, as a whole number or with a unit: 500kb, 20mb, 1gb.
  kSize,
};

/// Groups of `--help`, in the order they are shown. Options whose feature is missing are in none of them.
enum class Section {
  kApplication,
  kNetwork,
  kStorage,
  kObjects,
  kSchema,
  kAccounts,
  kMail,
  kLimits,
  kGuards,
  kCloud,
  kLogging,
  kProcess,
  kHidden
};

/// What `--print-config` shows of a value.
enum class Secrecy { kPublic, kMasked };

/// Smallest and largest value of a number.
struct Range {
  std::int64_t min = std::numeric_limits<std::int64_t>::min();
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

/// Stores a value, already of the option's type and range, in its field.
/// Throws kInvalidValue (162) with the reason, for example "contains an invalid IP address 'x'".
using Apply = void (*)(Options& options, const object::Value& value);

/// One option: flag `--name`, environment variables, TOML and JSON key, default and help. Everything that knows options
/// (loading, --help, man page, completions, --print-config) reads this one table.
struct OptionSpec {
  /// The flag without its dashes, and the key in files; a member of a group is `group.member`.
  std::string_view name;
  /// Environment variables separated by spaces, the most important first.
  std::string_view env;
  OptionType type = OptionType::kString;
  /// The default as a user would write it; empty means none.
  std::string_view default_text;
  /// One sentence without a full stop.
  std::string_view help;
  /// Null for groups and for options whose feature is missing.
  Apply apply = nullptr;
  Range range = {};
  Secrecy secrecy = Secrecy::kPublic;
  Section section = Section::kHidden;
  /// When `apply` is null: the feature that is missing; or, for what this server will never do, the whole reason.
  std::string_view needs = {};
  /// The option belongs to the Node server's host program and never gets a feature here.
  bool never = false;
  /// An older name of the same option.
  std::string_view alias = {};

  bool is_group() const { return type == OptionType::kGroup; }
  bool is_live() const { return apply != nullptr; }
};

/// Every option, live ones first, in the order of `--help`.
const std::vector<OptionSpec>& option_table();

/// The option called `name`, or by an older name; nullptr when there is none.
const OptionSpec* find_option(std::string_view name);

/// The real option name that looks most like `name`; empty when nothing is near.
std::string nearest_option(std::string_view name);

/// The title of a section in `--help` and the man page.
std::string_view title(Section section);

/// The environment variables of an option, the most important first.
std::vector<std::string_view> env_names(const OptionSpec& spec);

/// Why an option without a feature cannot be used: "'cloud' needs Cloud Code, which this version does not have yet".
std::string refusal(const OptionSpec& spec);

}  // namespace parse::config
