#include "query/shape.h"

#include <string_view>

#include "base/overloaded.h"

namespace parse::query {
namespace {

using object::Array;
using object::Object;
using object::Value;

std::string_view comparison_name(Comparison comparison) {
  switch (comparison) {
    case Comparison::kLess:
      return "$lt";
    case Comparison::kLessOrEqual:
      return "$lte";
    case Comparison::kGreater:
      return "$gt";
    case Comparison::kGreaterOrEqual:
      return "$gte";
  }
  return "";
}

/// As the query language calls it.
std::string_view operator_name(const Constraint& constraint) {
  return std::visit(overloaded{
                        [](const Equal&) -> std::string_view { return "$eq"; },
                        [](const NotEqual&) -> std::string_view { return "$ne"; },
                        [](const EqualIgnoringCase&) -> std::string_view { return "$eqIgnoreCase"; },
                        [](const Compare& c) { return comparison_name(c.comparison); },
                        [](const In&) -> std::string_view { return "$in"; },
                        [](const NotIn&) -> std::string_view { return "$nin"; },
                        [](const Exists&) -> std::string_view { return "$exists"; },
                        [](const ContainsAll&) -> std::string_view { return "$all"; },
                        [](const ContainsAllStartingWith&) -> std::string_view { return "$all"; },
                        [](const ContainedBy&) -> std::string_view { return "$containedBy"; },
                        [](const Regex&) -> std::string_view { return "$regex"; },
                        [](const TextSearch&) -> std::string_view { return "$text"; },
                        [](const Near&) -> std::string_view { return "$nearSphere"; },
                        [](const WithinBox&) -> std::string_view { return "$within"; },
                        [](const WithinPolygon&) -> std::string_view { return "$geoWithin"; },
                        [](const WithinSphere&) -> std::string_view { return "$geoWithin"; },
                        [](const GeoIntersects&) -> std::string_view { return "$geoIntersects"; },
                        [](const InQuery& c) -> std::string_view { return c.negated ? "$notInQuery" : "$inQuery"; },
                        [](const Select& c) -> std::string_view { return c.negated ? "$dontSelect" : "$select"; },
                    },
                    constraint);
}

void add_name(Object& shape, const std::string& path, std::string_view name) {
  Value* names = shape.find(path);
  if (names == nullptr) names = &shape.append(path, Array());
  names->get_if<Array>()->emplace_back(name);
}

Object where_shape(const Where& where);

void add_group(Object& shape, const std::string& name, const std::vector<Where>& parts) {
  Array shapes;
  for (const Where& part : parts) shapes.emplace_back(where_shape(part));
  shape.set(name, std::move(shapes));
}

Object where_shape(const Where& where) {
  Object shape;
  for (const Condition& condition : where.conditions) {
    std::visit(
        overloaded{
            [&](const FieldCondition& c) { add_name(shape, c.path, operator_name(c.constraint)); },
            [&](const And& c) { add_group(shape, "$and", c.parts); },
            [&](const Or& c) { add_group(shape, "$or", c.parts); },
            [&](const Nor& c) { add_group(shape, "$nor", c.parts); },
            [&](const RelatedTo& c) { shape.set("$relatedTo", c.owner.class_name + "." + c.key); },
            [&](const AclAllows& c) { add_name(shape, c.right == AclRight::kRead ? "_rperm" : "_wperm", "$in"); },
            [](const Never&) {},
        },
        condition);
  }
  return shape;
}

void append_key(const Where& where, std::string& key);

void append_group(char sign, const std::vector<Where>& parts, std::string& key) {
  key += sign;
  key += '(';
  for (const Where& part : parts) {
    append_key(part, key);
    key += '|';
  }
  key += ')';
}

void append_key(const Where& where, std::string& key) {
  for (const Condition& condition : where.conditions) {
    std::visit(
        overloaded{
            [&](const FieldCondition& c) { key.append(c.path).append(operator_name(c.constraint)).push_back(';'); },
            [&](const And& c) { append_group('&', c.parts, key); },
            [&](const Or& c) { append_group('+', c.parts, key); },
            [&](const Nor& c) { append_group('!', c.parts, key); },
            [&](const RelatedTo& c) {
              key.append("~").append(c.owner.class_name).append(".").append(c.key).push_back(';');
            },
            [&](const AclAllows& c) { key.append(c.right == AclRight::kRead ? "<;" : ">;"); },
            [](const Never&) {},
        },
        condition);
  }
}

}  // namespace

Object shape_of(const Asked& asked) {
  Array order;
  for (const OrderTerm& term : asked.order) order.emplace_back((term.descending ? "-" : "") + term.path);
  return {{"className", asked.class_name},
          {"operation", asked.operation},
          {"where", where_shape(asked.where)},
          {"order", std::move(order)}};
}

std::string shape_key(const Asked& asked) {
  std::string key;
  key.reserve(96);
  key.append(asked.operation).append(" ").append(asked.class_name).push_back(' ');
  append_key(asked.where, key);
  for (const OrderTerm& term : asked.order) key.append(term.descending ? "-" : "^").append(term.path);
  return key;
}

}  // namespace parse::query
