#include "rest/hook_log.h"

#include <fmt/format.h>

#include "cloud/subject.h"
#include "object/json.h"

namespace parse::rest {
namespace {

using cloud::HookKind;
using logging::Level;
using object::Object;
using object::Value;

constexpr std::size_t kShown = 1000;
constexpr std::string_view kCut = "... (truncated)";

bool is_on(Level level) { return level != Level::kSilent && logging::enabled(level); }

bool is_after(HookKind kind) { return cloud::to_string(kind).starts_with("after"); }

/// Of these the reference tells that they run, and once more what they came to.
bool is_told_at_once(HookKind kind) {
  return kind == HookKind::kAfterSave || kind == HookKind::kAfterDelete || kind == HookKind::kAfterLogin;
}

/// `{"result":value}` -> `value`
std::string_view value_in(std::string_view result) {
  constexpr std::string_view kHead = R"({"result":)";
  if (!result.starts_with(kHead)) return "undefined";
  return result.substr(kHead.size(), result.size() - kHead.size() - 1);
}

Level success_level(const HookLogLevels& levels, HookKind kind) {
  // The reference says nothing of a beforeFind.
  if (kind == HookKind::kBeforeFind || kind == HookKind::kJob) return Level::kSilent;
  if (kind == HookKind::kFunction) return levels.function_success;
  return is_after(kind) ? levels.trigger_after : levels.trigger_before_success;
}

Level failure_level(const HookLogLevels& levels, HookKind kind) {
  if (kind == HookKind::kBeforeFind || kind == HookKind::kJob) return Level::kSilent;
  return kind == HookKind::kFunction ? levels.function_error : levels.trigger_before_error;
}

/// No character is cut in two.
std::string shortened(std::string text) {
  if (text.size() <= kShown) return text;
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text.append(kCut);
}

std::string input_json(HookKind kind, const Object& input) {
  const char* member = kind == HookKind::kFunction ? "params" : kind == HookKind::kAfterFind ? "objects" : nullptr;
  if (member == nullptr) return object::to_json(cloud::subject_of(input));
  const Value* value = input.find(member);
  return value ? object::to_json(*value) : std::string("{}");
}

}  // namespace

HookLog::HookLog(const Context& context, HookKind kind, std::string_view name, const Object& input)
    : kind_(kind),
      name_(name),
      success_(success_level(context.settings.hook_logs, kind)),
      failure_(failure_level(context.settings.hook_logs, kind)) {
  if (!is_on(success_) && !is_on(failure_)) return;
  user_ = context.principal.user_id.empty() ? "undefined" : context.principal.user_id;
  input_ = shortened(input_json(kind, input));
  if (is_told_at_once(kind) && is_on(success_))
    logging::log(success_, "{} triggered {}:\n  Input: {}", to_string(kind_), subject(), input_);
}

std::string HookLog::subject() const {
  return kind_ == HookKind::kFunction
             ? fmt::format("cloud function {} for user {} with", name_, user_)
             : fmt::format("for {} for user {}", name_ == "@Config" ? "Parse.Config" : name_, user_);
}

void HookLog::succeeded(std::string_view result) const {
  if (!is_on(success_)) return;
  const std::string shown = shortened(std::string(kind_ == HookKind::kFunction ? value_in(result) : result));
  if (kind_ == HookKind::kFunction)
    logging::log(success_, "Ran {}:\n  Input: {}\n  Result: {}", subject(), input_, shown);
  else
    logging::log(success_, "{} triggered {}:\n  Input: {}\n  Result: {}", to_string(kind_), subject(), input_, shown);
}

void HookLog::failed(const Error& error) const {
  if (!is_on(failure_)) return;
  const std::string shown =
      object::to_json(Object{{"message", error.message()}, {"code", static_cast<int>(error.code())}});
  if (kind_ == HookKind::kFunction)
    logging::log(failure_, "Failed running {}:\n  Input: {}\n  Error: {}", subject(), input_, shown);
  else
    logging::log(failure_, "{} failed {}:\n  Input: {}\n  Error: {}", to_string(kind_), subject(), input_, shown);
}

}  // namespace parse::rest
