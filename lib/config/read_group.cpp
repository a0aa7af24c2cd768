#include "config/read_group.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/path_pattern.h"
#include "config/read_value.h"
#include "query/regex.h"

namespace parse::config {
namespace {

using object::Array;
using object::Object;
using object::Value;

[[noreturn]] void refuse(std::string reason) { throw Error(ErrorCode::kInvalidValue, std::move(reason)); }

/// Members of one rate limit. A member that must be there is fetched with `required`.
class LimitReader {
 public:
  explicit LimitReader(const Object& object) : object_(object) {}

  RateLimit read() const {
    check_names();
    RateLimit limit;
    limit.request_path = path_pattern(Value(text("requestPath", required("requestPath"))));
    const auto window = whole("requestTimeWindow", required("requestTimeWindow"));
    if (window < kRateLimitWindow.min || window > kRateLimitWindow.max)
      refuse(fmt::format("contains a 'requestTimeWindow' that is not between {} and {}", kRateLimitWindow.min,
                         kRateLimitWindow.max));
    limit.time_window = std::chrono::milliseconds(window);
    limit.request_count = whole("requestCount", required("requestCount"));
    if (limit.request_count < 1) refuse("contains a 'requestCount' that is less than 1");
    if (const auto* value = find("errorResponseMessage"))
      limit.error_response_message = text("errorResponseMessage", *value);
    if (const auto* value = find("requestMethods")) limit.request_methods = methods(*value);
    if (const auto* value = find("includeMasterKey")) limit.include_master_key = flag("includeMasterKey", *value);
    if (const auto* value = find("includeInternalRequests"))
      limit.include_internal_requests = flag("includeInternalRequests", *value);
    if (const auto* value = find("zone")) limit.zone = rate_limit_zone(Value(text("zone", *value)));
    return limit;
  }

 private:
  void check_names() const {
    for (const auto& [key, value] : object_) {
      const OptionSpec* spec = find_option("rateLimit." + key);
      if (spec == nullptr) refuse(fmt::format("contains the unknown key '{}'", key));
      if (!spec->is_live() && !value.is_null())
        refuse(fmt::format("contains '{}', which needs {}, which this version does not have yet", key, spec->needs));
    }
  }

  /// Null counts as absent.
  const Value* find(std::string_view name) const {
    const Value* value = object_.find(name);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

  const Value& required(std::string_view name) const {
    const Value* value = find(name);
    if (value == nullptr) refuse(fmt::format("contains an object without '{}'", name));
    return *value;
  }

  static std::string text(std::string_view name, const Value& value) {
    if (!value.is<std::string>()) refuse(fmt::format("contains a '{}' that is not a text", name));
    return value.as<std::string>();
  }

  static std::int64_t whole(std::string_view name, const Value& value) {
    if (const auto* number = value.get_if<std::int64_t>()) return *number;
    const auto* real = value.get_if<double>();
    if (real != nullptr && std::trunc(*real) == *real && std::abs(*real) < 9e15)
      return static_cast<std::int64_t>(*real);
    refuse(fmt::format("contains a '{}' that is not a whole number", name));
  }

  static bool flag(std::string_view name, const Value& value) {
    if (!value.is<bool>()) refuse(fmt::format("contains a '{}' that is not true or false", name));
    return value.as<bool>();
  }

  static std::vector<std::string> methods(const Value& value) {
    if (value.is<std::string>()) return {regex(value)};
    if (!value.is<Array>()) refuse("contains 'requestMethods' that are neither a text nor a list");
    return regex_list(value);
  }

  const Object& object_;
};

void check_field_list(const std::string& class_name, const std::string& group, const Value& fields) {
  const auto* list = fields.get_if<Array>();
  if (list == nullptr) refuse(fmt::format("must have a list of fields at {}.{}", class_name, group));
  for (const Value& field : *list)
    if (!field.is<std::string>()) refuse(fmt::format("must only contain texts at {}.{}", class_name, group));
}

}  // namespace

std::chrono::milliseconds duration(const Value& value, std::chrono::milliseconds unit) {
  const auto* whole = value.get_if<std::int64_t>();
  if (whole != nullptr) return unit * *whole;
  return std::chrono::milliseconds(std::llround(value.as<double>() * static_cast<double>(unit.count())));
}

std::chrono::milliseconds positive_duration(const Value& value, std::chrono::milliseconds unit) {
  const auto result = duration(value, unit);
  if (result.count() <= 0) refuse("must be greater than 0");
  return result;
}

Object auth_providers(const Value& value) {
  Object providers;
  for (const auto& [name, settings] : value.as<Object>()) {
    if (settings.is_null()) continue;
    if (!settings.is<Object>() && !settings.is<bool>())
      refuse(fmt::format("must have an object of settings for '{}'", name));
    providers.append(name, settings);
  }
  return providers;
}

Object protected_fields(const Value& value) {
  for (const auto& [class_name, groups] : value.as<Object>()) {
    if (!groups.is<Object>()) refuse(fmt::format("must have an object of groups for the class {}", class_name));
    for (const auto& [group, fields] : groups.as<Object>()) check_field_list(class_name, group, fields);
  }
  return value.as<Object>();
}

Value email_adapter(const Value& value) {
  if (!value.is<Object>() && !value.is<std::string>()) refuse("must be an object, or the name of an adapter");
  return value;
}

std::string path_segment(const Value& value) {
  const std::string& segment = value.as<std::string>();
  if (segment.empty() || segment.find_first_of("/ \t\r\n?#%\"<>\\:*") != std::string::npos)
    refuse(fmt::format("has invalid value '{}', it must be one segment of a URL path", segment));
  return segment;
}

std::string path_pattern(const Value& value) {
  const std::string& pattern = value.as<std::string>();
  try {
    static_cast<void>(path_pattern_regex(pattern));
  } catch (const Error& error) {
    refuse(fmt::format("has an invalid path '{}': {}", pattern, error.message()));
  }
  return pattern;
}

std::string regex(const Value& value) {
  const std::string& pattern = value.as<std::string>();
  try {
    query::check_regex(pattern, "");
  } catch (const Error& error) {
    refuse(fmt::format("has an invalid regular expression '{}': {}", pattern, error.message()));
  }
  return pattern;
}

std::vector<std::string> regex_list(const Value& value) {
  auto patterns = text_list(value);
  for (const std::string& pattern : patterns) static_cast<void>(regex(Value(pattern)));
  return patterns;
}

std::string page_url(const Value& value) {
  const std::string& url = value.as<std::string>();
  static_cast<void>(http_url(value));
  return url;
}

std::vector<RateLimit> rate_limits(const Value& value) {
  if (const auto* one = value.get_if<Object>()) return {LimitReader(*one).read()};
  const auto* list = value.get_if<Array>();
  if (list == nullptr) refuse("must be a JSON array of objects");
  std::vector<RateLimit> limits;
  for (const Value& entry : *list) {
    if (!entry.is<Object>()) refuse("must be a JSON array of objects");
    limits.push_back(LimitReader(entry.as<Object>()).read());
  }
  return limits;
}

RateLimitZone rate_limit_zone(const Value& value) {
  return static_cast<RateLimitZone>(chosen(value, {"ip", "user", "session", "global"}));
}

}  // namespace parse::config
