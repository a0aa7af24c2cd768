#include "cloud/subject.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/iso_date.h"

namespace parse::cloud {
namespace {

using object::Object;
using object::Value;

Object map_or_empty(const Object& map, std::string_view key) {
  const Value* value = map.find(key);
  const Object* found = value ? value->get_if<Object>() : nullptr;
  return found ? *found : Object();
}

Value class_of(const Object& request) {
  const Value* name = request.find("className");
  return name ? *name : Value();
}

bool is_field_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto may_follow = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), may_follow);
}

bool is_operator(const Value& value) {
  const Object* map = value.get_if<Object>();
  return map != nullptr && map->contains("__op");
}

/// `{"a.b": 1}` changes `b` of the map that `a` is.
void set_inside(Object& object, const std::string& path, const Value& value) {
  const std::size_t dot = path.find('.');
  Object nested = map_or_empty(object, path.substr(0, dot));
  nested.set(path.substr(dot + 1), value);
  object.set(path.substr(0, dot), std::move(nested));
}

Object plain(Object object, const Value& class_name) {
  Object row = plain_row(std::move(object));
  row.set("className", class_name);
  return row;
}

}  // namespace

Object subject_of(const Object& request) {
  const Value class_name = class_of(request);
  if (!request.contains("changes")) return plain(map_or_empty(request, "object"), class_name);
  Object object = plain(map_or_empty(request, "original"), class_name);
  for (const auto& [key, value] : map_or_empty(request, "changes")) {
    if (key.find('.') != std::string::npos && !is_operator(value))
      set_inside(object, key, value);
    else if (is_field_name(key) || key.find('.') != std::string::npos)
      object.set(key, value);
  }
  if (const Value* id = request.find("objectId")) object.set("objectId", *id);
  return object;
}

Object plain_row(Object row) {
  for (const char* key : {"__type", "className"}) row.erase(key);
  for (const char* key : {"createdAt", "updatedAt"}) {
    Value* time = row.find(key);
    if (const auto* date = time ? time->get_if<object::Date>() : nullptr) *time = to_iso_date(date->time);
  }
  return row;
}

Object original_of(const Object& request) {
  return request.contains("original") ? plain(map_or_empty(request, "original"), class_of(request)) : Object();
}

}  // namespace parse::cloud
