#include "query/denylist.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/error.h"
#include "base/overloaded.h"
#include "object/json.h"

namespace parse::query {
namespace {

using object::Array;
using object::Member;
using object::Object;
using object::Value;

/// What a typed value looks like on the wire, which is what the rules are about.
std::vector<Member> wire_members(const Value& value) {
  using Members = std::vector<Member>;
  return std::visit(
      overloaded{
          [](const object::Date& v) {
            return Members{{"__type", "Date"}, {"iso", to_iso_date(v.time)}};
          },
          [](const object::Bytes& v) {
            return Members{{"__type", "Bytes"}, {"base64", v.base64}};
          },
          [](const Box<object::File>& v) {
            return Members{{"__type", "File"}, {"name", v->name}, {"url", v->url}};
          },
          [](const Box<object::Pointer>& v) {
            return Members{{"__type", "Pointer"}, {"className", v->class_name}, {"objectId", v->object_id}};
          },
          [](const object::Relation& v) {
            return Members{{"__type", "Relation"}, {"className", v.class_name}};
          },
          [](const object::GeoPoint& v) {
            return Members{{"__type", "GeoPoint"}, {"latitude", v.latitude}, {"longitude", v.longitude}};
          },
          [](const object::Polygon&) {
            return Members{{"__type", "Polygon"}, {"coordinates", Array()}};
          },
          [](const auto&) { return Members(); },
      },
      value.variant());
}

bool is_plain_word(std::string_view text) { return text.find_first_of("\\^$.|?*+()[]{}") == std::string_view::npos; }

}  // namespace

bool Denylist::Pattern::matches(std::string_view text) const {
  const std::string* word = value.get_if<std::string>();
  if (word == nullptr) return false;
  return regex ? regex->matches(text) : text.find(*word) != std::string_view::npos;
}

bool Denylist::Pattern::matches(const Value& candidate) const {
  const std::string* text = candidate.get_if<std::string>();
  return text ? matches(std::string_view(*text)) : candidate == value;
}

Denylist::Denylist(const Array& rules) {
  for (const Value& element : rules) {
    const Object* rule = element.get_if<Object>();
    if (rule == nullptr) continue;
    Rule compiled{read_pattern(*rule, "key"), read_pattern(*rule, "value"), object::to_json(element)};
    if (compiled.key || compiled.value) rules_.push_back(std::move(compiled));
  }
}

std::optional<Denylist::Pattern> Denylist::read_pattern(const Object& rule, std::string_view name) {
  const Value* value = rule.find(name);
  if (value == nullptr) return std::nullopt;
  Pattern pattern{*value, std::nullopt};
  const std::string* text = value->get_if<std::string>();
  if (text != nullptr && !is_plain_word(*text)) pattern.regex.emplace(*text, "");
  return pattern;
}

bool Denylist::matches(const Rule& rule, std::string_view key, const Value& value) {
  return (!rule.key || rule.key->matches(key)) && (!rule.value || rule.value->matches(value));
}

bool Denylist::scan(const Rule& rule, const Value& value) const {
  const auto hit = [&](std::string_view key, const Value& inner) {
    return matches(rule, key, inner) || scan(rule, inner);
  };
  if (const Object* map = value.get_if<Object>())
    return std::any_of(map->begin(), map->end(), [&](const Member& m) { return hit(m.key, m.value); });
  if (const Array* list = value.get_if<Array>()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (hit(std::to_string(i), (*list)[i])) return true;
    }
    return false;
  }
  const std::vector<Member> members = wire_members(value);
  return std::any_of(members.begin(), members.end(), [&](const Member& m) { return hit(m.key, m.value); });
}

void Denylist::check(const Object& payload) const {
  for (const Rule& rule : rules_) {
    const bool found = std::any_of(payload.begin(), payload.end(), [&](const Member& member) {
      return matches(rule, member.key, member.value) || scan(rule, member.value);
    });
    if (found)
      throw Error(ErrorCode::kInvalidKeyName, fmt::format("Prohibited keyword in request data: {}.", rule.text));
  }
}

}  // namespace parse::query
