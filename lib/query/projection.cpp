#include <algorithm>

#include "query/find_options.h"
#include "schema/names.h"

namespace parse::query {
namespace {

using schema::FieldKind;

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

void add_new(std::vector<std::string>& list, std::string_view text) {
  if (!contains(list, text)) list.emplace_back(text);
}

bool may_hold_pointers(const schema::Field& field) {
  return field.type.kind == FieldKind::kPointer || field.type.kind == FieldKind::kArray;
}

/// The fields asked for, before exclusion; absent: all.
std::optional<std::vector<std::string>> wanted_keys(const FindParams& params, const schema::ClassSchema* class_schema) {
  auto keys = params.keys;
  if (class_schema == nullptr) return keys;
  if (!keys && !params.exclude_keys.empty()) {
    keys.emplace();
    for (const schema::Field& field : class_schema->fields) keys->push_back(field.name);
  } else if (keys && params.include_all) {
    for (const schema::Field& field : class_schema->fields) {
      if (may_hold_pointers(field)) add_new(*keys, field.name);
    }
  }
  return keys;
}

/// The part of `key` right below `path`, empty when it is not below; `is_last` tells that nothing follows.
std::string part_below(std::string_view key, std::string_view path, bool& is_last) {
  if (!key.starts_with(path) || key.size() <= path.size() || key[path.size()] != '.') return {};
  key.remove_prefix(path.size() + 1);
  is_last = key.find('.') == std::string_view::npos;
  return std::string(key.substr(0, key.find('.')));
}

}  // namespace

Projection make_projection(const FindParams& params, const schema::ClassSchema* class_schema) {
  Projection projection;
  projection.include = params.include;
  if (params.include_all && class_schema != nullptr) {
    for (const schema::Field& field : class_schema->fields) {
      if (may_hold_pointers(field)) add_new(projection.include, field.name);
    }
  }
  const auto wanted = wanted_keys(params, class_schema);
  if (!wanted) return projection;
  projection.keys.emplace();
  for (const std::string& key : *wanted) {
    if (key == "$score") {
      projection.with_text_score = true;
    } else if (!contains(params.exclude_keys, key)) {
      add_new(*projection.keys, schema::root_field(key));
    }
  }
  return projection;
}

FindParams params_below(const FindParams& params, const std::string& path) {
  FindParams below;
  std::vector<std::string> keys;
  bool is_last = false;
  for (const std::string& key : params.keys ? *params.keys : std::vector<std::string>()) {
    const std::string part = part_below(key, path, is_last);
    if (!part.empty()) add_new(keys, part);
  }
  for (const std::string& key : params.exclude_keys) {
    const std::string part = part_below(key, path, is_last);
    if (!part.empty() && is_last) add_new(below.exclude_keys, part);
  }
  if (!keys.empty()) below.keys = std::move(keys);
  return below;
}

}  // namespace parse::query
