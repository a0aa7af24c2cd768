#include "query/find_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/ascii.h"
#include "base/error.h"
#include "object/json.h"
#include "query/js_text.h"
#include "query/name_list.h"

namespace parse::query {
namespace {

using object::Object;
using object::Value;

/// For everybody; `requestComplexity` sets a lower limit for clients.
constexpr std::ptrdiff_t kMaxIncludeDepth = 100;
constexpr double kMaxCount = 9007199254740992.0;  // 2^53
struct PreferenceName {
  std::string_view name;
  ReadPreference preference;
};
constexpr std::array<PreferenceName, 5> kReadPreferences{{
    {"PRIMARY", ReadPreference::kPrimary},
    {"PRIMARY_PREFERRED", ReadPreference::kPrimaryPreferred},
    {"SECONDARY", ReadPreference::kSecondary},
    {"SECONDARY_PREFERRED", ReadPreference::kSecondaryPreferred},
    {"NEAREST", ReadPreference::kNearest},
}};
constexpr std::array<std::string_view, 4> kExplainLevels{"queryPlanner", "queryPlannerExtended", "executionStats",
                                                         "allPlansExecution"};

[[noreturn]] void fail(std::string message) { throw Error(ErrorCode::kInvalidQuery, std::move(message)); }

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

std::vector<std::string> split_names(const Value& value) {
  NameList names;
  const std::string text = js_string(value);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    names.add(trimmed(std::string_view(text).substr(begin, end - begin)));
    begin = end + 1;
  }
  return names.take();
}

std::int64_t read_count(std::string_view name, const Value& value) {
  const auto number = js_number(value);
  if (!number || !(*number >= 0 && *number <= kMaxCount))
    fail(fmt::format("Invalid value for {}: {}", name, js_string(value)));
  return std::llround(*number);
}

void read_preference_into(std::optional<ReadPreference>& out, const Value& value) {
  const std::string* text = value.get_if<std::string>();
  if (text == nullptr || text->empty()) return;  // as the reference, which only looks at text
  const auto found = std::ranges::find(kReadPreferences, ascii_upper(*text), &PreferenceName::name);
  if (found == kReadPreferences.end()) fail("Not supported read preference.");
  out = found->preference;
}

/// "a_1_b_-1" of {"a":1,"b":-1}.
std::string index_name(const Object& spec) {
  std::string name;
  for (const auto& [field, direction] : spec) {
    if (!name.empty()) name.push_back('_');
    name += fmt::format("{}_{}", field, js_string(direction));
  }
  return name;
}

// One reader for each parameter that a find knows; those of a get are marked.
struct Row {
  std::string_view name;
  bool in_get;
  void (*read)(FindParams&, const Value&);
};

void read_where_param(FindParams& params, const Value& value) {
  const std::string* text = value.get_if<std::string>();
  // The reference knows an empty list as an empty query; numbers and null bring it down.
  std::optional<Value> where = text ? object::try_parse_json(*text) : value;
  if (!where || !(where->is<Object>() || where->is<object::Array>()))
    throw Error(ErrorCode::kInvalidJson, "where parameter is not valid JSON");
  params.where = std::move(*where);
}
void read_order_param(FindParams& params, const Value& value) {
  if (value.truthy()) params.order = js_string(value);
}
void read_skip(FindParams& params, const Value& value) {
  if (value.truthy()) params.skip = read_count("skip", value);
}
void read_limit(FindParams& params, const Value& value) {
  if (value.truthy() || value.is_number()) params.limit = read_count("limit", value);
}
void read_count_flag(FindParams& params, const Value& value) { params.count = value.truthy(); }
void read_keys(FindParams& params, const Value& value) {
  if (!value.is_null()) params.keys = split_names(value);
}
void read_exclude_keys(FindParams& params, const Value& value) {
  if (!value.is_null()) params.exclude_keys = split_names(value);
}
void read_include(FindParams& params, const Value& value) {
  if (!value.is_null()) params.include = split_names(value);
}
void read_include_all(FindParams& params, const Value& value) { params.include_all = value.truthy(); }
void read_redirect(FindParams& params, const Value& value) {
  if (value.truthy()) params.redirect_key = js_string(value);
}
void read_objects_from(FindParams& params, const Value& value) { read_preference_into(params.read_from, value); }
void read_included_from(FindParams& params, const Value& value) { read_preference_into(params.include_from, value); }
void read_subqueries_from(FindParams& params, const Value& value) { read_preference_into(params.subquery_from, value); }
void read_hint(FindParams& params, const Value& value) {
  if (const auto* name = value.get_if<std::string>(); name != nullptr && !name->empty()) params.hint = *name;
  if (const auto* spec = value.get_if<Object>()) params.hint = index_name(*spec);
}
void read_explain(FindParams& params, const Value& value) {
  if (!value.truthy()) return;
  const std::string* level = value.get_if<std::string>();
  if (!value.is<bool>() && (level == nullptr || !is_one_of(kExplainLevels, *level))) fail("Invalid value for explain");
  params.explain = level ? *level : "queryPlanner";
}
void read_comment(FindParams& params, const Value& value) {
  if (value.is<std::string>() && value.truthy()) params.comment = value.as<std::string>();
}

constexpr std::array<Row, 16> kParameters{{
    {"where", false, read_where_param},
    {"order", false, read_order_param},
    {"skip", false, read_skip},
    {"limit", false, read_limit},
    {"count", false, read_count_flag},
    {"keys", true, read_keys},
    {"excludeKeys", true, read_exclude_keys},
    {"include", true, read_include},
    {"includeAll", false, read_include_all},
    {"redirectClassNameForKey", false, read_redirect},
    {"readPreference", true, read_objects_from},
    {"includeReadPreference", true, read_included_from},
    {"subqueryReadPreference", true, read_subqueries_from},
    {"hint", false, read_hint},
    {"explain", false, read_explain},
    {"comment", false, read_comment},
}};

const Row* find_row(std::string_view name) {
  const auto row = std::find_if(kParameters.begin(), kParameters.end(), [&](const Row& r) { return r.name == name; });
  return row == kParameters.end() ? nullptr : &*row;
}

/// The paths above each dotted key, which must be expanded for the key to show.
void add_parents_of_keys(const std::vector<std::string>& keys, NameList& include) {
  for (const std::string& key : keys) {
    if (const std::size_t dot = key.rfind('.'); dot != std::string::npos)
      include.add(std::string_view(key).substr(0, dot));
  }
}

std::ptrdiff_t depth_of(const std::string& path) { return std::count(path.begin(), path.end(), '.') + 1; }

/// Adds the parents of each path and sorts by depth, so that a parent is expanded before its children.
std::vector<std::string> with_parents(const std::vector<std::string>& paths) {
  NameList all;
  for (const std::string& path : paths) {
    // The parents of a long path take space by the square of its length.
    if (const auto depth = depth_of(path); depth > kMaxIncludeDepth)
      fail(fmt::format("Include depth of {} exceeds maximum allowed depth of {}", depth, kMaxIncludeDepth));
    for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1))
      all.add(std::string_view(path).substr(0, dot));
    all.add(path);
  }
  std::vector<std::string> sorted = all.take();
  std::ranges::stable_sort(sorted, {}, depth_of);
  return sorted;
}

