#include "api/batch_part.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "api/dispatcher.h"
#include "http/text.h"
#include "rest/cloud_call.h"

namespace parse::api {
namespace {

using object::Object;
using object::Value;

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

BatchPart read_part(const ApiRequest& request, const Value& entry) {
  const Object* map = entry.get_if<Object>();
  const Value* path = map ? map->find("path") : nullptr;
  if (path == nullptr || !path->is<std::string>()) refuse("batch request path must be a string");
  std::string_view target = routable_path(request.services.settings, path->as<std::string>());
  BatchPart part;
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

}  // namespace

std::vector<BatchPart> read_batch(const ApiRequest& request) {
  const Value* requests = request.body.find("requests");
  const object::Array* list = requests ? requests->get_if<object::Array>() : nullptr;
  if (list == nullptr) refuse("requests must be an array");
  const auto limit = request.services.rest_settings.limits.batch_requests;
  const auto count = static_cast<std::int64_t>(list->size());
  if (limit && count > *limit && !request.context.principal.bypasses_permissions()) {
    refuse(fmt::format("Batch request contains {} sub-requests, which exceeds the limit of {}.", count, *limit));
  }
  std::vector<BatchPart> parts;
  parts.reserve(list->size());
  for (const Value& entry : *list) {
    parts.push_back(read_part(request, entry));
    request.dispatcher.admit_part(request.context, parts.back().method, parts.back().path);
  }
  return parts;
}

ApiRequest request_of(ApiRequest& outer, const BatchPart& part, storage::Transaction* transaction) {
  const rest::Context& caller = outer.context;
  storage::Operations& storage = transaction ? *transaction : caller.storage;
  return {outer.services,
          outer.dispatcher,
          outer.http,
          part.method,
          part.path,
          {},
          part.query,
          part.body,
          rest::Context{caller.settings, caller.schemas, caller.accounts, storage, caller.principal, caller.client,
                        caller.now, rest::copy_of(caller.cloud)}};
}

}  // namespace parse::api
