#include "base/iso_date.h"
#include "cloud/subject.h"
#include "cloud/webhook_message.h"
#include "object/json.h"

namespace parse::cloud {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// The member `key` of the request object, or null.
Value member(const Object& request, std::string_view key) {
  const Value* value = request.find(key);
  return value ? *value : Value();
}

Object map_or_empty(const Object& request, std::string_view key) {
  const Value* value = request.find(key);
  const Object* map = value ? value->get_if<Object>() : nullptr;
  return map ? *map : Object();
}

/// Dates as JavaScript writes them when it is not asked for Parse's encoding.
Value with_iso_dates(Value value) {
  if (const auto* date = value.get_if<object::Date>()) return to_iso_date(date->time);
  if (Array* list = value.get_if<Array>()) {
    for (Value& item : *list) item = with_iso_dates(std::move(item));
  } else if (Object* map = value.get_if<Object>()) {
    for (auto& [key, item] : *map) item = with_iso_dates(std::move(item));
  }
  return value;
}

/// Rows without what only says that they are objects.
Array bare_rows(const Object& request) {
  Array rows = member(request, "objects").as<Array>();
  for (Value& row : rows) row = plain_row(std::move(*row.get_if<Object>()));
  return rows;
}

/// With a condition always, and without bounds that are none.
Object query_of(const Object& request) {
  Object query = map_or_empty(request, "query");
  if (!query.contains("where")) query.append("where", Object());
  for (const char* bound : {"limit", "skip"}) {
    if (const Value* value = query.find(bound); value != nullptr && !value->truthy()) query.erase(bound);
  }
  return query;
}

void add_subject(const Invocation& invocation, Object& body) {
  const Object& request = invocation.request;
  switch (invocation.kind) {
    case HookKind::kFunction:
    case HookKind::kJob:
      body.append("params", with_iso_dates(map_or_empty(request, "params")));
      body.append("functionName", invocation.name);
      return;
    case HookKind::kBeforeFind:
      body.append("query", query_of(request));
      body.append("count", member(request, "count").truthy());
      body.append("isGet", member(request, "isGet").truthy());
      break;
    case HookKind::kAfterFind:
      body.append("object", nullptr);
      body.append("objects", bare_rows(request));
      body.append("query", query_of(request));
      body.append("isGet", member(request, "isGet").truthy());
      break;
    default:
      body.append("object", subject_of(request));
      if (request.contains("original")) body.append("original", original_of(request));
  }
  body.append("triggerName", to_string(invocation.kind));
}

void add_caller(const Object& request, Object& body) {
  body.append("master", member(request, "master").truthy());
  body.append("isReadOnly", member(request, "isReadOnly").truthy());
  if (request.contains("user")) body.append("user", plain_row(map_or_empty(request, "user")));
  if (const Value* installation = request.find("installationId")) body.append("installationId", *installation);
  body.append("headers", map_or_empty(request, "headers"));
  body.append("ip", member(request, "ip"));
  body.append("context", map_or_empty(request, "context"));
}

}  // namespace

std::string webhook_request(const Invocation& invocation) {
  Object body;
  add_subject(invocation, body);
  add_caller(invocation.request, body);
  return object::to_json(std::move(body));
}

}  // namespace parse::cloud
