#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "config/option_spec.h"

/// Readers that the rows of accounts, mail and guards use, like those of read_value.h: each throws kInvalidValue (162)
/// with the reason, to be put behind the option's name.
namespace parse::config {

/// A number of `unit`, with its fraction, down to the millisecond.
std::chrono::milliseconds duration(const object::Value& value, std::chrono::milliseconds unit);
/// The same, which must not be zero.
std::chrono::milliseconds positive_duration(const object::Value& value, std::chrono::milliseconds unit);
/// `{"<provider>": {…}}`; a provider may also be `true` or `false`, and null is dropped.
object::Object auth_providers(const object::Value& value);
/// `{"<class>": {"<group>": ["<field>", …]}}`.
object::Object protected_fields(const object::Value& value);
/// An object, or the name of an adapter.
object::Value email_adapter(const object::Value& value);
/// One segment of a path, without slashes.
std::string path_segment(const object::Value& value);
/// A route pattern; see base/path_pattern.h.
std::string path_pattern(const object::Value& value);
/// A regular expression that compiles.
std::string regex(const object::Value& value);
std::vector<std::string> regex_list(const object::Value& value);
/// An address of a page: begins with http:// or https://.
std::string page_url(const object::Value& value);

/// Milliseconds, up to a year.
constexpr Range kRateLimitWindow = {1, std::int64_t{366} * 86'400'000};
/// `[{"requestPath":…,"requestTimeWindow":…,"requestCount":…, …}]`, or one such object.
/// Source: parse-server Config.validateRateLimit.
std::vector<RateLimit> rate_limits(const object::Value& value);
/// ip, user, session or global.
RateLimitZone rate_limit_zone(const object::Value& value);

}  // namespace parse::config
