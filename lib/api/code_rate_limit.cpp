#include "api/code_rate_limit.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/path_pattern.h"
#include "cloud/hook.h"
#include "logging/logger.h"
#include "object/json.h"

namespace parse::api {
namespace {

using cloud::HookKind;
using object::Object;
using object::Value;

constexpr std::string_view kMessage = "Too many requests.";
/// What express-rate-limit takes when nothing is said: a minute, and how many calls in it.
constexpr std::int64_t kWindow = 60'000;
constexpr std::int64_t kCount = 5;
/// Days beyond count.
constexpr double kLargest = 1e15;

struct Implied {
  std::string path;
  std::vector<std::string> methods;
};

std::string path_of_class(std::string_view class_name) {
  if (class_name == "@Config") return "/config";
  if (class_name == "@File") return "/files{/*id}";
  if (class_name == "_User") return "/users{/*id}";
  if (class_name == "_Session") return "/sessions{/*id}";
  return fmt::format("/classes/{}{{/*id}}", class_name);
}

/// nullopt: no limit stands on hooks of this kind.
std::optional<Implied> implied_by(HookKind kind, std::string_view name) {
  switch (kind) {
    case HookKind::kFunction:
      return Implied{fmt::format("/functions/{}", name), {}};
    case HookKind::kBeforeSave:
      return Implied{path_of_class(name), {"POST", "PUT"}};
    case HookKind::kBeforeDelete:
      return Implied{path_of_class(name), {"DELETE"}};
    case HookKind::kBeforeFind:
      return Implied{path_of_class(name), {"GET"}};
    case HookKind::kBeforeLogin:
      return Implied{"/login", {"POST", "GET"}};
    case HookKind::kBeforePasswordResetRequest:
      return Implied{"/requestPasswordReset", {"POST"}};
    default:
      return std::nullopt;
  }
}

bool is_on(const Object& limit, std::string_view key) {
  const Value* value = limit.find(key);
  return value != nullptr && value->truthy();
}

std::string text_or(const Object& limit, std::string_view key, std::string other) {
  const Value* value = limit.find(key);
  const std::string* text = value ? value->get_if<std::string>() : nullptr;
  return text && !text->empty() ? *text : std::move(other);
}

std::int64_t number_or(const Object& limit, std::string_view key, std::int64_t other) {
  const Value* value = limit.find(key);
  const double number = value && value->is_number() ? value->number() : static_cast<double>(other);
  return static_cast<std::int64_t>(std::clamp(number, 0.0, kLargest));
}

RateLimitZone zone_named(const std::string& name) {
  if (name == "user") return RateLimitZone::kUser;
  if (name == "session") return RateLimitZone::kSession;
  if (name == "global") return RateLimitZone::kGlobal;
  return RateLimitZone::kIp;
}

/// One text is a pattern, several are names.
void read_methods(const Object& limit, const Implied& implied, RateLimitRule& rule) {
  const Value* given = limit.find("requestMethods");
  if (const auto* pattern = given ? given->get_if<std::string>() : nullptr) {
    rule.method_pattern.emplace(*pattern, "");
  } else if (const auto* list = given ? given->get_if<object::Array>() : nullptr) {
    for (const Value& method : *list) rule.methods.push_back(method.as<std::string>());
  } else {
    rule.methods = implied.methods;
  }
}

RateLimitRule rule_of(const Object& limit, const Implied& implied) {
  const std::string path = text_or(limit, "requestPath", implied.path);
  RateLimitRule rule{.path = {path_pattern_regex(path), "i"}};
  rule.window = std::chrono::milliseconds(number_or(limit, "requestTimeWindow", kWindow));
  rule.count = number_or(limit, "requestCount", kCount);
  rule.message = text_or(limit, "errorResponseMessage", std::string(kMessage));
  read_methods(limit, implied, rule);
  rule.include_master_key = is_on(limit, "includeMasterKey");
  rule.include_internal = is_on(limit, "includeInternalRequests");
  rule.zone = zone_named(text_or(limit, "zone", {}));
  return rule;
}

}  // namespace

std::vector<RateLimitRule> code_rate_limit_rules(std::string_view limits) {
  std::vector<RateLimitRule> rules;
  const Value list = object::parse_json(limits);
  for (const Value& item : list.as<object::Array>()) {
    const Object& entry = item.as<Object>();
    const std::string& name = entry.at("name").as<std::string>();
    const auto kind = cloud::hook_kind_named(entry.at("kind").as<std::string>());
    const auto implied = kind ? implied_by(*kind, name) : std::nullopt;
    if (!implied) continue;
    try {
      rules.push_back(rule_of(entry.at("rateLimit").as<Object>(), *implied));
    } catch (const Error& error) {
      logging::error("The rateLimit of {} {} limits nothing: {}", to_string(*kind), name, error.message());
    }
  }
  return rules;
}

CodeRateLimiter::Loaded::Loaded(std::shared_ptr<const std::string> from)
    : text(std::move(from)), rules(code_rate_limit_rules(*text)), limiter(rules) {}

std::shared_ptr<CodeRateLimiter::Loaded> CodeRateLimiter::loaded(const std::shared_ptr<const std::string>& limits) {
  const auto is_same = [&](const std::shared_ptr<Loaded>& known) {
    return known && (known->text == limits || *known->text == *limits);
  };
  auto known = current_.load();
  if (is_same(known)) return known;
  const std::lock_guard lock(loading_);
  known = current_.load();
  if (is_same(known)) return known;
  auto made = std::make_shared<Loaded>(limits);
  current_.store(made);
  return made;
}

std::optional<RateLimitCount> CodeRateLimiter::count(const std::shared_ptr<const std::string>& limits,
                                                     const RateLimitCall& call) {
  if (!limits) return std::nullopt;
  return loaded(limits)->limiter.count(call);
}

}  // namespace parse::api
