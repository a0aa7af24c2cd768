#include "api/batch.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "api/dispatcher.h"
#include "api/json_response.h"
#include "api/parallel.h"
#include "http/text.h"
#include "object/json.h"

namespace parse::api {
namespace {

using object::Object;
using object::Value;

/// How often a transaction that lost a write conflict is run again.
constexpr int kTransactionRetries = 5;
constexpr std::string_view kBatchPath = "/batch";

struct Part {
  http::Method method = http::Method::kGet;
  std::string path;
  http::QueryPairs query;
  Object body;
};

[[noreturn]] void refuse(std::string message) { throw Error(ErrorCode::kInvalidJson, std::move(message)); }

/// Takes the prefix off; nullopt when the path does not start with it as whole segments.
std::optional<std::string_view> behind(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  path.remove_prefix(prefix.size());
  if (!path.empty() && path.front() != '/') return std::nullopt;
  return path;
}

std::string_view routable_path(const Settings& settings, std::string_view path) {
  if (const auto rest = behind(path, settings.mount_path)) return *rest;
  const bool two_addresses = settings.server_url_path != settings.public_url_path;
  for (const std::string* prefix : {&settings.server_url_path, &settings.public_url_path}) {
    if (!two_addresses || prefix->empty()) continue;
    if (const auto rest = behind(path, *prefix)) return *rest;
  }
  refuse(fmt::format("cannot route batch path {}", path));
}

http::Method read_method(const Object& entry) {
  const Value* value = entry.find("method");
  const std::string* text = value ? value->get_if<std::string>() : nullptr;
  std::string verb = text ? *text : "GET";
  for (char& c : verb) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return http::parse_method(verb);
}

Part read_part(const Settings& settings, const Value& entry) {
  const Object* map = entry.get_if<Object>();
  const Value* path = map ? map->find("path") : nullptr;
  if (path == nullptr || !path->is<std::string>()) refuse("batch request path must be a string");
  std::string_view target = routable_path(settings, path->as<std::string>());
  Part part;
  part.method = read_method(*map);
  if (const std::size_t mark = target.find('?'); mark != std::string_view::npos) {
    part.query = http::parse_query_string(target.substr(mark + 1));
    target = target.substr(0, mark);
  }
  part.path = target;
  if (const Value* body = map->find("body")) {
    if (const Object* members = body->get_if<Object>()) part.body = *members;
  }
  const bool is_batch = http::iequals(part.path, kBatchPath) || http::iequals(part.path, "/batch/");
  if (part.method == http::Method::kPost && is_batch) refuse("nested batch requests are not allowed");
  return part;
}

std::vector<Part> read_parts(const ApiRequest& request) {
  const Value* requests = request.body.find("requests");
  const object::Array* list = requests ? requests->get_if<object::Array>() : nullptr;
  if (list == nullptr) refuse("requests must be an array");
  const auto limit = request.services.rest_settings.limits.batch_requests;
  const auto count = static_cast<std::int64_t>(list->size());
  if (limit && count > *limit && !request.context.principal.bypasses_permissions()) {
    refuse(fmt::format("Batch request contains {} sub-requests, which exceeds the limit of {}.", count, *limit));
  }
  std::vector<Part> parts;
  parts.reserve(list->size());
  for (const Value& entry : *list) parts.push_back(read_part(request.services.settings, entry));
  return parts;
}

http::Response run_part(ApiRequest& outer, const Part& part, storage::Operations& storage) {
  const rest::Context& caller = outer.context;
  ApiRequest request{
      outer.services,
      outer.dispatcher,
      outer.http,
      part.method,
      part.path,
      {},
      part.query,
      part.body,
      rest::Context{caller.settings, caller.schemas, storage, caller.principal, caller.installation_id, caller.now}};
  return outer.dispatcher.serve_part(request);
}

bool failed(const http::Response& response) { return response.status >= 400; }

bool is_write_conflict(const http::Response& response) {
  return object::parse_json(response.body).as<Object>().at("code") ==
         Value(static_cast<int>(ErrorCode::kInvalidLinkedSession));
}

std::string to_body(const std::vector<http::Response>& responses) {
  std::string body;
  object::JsonWriter writer(body);
  writer.begin_array();
  for (const http::Response& response : responses) {
    writer.begin_object();
    writer.key(failed(response) ? "error" : "success");
    writer.encoded_json(response.body.empty() ? "{}" : response.body);
    writer.end_object();
  }
  writer.end_array();
  return body;
}

std::vector<http::Response> run_independently(ApiRequest& request, const std::vector<Part>& parts) {
  std::vector<http::Response> responses(parts.size());
  for_each_in_parallel(request.dispatcher.pool(), parts.size(),
                       [&](std::size_t i) { responses[i] = run_part(request, parts[i], request.services.storage); });
  return responses;
}

/// One try; nullopt asks for another one after a write conflict. Throws when a part failed: nothing is kept then.
std::optional<std::vector<http::Response>> try_as_transaction(ApiRequest& request, const std::vector<Part>& parts) {
  std::vector<http::Response> responses;
  try {
    const auto transaction = request.services.storage.begin();
    for (const Part& part : parts) {
      responses.push_back(run_part(request, part, *transaction));
      if (!failed(responses.back())) continue;
      if (is_write_conflict(responses.back())) return std::nullopt;
      throw std::runtime_error("transaction rolled back: " + responses.back().body);
    }
    transaction->commit();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInvalidLinkedSession) return std::nullopt;
    throw;
  }
  return responses;
}

std::vector<http::Response> run_as_transaction(ApiRequest& request, const std::vector<Part>& parts) {
  for (int attempt = 0; attempt <= kTransactionRetries; ++attempt) {
    if (auto responses = try_as_transaction(request, parts)) return std::move(*responses);
  }
  throw std::runtime_error("transaction gave up after repeated write conflicts");
}

http::Response serve_batch(ApiRequest& request) {
  const std::vector<Part> parts = read_parts(request);
  const Value* transaction = request.body.find("transaction");
  const bool* wanted = transaction ? transaction->get_if<bool>() : nullptr;
  const bool as_transaction = wanted != nullptr && *wanted;
  return json_response(
      200, to_body(as_transaction ? run_as_transaction(request, parts) : run_independently(request, parts)));
}

}  // namespace

void bind_batch(Routes& routes) { routes.add(http::Method::kPost, kBatchPath, serve_batch); }

}  // namespace parse::api
