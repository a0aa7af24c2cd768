#include "query/find_options.h"
#include "query/name_list.h"
#include "schema/names.h"

namespace parse::query {
namespace {

using schema::FieldKind;

bool may_hold_pointers(const schema::Field& field) {
  return field.type.kind == FieldKind::kPointer || field.type.kind == FieldKind::kArray;
}

/// The fields asked for, before exclusion; absent: all.
std::optional<std::vector<std::string>> wanted_keys(const FindParams& params, const schema::ClassSchema* class_schema) {
  const bool all_but_some = !params.keys && !params.exclude_keys.empty();
  if (class_schema == nullptr || !(all_but_some || (params.keys && params.include_all))) return params.keys;
  NameList keys(params.keys ? *params.keys : std::vector<std::string>());
  for (const schema::Field& field : class_schema->fields) {
    if (all_but_some || may_hold_pointers(field)) keys.add(field.name);
  }
  return keys.take();
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
  NameList include(params.include);
  if (params.include_all && class_schema != nullptr) {
    for (const schema::Field& field : class_schema->fields) {
      if (may_hold_pointers(field)) include.add(field.name);
    }
  }
  projection.include = include.take();
  const auto wanted = wanted_keys(params, class_schema);
  if (!wanted) return projection;
  const NameList excluded(params.exclude_keys);
  NameList keys;
  for (const std::string& key : *wanted) {
    if (key == "$score") {
      projection.with_text_score = true;
    } else if (!excluded.contains(key)) {
      keys.add(schema::root_field(key));
    }
  }
  projection.keys = keys.take();
  return projection;
}

FindParams params_below(const FindParams& params, const std::string& path) {
  FindParams below;
  NameList keys;
  NameList exclude_keys;
  bool is_last = false;
  for (const std::string& key : params.keys ? *params.keys : std::vector<std::string>())
    keys.add(part_below(key, path, is_last));
  for (const std::string& key : params.exclude_keys) {
    const std::string part = part_below(key, path, is_last);
    if (is_last) exclude_keys.add(part);
  }
  below.exclude_keys = exclude_keys.take();
  if (!keys.empty()) below.keys = keys.take();
  below.read_from = params.include_from ? params.include_from : params.read_from;
  return below;
}

}  // namespace parse::query
