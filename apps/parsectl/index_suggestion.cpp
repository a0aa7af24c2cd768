#include "apps/parsectl/index_suggestion.h"

#include <algorithm>

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;
using Keys = std::vector<std::pair<std::string, int>>;

constexpr std::size_t kMostEqualities = 3;
/// Rows that a query may read for one that it gives before an index is worth its price at every write.
constexpr std::int64_t kMostReadForOne = 2;

bool is_indexable(const Object& fields, const std::string& path) {
  const Value* field = fields.find(path);
  const Object* map = field ? field->get_if<Object>() : nullptr;
  const Value* type = map ? map->find("type") : nullptr;
  if (type == nullptr) return false;
  for (const char* name : {"String", "Number", "Date", "Boolean", "Pointer"}) {
    if (*type == Value(name)) return true;
  }
  return false;
}

bool has_one_of(const Array& operators, std::initializer_list<const char*> names) {
  return std::ranges::any_of(operators, [&](const Value& each) {
    return std::ranges::any_of(names, [&](const char* name) { return each == Value(name); });
  });
}

bool contains(const Keys& keys, const std::string& field) {
  return std::ranges::any_of(keys, [&](const auto& key) { return key.first == field; });
}

/// The best keys for one shape; `equalities` of them, at the front, may stand in any order.
struct Wanted {
  Keys keys;
  std::size_t equalities = 0;
};

void add_fields(const Object& where, const Object& fields, std::initializer_list<const char*> operators,
                std::size_t most, Keys& keys) {
  for (const object::Member& member : where) {
    const Array* names = member.value.get_if<Array>();
    if (keys.size() >= most) return;
    if (names != nullptr && !contains(keys, member.key) && has_one_of(*names, operators) &&
        is_indexable(fields, member.key))
      keys.emplace_back(member.key, 1);
  }
}

void add_order(const Object& shape, const Object& fields, Keys& keys) {
  const Array& order = shape.at("order").as<Array>();
  if (order.empty()) return;
  std::string field = order.front().as<std::string>();
  const bool is_descending = field.starts_with('-');
  if (is_descending) field.erase(0, 1);
  if (is_indexable(fields, field) && !contains(keys, field)) keys.emplace_back(field, is_descending ? -1 : 1);
}

Wanted wanted_keys(const Object& shape, const Object& fields) {
  const Object& where = shape.at("where").as<Object>();
  Wanted wanted;
  add_fields(where, fields, {"$eq"}, kMostEqualities, wanted.keys);
  add_fields(where, fields, {"$in"}, kMostEqualities, wanted.keys);
  wanted.equalities = wanted.keys.size();
  add_order(shape, fields, wanted.keys);
  if (wanted.keys.size() == wanted.equalities)
    add_fields(where, fields, {"$lt", "$lte", "$gt", "$gte"}, wanted.equalities + 1, wanted.keys);
  return wanted;
}

/// An index serves when it begins with the fields compared for equality, in any order, and goes on as wanted.
bool serves(const Keys& index, const Wanted& wanted) {
  if (index.size() < wanted.keys.size()) return false;
  for (std::size_t i = 0; i < wanted.equalities; ++i) {
    if (!std::any_of(index.begin(), index.begin() + static_cast<std::ptrdiff_t>(wanted.equalities),
                     [&](const auto& key) { return key.first == wanted.keys[i].first; }))
      return false;
  }
  for (std::size_t i = wanted.equalities; i < wanted.keys.size(); ++i) {
    if (index[i].first != wanted.keys[i].first) return false;
  }
  return true;
}

Keys keys_of(const Value& index) {
  Keys keys;
  for (const object::Member& member : index.as<Object>()) {
    const auto* direction = member.value.get_if<std::int64_t>();
    if (direction == nullptr) return {};  // words, places: no plain index
    keys.emplace_back(member.key, *direction < 0 ? -1 : 1);
  }
  return keys;
}

std::vector<Keys> existing_indexes(const Object& schema) {
  std::vector<Keys> all{{{"objectId", 1}}};
  const Value* indexes = schema.find("indexes");
  if (indexes == nullptr) return all;
  for (const object::Member& member : indexes->as<Object>()) {
    if (Keys keys = keys_of(member.value); !keys.empty()) all.push_back(std::move(keys));
  }
  return all;
}

const Object* find_schema(const Array& schemas, const Value& class_name) {
  for (const Value& schema : schemas) {
    if (schema.as<Object>().at("className") == class_name) return &schema.as<Object>();
  }
  return nullptr;
}

bool asks_for_one_object(const Object& where) { return where.contains("objectId"); }

std::int64_t number_in(const Object& shape, const char* name) {
  const Value* value = shape.find(name);
  return value ? value->as<std::int64_t>() : 0;
}

/// True when it is known of all its queries that they read what they gave, and little more.
bool reads_little_in_vain(const Object& shape) {
  return number_in(shape, "examinedCount") == number_in(shape, "count") &&
         number_in(shape, "examined") <= kMostReadForOne * number_in(shape, "rows");
}

std::optional<double> examined_per_query(const Array& shapes) {
  std::int64_t examined = 0;
  std::int64_t count = 0;
  for (const Value& shape : shapes) {
    examined += number_in(shape.as<Object>(), "examined");
    count += number_in(shape.as<Object>(), "examinedCount");
  }
  if (count == 0) return std::nullopt;
  return static_cast<double>(examined) / static_cast<double>(count);
}

void add_shape(const Object& shape, IndexSuggestion& suggestion) {
  suggestion.shapes.emplace_back(shape);
  suggestion.count += shape.at("count").as<std::int64_t>();
  suggestion.total_ms += shape.at("totalMs").number();
}

}  // namespace

Object IndexSuggestion::key_object() const {
  Object object;
  for (const auto& [field, direction] : keys) object.set(field, direction);
  return object;
}

std::string IndexSuggestion::fields_text() const {
  std::string text;
  for (const auto& [field, direction] : keys)
    text += (text.empty() ? "" : ", ") + std::string(direction < 0 ? "-" : "") + field;
  return text;
}

std::vector<IndexSuggestion> suggest_indexes(const Array& shapes, const Array& schemas, std::int64_t least_count) {
  std::vector<IndexSuggestion> suggestions;
  for (const Value& each : shapes) {
    const Object& shape = each.as<Object>();
    const Object* schema = find_schema(schemas, shape.at("className"));
    if (schema == nullptr || shape.at("count").as<std::int64_t>() < least_count) continue;
    if (asks_for_one_object(shape.at("where").as<Object>()) || reads_little_in_vain(shape)) continue;
    const Wanted wanted = wanted_keys(shape, schema->at("fields").as<Object>());
    const auto serves_it = [&](const Keys& keys) { return serves(keys, wanted); };
    if (wanted.keys.empty() || std::ranges::any_of(existing_indexes(*schema), serves_it)) continue;
    const std::string& class_name = schema->at("className").as<std::string>();
    auto found = std::ranges::find_if(
        suggestions, [&](const auto& made) { return made.class_name == class_name && serves_it(made.keys); });
    if (found == suggestions.end())
      found = suggestions.insert(suggestions.end(), IndexSuggestion{class_name, wanted.keys});
    add_shape(shape, *found);
  }
  for (IndexSuggestion& made : suggestions) made.examined_per_query = examined_per_query(made.shapes);
  return suggestions;
}

}  // namespace parse::ctl
