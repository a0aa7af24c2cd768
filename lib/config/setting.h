#pragma once

#include <string>
#include <variant>

#include "config/option_spec.h"
#include "object/value.h"

namespace parse::config {

/// One value somebody gave, before it is known whether the option exists.
struct Given {
  /// As it was given, without dashes: "port", "databaseOptions.maxTimeMS".
  std::string name;
  /// Text from flags and the environment; a value from files.
  std::variant<std::string, object::Value> value;
  /// Where it came from, for messages: "--port", "PORT", "parse.toml:3".
  std::string origin;
};

/// The value that counts for an option, of the option's type.
struct Setting {
  const OptionSpec* spec = nullptr;
  object::Value value;
  /// Empty for a default.
  std::string origin;
};

/// `given` as a value of the option's type: bool, int64, text, Array or Object.
/// Throws kInvalidValue (162) with the reason: "has invalid value 'abc', a whole number is needed".
object::Value read_value(const OptionSpec& spec, const std::variant<std::string, object::Value>& given);

/// The default of an option as a value; null when it has none.
object::Value default_value(const OptionSpec& spec);

/// True when `value` leaves an option whose feature is missing as it is: its default, or nothing at all.
bool is_default(const OptionSpec& spec, const object::Value& value);

}  // namespace parse::config
