#include "cloud/fault.h"
#include "cloud/webhook_message.h"
#include "logging/logger.h"
#include "object/json.h"

namespace parse::cloud {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// Longest start of a bad answer that is logged.
constexpr std::size_t kShown = 100;
/// Codes beyond are no codes of Parse.
constexpr std::int64_t kLastCode = 99'999;

[[noreturn]] void throw_malformed(const Invocation& invocation, std::string_view body) {
  logging::warn("The webhook of {} {} gave a malformed response: {}", to_string(invocation.kind), invocation.name,
                body.substr(0, kShown));
  throw Fault(ErrorCode::kScriptFailed, "Malformed response");
}

/// A JSON text may hold the answer once more.
Object read_answer(const Invocation& invocation, std::string_view body) {
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return {};
  auto value = object::try_parse_json(body);
  if (const std::string* text = value ? value->get_if<std::string>() : nullptr)
    value = object::try_parse_json(std::string(*text));
  Object* answer = value ? value->get_if<Object>() : nullptr;
  if (answer == nullptr) throw_malformed(invocation, body);
  return std::move(*answer);
}

const std::string* text_at(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  return value ? value->get_if<std::string>() : nullptr;
}

Fault fault_of(const Value& error) {
  if (const auto* text = error.get_if<std::string>()) return {ErrorCode::kScriptFailed, *text};
  const Object* details = error.get_if<Object>();
  if (details == nullptr) return {ErrorCode::kScriptFailed, object::to_json(error)};
  // Such an error comes from code that throws; its code says nothing, as in the reference.
  if (const std::string* message = text_at(*details, "message")) return {ErrorCode::kScriptFailed, *message};
  const std::string* text = text_at(*details, "error");
  const Value* code = details->find("code");
  const std::int64_t* number = code ? code->get_if<std::int64_t>() : nullptr;
  const bool fits = number != nullptr && *number >= -1 && *number <= kLastCode;
  return {fits ? static_cast<ErrorCode>(*number) : ErrorCode::kScriptFailed, text ? *text : object::to_json(error)};
}

/// The rows that were asked about; each says its class.
Array rows_of(const Object& request) {
  Array rows = request.at("objects").as<Array>();
  for (Value& row : rows) row.get_if<Object>()->erase("__type");
  return rows;
}

bool are_rows(const Array& list) {
  for (const Value& row : list) {
    if (!row.is<Object>()) return false;
  }
  return true;
}

/// nullopt: no such value can be.
std::optional<Object> read_success(const Invocation& invocation, Value* success) {
  switch (invocation.kind) {
    case HookKind::kFunction:
      return success ? Object{{"result", std::move(*success)}} : Object();
    case HookKind::kBeforeSave:
      if (success == nullptr) return Object();
      if (!success->is<Object>()) return std::nullopt;
      return Object{{"object", std::move(*success)}, {"replaces", true}};
    case HookKind::kAfterSave:
      if (success == nullptr || !success->is<Object>()) return Object();
      return Object{{"response", std::move(*success)}};
    case HookKind::kAfterFind:
      if (success == nullptr || !success->truthy()) return Object{{"objects", rows_of(invocation.request)}};
      if (const Array* list = success->get_if<Array>(); list == nullptr || !are_rows(*list)) return std::nullopt;
      return Object{{"objects", std::move(*success)}};
    default:
      return Object();
  }
}

}  // namespace

Outcome webhook_outcome(const Invocation& invocation, std::string_view body) {
  Object answer = read_answer(invocation, body);
  const Value* error = answer.find("error");
  if (error != nullptr && error->truthy()) throw fault_of(*error);
  auto outcome = read_success(invocation, answer.find("success"));
  if (!outcome) throw_malformed(invocation, body);
  return '\n' + object::to_json(std::move(*outcome));
}

}  // namespace parse::cloud
