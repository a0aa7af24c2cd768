#include "object/denylist.h"

#include <fmt/format.h>

#include "base/error.h"
#include "object/json.h"

namespace parse::object {
namespace {

bool has_pattern_characters(const std::string& text) {
  return text.find_first_of("\\^$.|?*+()[]{}") != std::string::npos;
}

std::string describe(const DeniedKeyword& keyword) {
  Object rule;
  if (keyword.key) rule.append("key", *keyword.key);
  if (keyword.value) rule.append("value", *keyword.value);
  return to_json(rule);
}

}  // namespace

Denylist::TextMatcher::TextMatcher(const std::string& text) : literal(text) {
  if (has_pattern_characters(text)) pattern.emplace(text);
}

bool Denylist::TextMatcher::matches(const std::string& text) const {
  return pattern ? std::regex_search(text, *pattern) : text.find(literal) != std::string::npos;
}

bool Denylist::Rule::matches(const std::string& name, const Value& content) const {
  if (key && !key->matches(name)) return false;
  if (!value) return key.has_value();
  const std::string* text = content.get_if<std::string>();
  return value_text && text ? value_text->matches(*text) : content == *value;
}

Denylist::Denylist(const std::vector<DeniedKeyword>& keywords) {
  for (const DeniedKeyword& keyword : keywords) {
    Rule rule;
    if (keyword.key) rule.key.emplace(*keyword.key);
    rule.value = keyword.value;
    const std::string* text = keyword.value ? keyword.value->get_if<std::string>() : nullptr;
    if (text != nullptr) rule.value_text.emplace(*text);
    rule.description = describe(keyword);
    rules_.push_back(std::move(rule));
  }
}

void Denylist::check(const Object& payload) const {
  if (rules_.empty()) return;
  for (const Member& member : payload) check_member(member.key, member.value);
}

void Denylist::check_member(const std::string& name, const Value& value) const {
  for (const Rule& rule : rules_) {
    if (!rule.matches(name, value)) continue;
    throw Error(ErrorCode::kInvalidKeyName, fmt::format("Prohibited keyword in request data: {}.", rule.description));
  }
  check_value(value);
}

void Denylist::check_value(const Value& value) const {
  if (const Object* map = value.get_if<Object>()) {
    check(*map);
  } else if (const Array* list = value.get_if<Array>()) {
    // Elements are members named by their index, as in JavaScript.
    for (std::size_t i = 0; i < list->size(); ++i) check_member(std::to_string(i), (*list)[i]);
  }
}

}  // namespace parse::object
