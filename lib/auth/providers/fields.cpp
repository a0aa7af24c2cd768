#include "auth/providers/fields.h"

#include <fmt/format.h>

#include "object/json.h"

namespace parse::auth {

Error refused(std::string message) { return Error(ErrorCode::kObjectNotFound, std::move(message)); }

std::string text_at(const object::Object& object, std::string_view key) {
  const object::Value* found = object.find(key);
  const auto* text = found == nullptr ? nullptr : found->get_if<std::string>();
  return text == nullptr ? "" : *text;
}

std::string id_at(const object::Object& object, std::string_view key) {
  const object::Value* found = object.find(key);
  const auto* number = found == nullptr ? nullptr : found->get_if<std::int64_t>();
  return number == nullptr ? text_at(object, key) : std::to_string(*number);
}

std::string require_text(const object::Object& auth_data, std::string_view key, std::string_view message) {
  std::string text = text_at(auth_data, key);
  if (text.empty()) throw refused(std::string(message));
  return text;
}

object::Object read_object(const net::HttpResponse& answer, const Error& refusal) {
  std::optional<object::Value> body = object::try_parse_json(answer.body);
  auto* found = body ? body->get_if<object::Object>() : nullptr;
  if (found != nullptr) return std::move(*found);
  throw Error(refusal.code(), refusal.message(), fmt::format("status {}, no JSON object", answer.status));
}

object::Object fetch_object(net::HttpClient& http, const net::HttpRequest& request, const Error& refusal) {
  const net::HttpResponse answer = http.send(request);
  if (!answer.ok()) throw Error(refusal.code(), refusal.message(), fmt::format("status {}", answer.status));
  return read_object(answer, refusal);
}

net::Headers bearer(std::string_view token) {
  return {{"Authorization", fmt::format("Bearer {}", token)}, {"Accept", "application/json"}};
}

}  // namespace parse::auth
