#include "query/matcher.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/error.h"
#include "base/overloaded.h"
#include "object/acl.h"
#include "object/update_op.h"
#include "query/geo.h"
#include "query/path_values.h"
#include "query/value_order.h"

namespace parse::query {
namespace {

using object::Array;
using object::GeoPoint;
using object::Object;
using object::Value;
/// What a path leads to; several values when it goes through a list.
using Found = std::vector<const Value*>;

[[noreturn]] void fail_undecidable(const char* name) {
  throw Error(ErrorCode::kInvalidQuery, std::string(name) + " cannot be used here");
}

/// Pointers and included objects are equal by class and id, files by name.
bool is_same(const Value& left, const Value& right) {
  const auto* a = left.get_if<object::File>();
  const auto* b = right.get_if<object::File>();
  return a && b ? a->name == b->name : object::same_element(left, right);
}

bool contains(const Array& list, const Value& value) {
  return std::any_of(list.begin(), list.end(), [&](const Value& element) { return is_same(element, value); });
}

/// True when `test` holds for a value found, or for an element when that value is a list.
template <typename Test>
bool any_value(const Found& found, Test test) {
  return std::any_of(found.begin(), found.end(), [&](const Value* value) {
    const Array* list = value->get_if<Array>();
    return test(*value) || (list != nullptr && std::any_of(list->begin(), list->end(), test));
  });
}

bool equals(const Found& found, const Value& wanted) {
  if (wanted.is_null()) return found.empty();
  return any_value(found, [&](const Value& value) { return is_same(value, wanted); });
}

bool is_in(const Found& found, const Array& values) {
  return std::any_of(values.begin(), values.end(), [&](const Value& value) { return equals(found, value); });
}

bool holds(Comparison comparison, std::strong_ordering order) {
  switch (comparison) {
    case Comparison::kLess:
      return order < 0;
    case Comparison::kLessOrEqual:
      return order <= 0;
    case Comparison::kGreater:
      return order > 0;
    case Comparison::kGreaterOrEqual:
      return order >= 0;
  }
  return false;
}

template <typename T, typename Test>
bool any_of_type(const Found& found, Test test) {
  return any_value(found, [&](const Value& value) {
    const T* typed = value.get_if<T>();
    return typed != nullptr && test(*typed);
  });
}

template <typename Test>
bool any_list(const Found& found, Test test) {
  return std::any_of(found.begin(), found.end(), [&](const Value* value) {
    const Array* list = value->get_if<Array>();
    return list != nullptr && test(*list);
  });
}

bool contains_prefix(const Array& list, const std::string& prefix) {
  return std::any_of(list.begin(), list.end(), [&](const Value& element) {
    const auto* text = element.get_if<std::string>();
    return text != nullptr && text->starts_with(prefix);
  });
}

bool contains_all(const Found& found, const Array& values) {
  return !values.empty() && any_list(found, [&](const Array& list) {
    return std::all_of(values.begin(), values.end(), [&](const Value& value) { return contains(list, value); });
  });
}

bool contains_all_prefixes(const Found& found, const std::vector<std::string>& prefixes) {
  return any_list(found, [&](const Array& list) {
    return std::all_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& prefix) { return contains_prefix(list, prefix); });
  });
}

bool contained_by(const Found& found, const Array& values) {
  return any_list(found, [&](const Array& list) {
    return std::all_of(list.begin(), list.end(), [&](const Value& element) { return contains(values, element); });
  });
}

bool is_near(const Found& found, const GeoPoint& center, std::optional<double> radians) {
  return any_of_type<GeoPoint>(
      found, [&](const GeoPoint& point) { return !radians || radians_between(point, center) <= *radians; });
}

bool satisfies(const Constraint& constraint, const Found& found, RegexCache& regexes) {
  return std::visit(
      overloaded{
          [&](const Equal& c) { return equals(found, c.value); },
          [&](const NotEqual& c) { return !equals(found, c.value); },
          [&](const EqualIgnoringCase& c) {
            return any_of_type<std::string>(found,
                                            [&](const std::string& text) { return equal_ignoring_case(text, c.text); });
          },
          [&](const Compare& c) {
            return any_value(found, [&](const Value& value) {
              return are_comparable(value, c.value) && holds(c.comparison, order_values(value, c.value));
            });
          },
          [&](const In& c) { return is_in(found, c.values); },
          [&](const NotIn& c) { return !is_in(found, c.values); },
          [&](const Exists& c) { return found.empty() != c.exists; },
          [&](const ContainsAll& c) { return contains_all(found, c.values); },
          [&](const ContainsAllStartingWith& c) { return contains_all_prefixes(found, c.prefixes); },
          [&](const ContainedBy& c) { return contained_by(found, c.values); },
          [&](const Regex& c) {
            const CompiledRegex& regex = regexes.get(c.pattern, c.options);
            return any_of_type<std::string>(found, [&](const std::string& text) { return regex.matches(text); });
          },
          [&](const Near& c) { return is_near(found, c.center, c.max_radians); },
          [&](const WithinSphere& c) { return is_near(found, c.center, c.radians); },
          [&](const WithinBox& c) {
            return any_of_type<GeoPoint>(
                found, [&](const GeoPoint& point) { return box_contains(c.southwest, c.northeast, point); });
          },
          [&](const WithinPolygon& c) {
            return any_of_type<GeoPoint>(found,
                                         [&](const GeoPoint& point) { return polygon_contains(c.points, point); });
          },
          [&](const GeoIntersects& c) {
            return any_of_type<object::Polygon>(
                found, [&](const object::Polygon& area) { return polygon_contains(area.points, c.point); });
          },
          [](const TextSearch&) -> bool { fail_undecidable("$text"); },
          [](const InQuery&) -> bool { fail_undecidable("$inQuery"); },
          [](const Select&) -> bool { fail_undecidable("$select"); },
      },
      constraint);
}

bool allows(const AclAllows& rule, const Object& object) {
  const Value* value = object.find("ACL");
  if (value == nullptr) return true;
  const object::Acl acl = object::read_acl(*value);
  const auto& allowed = rule.right == AclRight::kRead ? acl.readers : acl.writers;
  if (!allowed) return true;
  return std::any_of(allowed->begin(), allowed->end(), [&](const std::string& id) {
    return std::find(rule.principals.begin(), rule.principals.end(), id) != rule.principals.end();
  });
}

bool holds(const Condition& condition, const Object& object, RegexCache& regexes) {
  const auto part_matches = [&](const Where& part) { return matches(part, object, regexes); };
  return std::visit(
      overloaded{
          [&](const FieldCondition& c) { return satisfies(c.constraint, values_at(object, c.path), regexes); },
          [&](const And& c) { return std::all_of(c.parts.begin(), c.parts.end(), part_matches); },
          [&](const Or& c) { return std::any_of(c.parts.begin(), c.parts.end(), part_matches); },
          [&](const Nor& c) { return std::none_of(c.parts.begin(), c.parts.end(), part_matches); },
          [&](const AclAllows& c) { return allows(c, object); },
          [](const Never&) { return false; },
          [](const RelatedTo&) -> bool { fail_undecidable("$relatedTo"); },
      },
      condition);
}

}  // namespace

bool matches(const Where& where, const Object& object, RegexCache& regexes) {
  return std::all_of(where.conditions.begin(), where.conditions.end(),
                     [&](const Condition& condition) { return holds(condition, object, regexes); });
}

}  // namespace parse::query
