#include "client/rest_client.h"

#include <fmt/format.h>

#include <optional>

#include "net/url.h"
#include "object/json.h"

namespace parse::client {
namespace {

using object::Object;
using object::Value;

std::optional<Value> try_read(const std::string& body) {
  try {
    return body.empty() ? Value(Object()) : object::parse_json(body);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// `{"code": …, "error": …}`, or `{"error": …}` without a code.
[[noreturn]] void throw_refusal(const Object& body, int status) {
  const Value* code = body.find("code");
  const Value* text = body.find("error");
  if (text == nullptr) text = body.find("message");
  const std::int64_t* number = code ? code->get_if<std::int64_t>() : nullptr;
  const std::string* message = text ? text->get_if<std::string>() : nullptr;
  throw Refusal(number ? static_cast<ErrorCode>(*number) : ErrorCode::kInternal,
                message ? *message : fmt::format("the server answered with status {}", status), status);
}

/// Both servers answer so to a path at which there is nothing of theirs: below another mount path, or not known yet.
void check_is_there(const Answer& answer, const std::string& place, const std::string& path) {
  if (answer.status == 404 && answer.body.find("Cannot ") != std::string::npos)
    throw Unreachable(fmt::format(
        "{} has nothing at {} (status 404); is the mount path right, and can that server do it?", place, path));
}

std::string query_string(const Params& params) { return params.empty() ? "" : "?" + net::form_encode(params); }

}  // namespace

std::string segment(std::string_view text) { return net::percent_encode(text); }

RestClient::RestClient(std::unique_ptr<Transport> transport, Keys keys)
    : transport_(std::move(transport)), keys_(std::move(keys)) {}

Value RestClient::get(const std::string& path, const Params& params) {
  return call({.method = "GET", .path = path + query_string(params)}).body;
}
Value RestClient::post(const std::string& path, const Value& body) {
  return call({.method = "POST", .path = path, .body = object::to_json(body)}).body;
}
Value RestClient::put(const std::string& path, const Value& body) {
  return call({.method = "PUT", .path = path, .body = object::to_json(body)}).body;
}
Value RestClient::remove(const std::string& path, const Value* body) {
  return call({.method = "DELETE", .path = path, .body = body ? object::to_json(*body) : ""}).body;
}

Reply RestClient::post_for_reply(const std::string& path, const Value& body) {
  return call({.method = "POST", .path = path, .body = object::to_json(body)});
}

Value RestClient::post_file(const std::string& path, const Upload& file) {
  Call sent{.method = "POST", .path = path, .headers = {{"Content-Type", file.content_type}}};
  sent.body_file = file.path;
  return call(std::move(sent)).body;
}

Answer RestClient::send(Call call) {
  call.headers.emplace_back("X-Parse-Application-Id", keys_.app_id);
  call.headers.emplace_back("X-Parse-Master-Key", keys_.master_key);
  if (!call.body.empty()) call.headers.emplace_back("Content-Type", "application/json");
  return transport_->send(call);
}

Reply RestClient::call(Call call) {
  const std::string path = call.path.substr(0, call.path.find('?'));
  Answer answer = send(std::move(call));
  check_is_there(answer, place(), path);
  Value body = read(answer);
  return {std::move(body), std::move(answer)};
}

Value RestClient::read(const Answer& answer) const {
  std::optional<Value> body = try_read(answer.body);
  const bool is_good = answer.status >= 200 && answer.status < 300;
  const Object* object = body ? body->get_if<Object>() : nullptr;
  if (!is_good && object != nullptr && (object->contains("error") || object->contains("message")))
    throw_refusal(*object, answer.status);
  if (!is_good || !body)
    throw Unreachable(fmt::format("{} does not answer like a Parse Server (status {}); is the mount path right?",
                                  place(), answer.status));
  return std::move(*body);
}

}  // namespace parse::client