void finish_include(FindParams& params) {
  NameList include(params.include);
  if (params.keys) add_parents_of_keys(*params.keys, include);
  add_parents_of_keys(params.exclude_keys, include);
  params.include_all = params.include_all || include.contains("*");
  params.include = include.contains("*") ? std::vector<std::string>() : with_parents(include.take());
}

bool has_subquery(const Where& where);

bool has_subquery(const std::vector<Where>& parts) {
  return std::ranges::any_of(parts, [](const Where& part) { return has_subquery(part); });
}

bool is_subquery(const Constraint& constraint) {
  return std::holds_alternative<InQuery>(constraint) || std::holds_alternative<Select>(constraint);
}

bool has_subquery(const Where& where) {
  return std::ranges::any_of(where.conditions, [](const Condition& condition) {
    if (const auto* field = std::get_if<FieldCondition>(&condition)) return is_subquery(field->constraint);
    if (const auto* all = std::get_if<And>(&condition)) return has_subquery(all->parts);
    if (const auto* any = std::get_if<Or>(&condition)) return has_subquery(any->parts);
    if (const auto* none = std::get_if<Nor>(&condition)) return has_subquery(none->parts);
    return false;
  });
}

}  // namespace

ReadPreference read_preference(const FindParams& params, const Where& where) {
  const ReadPreference own = params.read_from.value_or(ReadPreference::kPrimary);
  if (!params.subquery_from || !has_subquery(where)) return own;
  return std::min(own, *params.subquery_from);
}

FindParams parse_find_params(const Object& params, const LimitSettings& limits) {
  FindParams find;
  for (const auto& [name, value] : params) {
    if (find_row(name) == nullptr) fail(fmt::format("Invalid parameter for query: {}", name));
  }
  for (const auto& [name, value] : params) find_row(name)->read(find, value);
  if (!find.limit) {
    find.limit = limits.default_limit;
  } else if (limits.max_limit && *find.limit > *limits.max_limit) {
    find.limit = limits.max_limit;
  }
  finish_include(find);
  return find;
}

FindParams parse_get_params(const Object& params) {
  FindParams find;
  for (const auto& [name, value] : params) {
    const Row* row = find_row(name);
    if (row == nullptr || !row->in_get) fail("Improper encode of parameter");
    row->read(find, value);
  }
  finish_include(find);
  return find;
}

Object decode_query_params(const std::vector<std::pair<std::string, std::string>>& pairs) {
  return merge_params(Object(), pairs);
}

Object merge_params(Object body, const std::vector<std::pair<std::string, std::string>>& pairs) {
  for (const auto& [name, text] : pairs) {
    auto json = object::try_parse_json(text);
    body.set(name, json ? std::move(*json) : Value(text));
  }
  return body;
}

}  // namespace parse::query
