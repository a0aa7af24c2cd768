#include "api/batch.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "api/dispatcher.h"
#include "api/json_response.h"
#include "api/parallel.h"
#include "http/text.h"
#include "object/json.h"
#include "rest/write.h"

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

/// The verb as written; verbs are case-sensitive here, as in the reference.
std::string read_verb(const Object& entry) {
  const Value* value = entry.find("method");
  const std::string* text = value ? value->get_if<std::string>() : nullptr;
  return text ? *text : "undefined";
}

/// Collapses empty and "." segments and resolves "..", as POSIX paths do: "//classes/../classes/A" is "/classes/A".
std::string normalised(std::string_view path) {
  std::vector<std::string_view> kept;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!segment.empty() && segment != "." && segment != "..") kept.push_back(segment);
  }
  std::string result;
  for (const std::string_view segment : kept) result.append("/").append(segment);
  return result.empty() ? "/" : result;
}

Part read_part(const ApiRequest& request, const Value& entry) {
  const Object* map = entry.get_if<Object>();
  const Value* path = map ? map->find("path") : nullptr;
  if (path == nullptr || !path->is<std::string>()) refuse("batch request path must be a string");
  std::string_view target = routable_path(request.services.settings, path->as<std::string>());
  Part part;
  if (const std::size_t mark = target.find('?'); mark != std::string_view::npos) {
    part.query = http::parse_query_string(target.substr(mark + 1));
    target = target.substr(0, mark);
  }
  const std::string verb = read_verb(*map);
  part.method = http::parse_method(verb);
  part.path = normalised(target);
  if (const Value* body = map->find("body")) {
    if (const Object* members = body->get_if<Object>()) part.body = *members;
  }
  if (http::iequals(part.path, kBatchPath)) refuse("nested batch requests are not allowed");
  if (!request.dispatcher.has_route(part.method, part.path)) refuse(fmt::format("cannot route {} {}", verb, part.path));
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
  for (const Value& entry : *list) {
    parts.push_back(read_part(request, entry));
    request.dispatcher.admit_part(request.context, parts.back().method, parts.back().path);
  }
  return parts;
}

http::Response run_part(ApiRequest& outer, const Part& part, storage::Transaction* transaction) {
  const rest::Context& caller = outer.context;
  storage::Operations& storage = transaction ? *transaction : caller.storage;
  ApiRequest request{outer.services,
                     outer.dispatcher,
                     outer.http,
                     part.method,
                     part.path,
                     {},
                     part.query,
                     part.body,
                     rest::Context{caller.settings, caller.schemas, caller.accounts, storage, transaction != nullptr,
                                   caller.principal, caller.client, caller.now}};
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
                       [&](std::size_t i) { responses[i] = run_part(request, parts[i], nullptr); });
  return responses;
}

/// A part that cannot succeed fails the transaction as a whole, which has no code of its own.
void prepare_part(const rest::Context& context, const Part& part, const std::string& class_name) {
  try {
    const bool creates = part.method == http::Method::kPost;
    (creates ? rest::prepare_create : rest::prepare_update)(context, class_name, part.body);
  } catch (const Error& error) {
    throw std::runtime_error("transaction refused: " + error.message());
  }
}

/// A transaction holds the writer, so classes and fields are made before it begins, and only objects can be part of it.
void prepare_transaction(ApiRequest& request, const std::vector<Part>& parts) {
  constexpr std::string_view kClasses = "/classes/";
  for (const Part& part : parts) {
    const bool is_write = part.method == http::Method::kPost || part.method == http::Method::kPut;
    const bool is_object = http::iequals(std::string_view(part.path).substr(0, kClasses.size()), kClasses);
    if (!is_object && part.method != http::Method::kGet) refuse("only objects can be written in a transaction");
    if (!is_object || !is_write) continue;
    const std::string class_name =
        part.path.substr(kClasses.size(), part.path.find('/', kClasses.size()) - kClasses.size());
    prepare_part(request.context, part, class_name);
  }
}

/// One try; nullopt asks for another one after a write conflict. Throws when a part failed: nothing is kept then.
std::optional<std::vector<http::Response>> try_as_transaction(ApiRequest& request, const std::vector<Part>& parts) {
  std::vector<http::Response> responses;
  try {
    const auto transaction = request.services.storage.begin();
    for (const Part& part : parts) {
      responses.push_back(run_part(request, part, transaction.get()));
      if (!failed(responses.back())) continue;
      if (is_write_conflict(responses.back())) return std::nullopt;
      throw std::runtime_error("transaction rolled back: " + responses.back().body);
    }
    transaction->commit();
    // Other requests may have looked at what was there before the commit.
    request.services.accounts.roles.forget_all();
    request.services.accounts.sessions.forget_all();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInvalidLinkedSession) return std::nullopt;
    throw;
  }
  return responses;
}

std::vector<http::Response> run_as_transaction(ApiRequest& request, const std::vector<Part>& parts) {
  prepare_transaction(request, parts);
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
