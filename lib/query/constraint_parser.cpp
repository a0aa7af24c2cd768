// Reads the operators of one field: a table row for each.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "object/json.h"
#include "query/geo.h"
#include "query/js_text.h"
#include "query/regex.h"
#include "query/relative_time.h"
#include "query/where_scope.h"

namespace parse::query {
namespace {

using object::Array;
using object::Object;
using object::Value;
using schema::FieldKind;

[[noreturn]] void fail_json(std::string message) { throw Error(ErrorCode::kInvalidJson, std::move(message)); }
[[noreturn]] void fail_query(std::string message) { throw Error(ErrorCode::kInvalidQuery, std::move(message)); }

/// The operator being read.
struct Operator {
  const FieldScope& field;
  std::string_view name;
  const Value& operand;
  FieldConstraints& found;
};

const Value* relative_time_of(const Value& operand) {
  const Object* map = operand.get_if<Object>();
  const Value* text = map ? map->find("$relativeTime") : nullptr;
  return text != nullptr && text->truthy() ? text : nullptr;
}

void refuse_relative_time(const Value& operand) {
  if (relative_time_of(operand) != nullptr)
    fail_json("$relativeTime can only be used with the $lt, $lte, $gt, and $gte operators");
}

Value resolve_relative_time(const FieldScope& field, const Value& text) {
  if (field.field != nullptr && !field.is(FieldKind::kDate))
    fail_json("$relativeTime can only be used with Date field");
  if (!text.is<std::string>()) fail_json("bad $relativeTime value. It should be a string");
  return object::Date{parse_relative_time(text.as<std::string>(), field.scope.context.now)};
}

const Array& array_operand(const Operator& op) {
  const Array* values = op.operand.get_if<Array>();
  if (values == nullptr) fail_json(fmt::format("bad {} value", op.name));
  return *values;
}

void read_equal(Operator& op) {
  refuse_relative_time(op.operand);
  op.found.all.emplace_back(Equal{read_operand(op.operand, op.field.field)});
}

void read_not_equal(Operator& op) {
  refuse_relative_time(op.operand);
  op.found.all.emplace_back(NotEqual{read_operand(op.operand, op.field.field)});
}

template <Comparison comparison>
void read_comparison(Operator& op) {
  if (const Value* text = relative_time_of(op.operand)) {
    op.found.all.emplace_back(Compare{comparison, resolve_relative_time(op.field, *text)});
    return;
  }
  if (op.operand.is<Object>() || op.operand.is<Array>())
    fail_json(fmt::format("bad atom: {}", object::to_json(op.operand)));
  op.found.all.emplace_back(Compare{comparison, read_operand(op.operand, op.field.field)});
}

/// The list with nested lists spread out, one level.
Array read_list(const Operator& op) {
  Array list;
  for (const Value& element : array_operand(op)) {
    if (const Array* nested = element.get_if<Array>()) {
      for (const Value& inner : *nested) list.push_back(read_operand(inner, op.field.field));
    } else {
      list.push_back(read_operand(element, op.field.field));
    }
  }
  const auto is_text = [](const Value& value) { return value.is_null() || value.is<std::string>(); };
  if (op.field.is(FieldKind::kString) && !std::all_of(list.begin(), list.end(), is_text)) {
    fail_query(fmt::format("{} element type mismatch: expected string for field \"{}\"", op.name, op.field.path));
  }
  return list;
}

void read_in(Operator& op) { op.found.any.emplace_back(In{read_list(op)}); }
void read_not_in(Operator& op) { op.found.all.emplace_back(NotIn{read_list(op)}); }

void read_exists(Operator& op) {
  refuse_relative_time(op.operand);
  op.found.all.emplace_back(Exists{op.operand.truthy()});
}

/// The pattern of `{"$regex":"^…"}`, or nullptr.
const std::string* starts_with_pattern(const Value& value) {
  const Object* map = value.get_if<Object>();
  const Value* regex = map ? map->find("$regex") : nullptr;
  const std::string* pattern = regex ? regex->get_if<std::string>() : nullptr;
  return pattern != nullptr && pattern->starts_with('^') ? pattern : nullptr;
}

/// The text that `^\Qtext\E` stands for; what is not quoted stands for itself, without its escaping backslashes.
std::string literal_of(std::string_view pattern) {
  pattern.remove_prefix(1);
  std::string text;
  bool quoted = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string_view pair = pattern.substr(i, 2);
    if (pair == "\\E" || (pair == "\\Q" && !quoted)) {
      quoted = pair == "\\Q";
      ++i;
    } else if (!quoted && pattern[i] == '\\' && pair.size() == 2) {
      text.push_back(pattern[++i]);
    } else {
      text.push_back(pattern[i]);
    }
  }
  return text;
}

void read_contains_all(Operator& op) {
  const Array& values = array_operand(op);
  const auto is_pattern = [](const Value& value) { return starts_with_pattern(value) != nullptr; };
  if (std::none_of(values.begin(), values.end(), is_pattern)) {
    op.found.all.emplace_back(ContainsAll{values});
    return;
  }
  ContainsAllStartingWith all;
  for (const Value& value : values) {
    const std::string* pattern = starts_with_pattern(value);
    if (pattern == nullptr)
      fail_json(fmt::format("All $all values must be of regex type or none: {}", js_string(op.operand)));
    all.prefixes.push_back(literal_of(*pattern));
  }
  op.found.all.emplace_back(std::move(all));
}

void read_contained_by(Operator& op) {
  const Array* values = op.operand.get_if<Array>();
  if (values == nullptr) fail_json("bad $containedBy: should be an array");
  op.found.all.emplace_back(ContainedBy{*values});
}

std::string read_regex_options(const Object& operators) {
  const Value* options = operators.find("$options");
  if (options == nullptr) return {};
  const std::string* text = options->get_if<std::string>();
  if (text == nullptr) fail_query("$options value must be a string");
  if (text->empty() || text->find_first_not_of("imxsu") != std::string::npos)
    fail_query(fmt::format("Bad $options value for query: {}", *text));
  return *text;
}

void read_regex(Operator& op) {
  const WhereContext& context = op.field.scope.context;
  if (!context.is_master && !context.limits.allow_regex) fail_query("$regex operator is not allowed");
  const std::string* pattern = op.operand.get_if<std::string>();
  if (pattern == nullptr) fail_query("$regex value must be a string");
  Regex regex{*pattern, read_regex_options(op.field.operators)};
  check_regex(regex.pattern, regex.options);
  op.found.all.emplace_back(std::move(regex));
}

/// A member that says nothing unless another operator is there.
template <const std::string_view& companion>
void read_companion(Operator& op) {
  if (!op.field.operators.contains(companion)) fail_json(fmt::format("bad constraint: {}", op.name));
}

constexpr std::string_view kRegex = "$regex";
constexpr std::string_view kNearSphere = "$nearSphere";

std::optional<bool> read_text_flag(const Object& search, std::string_view name) {
  const Value* flag = search.find(name);
  if (flag == nullptr || !flag->truthy()) {
    const bool is_false = flag != nullptr && flag->is<bool>();
    return is_false ? std::optional(false) : std::nullopt;
  }
  if (!flag->is<bool>()) fail_json(fmt::format("bad $text: {}, should be boolean", name));
  return true;
}

void read_text(Operator& op) {
  const Object* map = op.operand.get_if<Object>();
  const Value* value = map ? map->find("$search") : nullptr;
  const Object* search = value ? value->get_if<Object>() : nullptr;
  if (search == nullptr) fail_json("bad $text: $search, should be object");
  const Value* term = search->find("$term");
  if (term == nullptr || !term->truthy() || !term->is<std::string>()) fail_json("bad $text: $term, should be string");
  TextSearch text{term->as<std::string>(), {}, {}, {}};
  const Value* language = search->find("$language");
  if (language != nullptr && language->truthy()) {
    if (!language->is<std::string>()) fail_json("bad $text: $language, should be string");
    text.language = language->as<std::string>();
  }
  text.case_sensitive = read_text_flag(*search, "$caseSensitive");
  text.diacritic_sensitive = read_text_flag(*search, "$diacriticSensitive");
  op.found.all.emplace_back(std::move(text));
}

void read_near_sphere(Operator& op) { op.found.all.push_back(read_near(op.field, op.operand)); }
void read_box(Operator& op) { op.found.all.push_back(read_within(op.operand)); }
void read_area(Operator& op) { op.found.all.push_back(read_geo_within(op.operand)); }
void read_intersection(Operator& op) { op.found.all.push_back(read_geo_intersects(op.operand)); }
void read_subquery(Operator& op) { op.found.any.push_back(read_in_query(op.field, op.name, op.operand)); }
void read_no_subquery(Operator& op) { op.found.all.push_back(read_in_query(op.field, op.name, op.operand)); }
void read_selection(Operator& op) { op.found.any.push_back(read_select(op.field, op.name, op.operand)); }
void read_no_selection(Operator& op) { op.found.all.push_back(read_select(op.field, op.name, op.operand)); }

struct Row {
  std::string_view name;
  void (*read)(Operator&);
};
constexpr std::array<Row, 26> kOperators{{
    {"$eq", read_equal},
    {"$ne", read_not_equal},
    {"$lt", read_comparison<Comparison::kLess>},
    {"$lte", read_comparison<Comparison::kLessOrEqual>},
    {"$gt", read_comparison<Comparison::kGreater>},
    {"$gte", read_comparison<Comparison::kGreaterOrEqual>},
    {"$in", read_in},
    {"$nin", read_not_in},
    {"$exists", read_exists},
    {"$all", read_contains_all},
    {"$containedBy", read_contained_by},
    {"$regex", read_regex},
    {"$options", read_companion<kRegex>},
    {"$text", read_text},
    {"$nearSphere", read_near_sphere},
    {"$maxDistance", read_companion<kNearSphere>},
    {"$maxDistanceInRadians", read_companion<kNearSphere>},
    {"$maxDistanceInMiles", read_companion<kNearSphere>},
    {"$maxDistanceInKilometers", read_companion<kNearSphere>},
    {"$within", read_box},
    {"$geoWithin", read_area},
    {"$geoIntersects", read_intersection},
    {"$inQuery", read_subquery},
    {"$notInQuery", read_no_subquery},
    {"$select", read_selection},
    {"$dontSelect", read_no_selection},
}};

}  // namespace

FieldConstraints read_constraints(const FieldScope& field) {
  FieldConstraints found;
  for (const object::Member& member : field.operators) {
    const auto row =
        std::find_if(kOperators.begin(), kOperators.end(), [&](const Row& r) { return r.name == member.key; });
    if (row == kOperators.end()) fail_json(fmt::format("bad constraint: {}", member.key));
    Operator op{field, member.key, member.value, found};
    row->read(op);
  }
  return found;
}

Value read_operand(const Value& value, const schema::Field* field) {
  // Stored polygons are closed, so only a closed one can be equal.
  if (const auto* polygon = value.get_if<object::Polygon>()) return closed_polygon(*polygon);
  const std::string* text = value.get_if<std::string>();
  if (text == nullptr || field == nullptr) return value;
  if (field->type.kind == FieldKind::kDate) {
    if (const auto time = parse_iso_date(*text)) return object::Date{*time};
  } else if (field->type.kind == FieldKind::kPointer) {
    return object::Pointer{field->type.target_class, *text};
  }
  return value;
}

}  // namespace parse::query
