#include "storage/postgres/json_values.h"

#include <algorithm>
#include <array>

#include "object/json.h"
#include "object/pointer_identity.h"

namespace parse::storage::postgres {
namespace {

using object::Object;
using object::Value;

bool is_index(std::string_view segment) {
  return !segment.empty() && std::all_of(segment.begin(), segment.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Without the type of a pointer: an included object is the same.
std::string contained_json(const Value& value) {
  const auto pointer = object::pointer_identity(value);
  if (!pointer) return canonical_json(value);
  return object::to_json(Object{{"className", pointer->class_name}, {"objectId", pointer->object_id}});
}

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    segments.emplace_back(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return segments;
}

}  // namespace

std::vector<JsonStep> split_json_path(std::string_view path, bool root_is_map) {
  const std::vector<std::string> segments = segments_of(path);
  std::vector<JsonStep> steps(1);
  std::size_t next = 0;
  if (root_is_map && segments.size() > 1 && is_index(segments[1])) steps.back().indexes.push_back(segments[next++]);
  for (; next < segments.size(); ++next) {
    const std::string& segment = segments[next];
    if (!is_index(segment)) {
      steps.back().names += "." + object::to_json(segment);
      continue;
    }
    if (steps.back().names != "$") steps.emplace_back();
    steps.back().indexes.push_back(segment);
  }
  return steps;
}

bool is_json_scalar(const Value& value) { return value.is<std::string>() || value.is_number() || value.is<bool>(); }

std::string canonical_json(const Value& value) {
  if (const auto* file = value.get_if<object::File>()) return object::to_json(object::File{file->name, {}});
  if (const auto pointer = object::pointer_identity(value)) return object::to_json(*pointer);
  return object::to_json(value);
}

std::string containment_json(const object::Array& values) {
  std::string json = "[";
  for (const Value& value : values) {
    if (json.size() > 1) json += ',';
    json += contained_json(value);
  }
  return json + "]";
}

}  // namespace parse::storage::postgres
