#include "storage/sqlite/value_test.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/overloaded.h"
#include "object/update_op.h"

namespace parse::storage::sqlite {
namespace {

using object::Array;
using object::Value;

/// Null stands for missing.
const Value* present(const Value* value) { return value && !value->is_null() ? value : nullptr; }

bool array_holds(const Array& list, const Value& wanted) {
  return std::any_of(list.begin(), list.end(), [&](const Value& have) { return object::same_element(have, wanted); });
}

bool equals(const Value* have, const Value& wanted) {
  if (wanted.is_null()) return have == nullptr;
  if (have == nullptr) return false;
  if (object::same_element(*have, wanted)) return true;
  const auto* list = have->get_if<Array>();
  return list != nullptr && array_holds(*list, wanted);
}

bool equals_any(const Value* have, const Array& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const Value& value) { return equals(have, value); });
}

/// Negative, zero, positive as `left` is to `right`; nullopt when they have no order.
std::optional<int> compare(const Value& left, const Value& right) {
  const auto sign = [](const auto& a, const auto& b) { return a < b ? -1 : (b < a ? 1 : 0); };
  const auto* a = left.get_if<std::int64_t>();
  const auto* b = right.get_if<std::int64_t>();
  if (a && b) return sign(*a, *b);
  if (left.is_number() && right.is_number()) return sign(left.number(), right.number());
  const auto* left_text = left.get_if<std::string>();
  const auto* right_text = right.get_if<std::string>();
  if (left_text && right_text) return sign(*left_text, *right_text);
  const auto* left_date = left.get_if<object::Date>();
  const auto* right_date = right.get_if<object::Date>();
  if (left_date && right_date) return sign(left_date->time, right_date->time);
  return std::nullopt;
}

bool compares(const Value& have, const query::Compare& test) {
  if (const auto* list = have.get_if<Array>())
    return std::any_of(list->begin(), list->end(), [&](const Value& element) { return compares(element, test); });
  const auto order = compare(have, test.value);
  if (!order) return false;
  switch (test.comparison) {
    case query::Comparison::kLess:
      return *order < 0;
    case query::Comparison::kLessOrEqual:
      return *order <= 0;
    case query::Comparison::kGreater:
      return *order > 0;
    case query::Comparison::kGreaterOrEqual:
      return *order >= 0;
  }
  return false;
}

bool has_element_with_prefix(const Array& list, const std::string& prefix) {
  return std::any_of(list.begin(), list.end(), [&](const Value& element) {
    const auto* text = element.get_if<std::string>();
    return text != nullptr && text->compare(0, prefix.size(), prefix) == 0;
  });
}

bool contains_all(const Value* have, const Array& wanted) {
  const auto* list = have ? have->get_if<Array>() : nullptr;
  if (list == nullptr || wanted.empty()) return false;
  return std::all_of(wanted.begin(), wanted.end(), [&](const Value& value) { return array_holds(*list, value); });
}

bool contains_all_starting_with(const Value* have, const std::vector<std::string>& prefixes) {
  const auto* list = have ? have->get_if<Array>() : nullptr;
  if (list == nullptr || prefixes.empty()) return false;
  return std::all_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return has_element_with_prefix(*list, prefix); });
}

bool contained_by(const Value* have, const Array& allowed) {
  const auto* list = have ? have->get_if<Array>() : nullptr;
  if (list == nullptr) return false;
  return std::all_of(list->begin(), list->end(), [&](const Value& value) { return array_holds(allowed, value); });
}

bool matches_regex(const Value* have, const query::CompiledRegex& regex) {
  if (have == nullptr) return false;
  if (const auto* text = have->get_if<std::string>()) return regex.matches(*text);
  const auto* list = have->get_if<Array>();
  return list != nullptr && std::any_of(list->begin(), list->end(), [&](const Value& element) {
           const auto* text = element.get_if<std::string>();
           return text != nullptr && regex.matches(*text);
         });
}

const Value* step(const Value& container, const std::string& name) {
  if (const auto* object = container.get_if<object::Object>()) return object->find(name);
  const auto* list = container.get_if<Array>();
  if (list == nullptr) return nullptr;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  const bool is_index = error == std::errc() && end == name.data() + name.size();
  return is_index && index < list->size() ? &(*list)[index] : nullptr;
}

}  // namespace

ValueTest::ValueTest(const query::Constraint& constraint, std::vector<std::string> path)
    : constraint_(constraint), path_(std::move(path)) {}

bool ValueTest::matches(const Value* root, query::RegexCache& regexes) const {
  const Value* have = value_at(root, path_);
  return std::visit(
      overloaded{
          [&](const query::Equal& c) { return equals(have, c.value); },
          [&](const query::NotEqual& c) { return !equals(have, c.value); },
          [&](const query::Compare& c) { return have && compares(*have, c); },
          [&](const query::In& c) { return equals_any(have, c.values); },
          [&](const query::NotIn& c) { return !equals_any(have, c.values); },
          [&](const query::Exists& c) { return c.exists == (have != nullptr); },
          [&](const query::ContainsAll& c) { return contains_all(have, c.values); },
          [&](const query::ContainsAllStartingWith& c) { return contains_all_starting_with(have, c.prefixes); },
          [&](const query::ContainedBy& c) { return contained_by(have, c.values); },
          [&](const query::Regex& c) { return matches_regex(have, regexes.get(c.pattern, c.options)); },
          [&](const query::InQuery& c) { return c.negated; },
          [&](const query::Select& c) { return c.negated; },
          [](const auto&) { return false; },
      },
      constraint_);
}

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = path.find('.', begin);
    names.emplace_back(path.substr(begin, dot - begin));
    if (dot == std::string_view::npos) return names;
    begin = dot + 1;
  }
}

const Value* value_at(const Value* root, const std::vector<std::string>& path) {
  for (const std::string& name : path) {
    if (root == nullptr) return nullptr;
    root = step(*root, name);
  }
  return present(root);
}

}  // namespace parse::storage::sqlite
