#include "storage/sql/where_sql.h"

#include <fmt/format.h>

#include "base/overloaded.h"
#include "query/matcher.h"
#include "storage/sql/columns.h"

namespace parse::storage::sql {
namespace {

using schema::FieldKind;

constexpr std::size_t kLongestChain = 100;

bool is_json(FieldKind kind) { return kind == FieldKind::kArray || kind == FieldKind::kObject; }

bool is_acl_list(std::string_view path) { return path == kReadersColumn || path == kWritersColumn; }

}  // namespace

void WhereSql::append(const schema::ClassSchema& class_schema, std::string_view alias, const query::Where& where) {
  if (where.conditions.empty()) {
    out_.raw("TRUE");
    return;
  }
  bool first = true;
  for (const query::Condition& condition : where.conditions) {
    if (!first) out_.raw(" AND ");
    first = false;
    append_condition(class_schema, alias, condition);
  }
}

void WhereSql::append_condition(const schema::ClassSchema& class_schema, std::string_view alias,
                                const query::Condition& condition) {
  std::visit(overloaded{
                 [&](const query::FieldCondition& c) { append_field(class_schema, alias, c); },
                 [&](const query::And& c) {
                   if (c.parts.empty()) {
                     out_.raw("TRUE");
                   } else {
                     append_joined(class_schema, alias, c.parts, " AND ");
                   }
                 },
                 [&](const query::Or& c) { append_joined(class_schema, alias, c.parts, " OR "); },
                 [&](const query::Nor& c) {
                   append_joined(class_schema, alias, c.parts, " OR ");
                   // A comparison with a missing field is NULL, which must count as "does not hold".
                   out_.raw(" IS NOT TRUE");
                 },
                 [&](const query::RelatedTo& c) { append_related_to(alias, c); },
                 [&](const query::AclAllows& c) { append_acl(alias, c); },
                 [&](const query::Never&) { out_.raw("FALSE"); },
             },
             condition);
}

void WhereSql::append_joined(const schema::ClassSchema& class_schema, std::string_view alias,
                             std::span<const query::Where> parts, std::string_view separator) {
  out_.raw(parts.empty() ? "(FALSE" : "(");
  if (parts.size() > kLongestChain) {
    // SQLite's expressions may be 1,000 deep, and a chain is as deep as it is long: halves keep it shallow.
    const std::size_t half = parts.size() / 2;
    append_joined(class_schema, alias, parts.first(half), separator);
    out_.raw(separator);
    append_joined(class_schema, alias, parts.subspan(half), separator);
    parts = {};
  }
  bool first = true;
  for (const query::Where& part : parts) {
    if (!first) out_.raw(separator);
    first = false;
    const bool needs_parentheses = part.conditions.size() > 1;
    if (needs_parentheses) out_.raw("(");
    append(class_schema, alias, part);
    if (needs_parentheses) out_.raw(")");
  }
  out_.raw(")");
}

std::optional<WhereSql::Target> WhereSql::find_target(const schema::ClassSchema& class_schema, std::string_view alias,
                                                      std::string_view path) {
  const std::size_t dot = path.find('.');
  const schema::Field* field = class_schema.find_field(path.substr(0, dot));
  if (field == nullptr || field->type.kind == FieldKind::kAcl) return std::nullopt;
  return Target{class_schema, alias, field, dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1),
                path};
}

void WhereSql::append_field(const schema::ClassSchema& class_schema, std::string_view alias,
                            const query::FieldCondition& condition) {
  const std::string_view path = condition.path;
  if (const auto target = find_target(class_schema, alias, path)) {
    append_constraint(*target, condition.constraint);
  } else if (is_acl_list(path)) {
    append_acl_list(alias, path, condition.constraint);
  } else {
    append_unknown_field(condition.constraint);
  }
}

void WhereSql::append_constraint(const Target& target, const query::Constraint& constraint) {
  const FieldKind kind = target.field->type.kind;
  if (kind == FieldKind::kRelation) {
    append_relation(target, constraint);
  } else if (const auto* in_query = std::get_if<query::InQuery>(&constraint)) {
    append_in_query(target, *in_query);
  } else if (const auto* select = std::get_if<query::Select>(&constraint)) {
    append_select(target, *select);
  } else if (append_geo(target, constraint)) {
    return;
  } else if (is_json(kind)) {
    append_json(target, constraint);
  } else if (!target.rest.empty()) {
    append_unknown_field(constraint);
  } else {
    append_scalar(target, constraint);
  }
}

void WhereSql::append_unknown_field(const query::Constraint& constraint) {
  const bool holds = std::visit(overloaded{
                                    [](const query::InQuery& c) { return c.negated; },
                                    [](const query::Select& c) { return c.negated; },
                                    [](const query::TextSearch&) { return false; },
                                    [](const auto& c) {
                                      query::RegexCache regexes;
                                      query::Where where;
                                      where.conditions.push_back(query::FieldCondition{"missing", c});
                                      return query::matches(where, {}, regexes);
                                    },
                                },
                                constraint);
  out_.raw(holds ? "TRUE" : "FALSE");
}

bool WhereSql::is_geo(const query::Constraint& constraint) {
  return std::visit(overloaded{
                        [](const query::Near&) { return true; },
                        [](const query::WithinBox&) { return true; },
                        [](const query::WithinPolygon&) { return true; },
                        [](const query::WithinSphere&) { return true; },
                        [](const query::GeoIntersects&) { return true; },
                        [](const auto&) { return false; },
                    },
                    constraint);
}

SqlText& WhereSql::column(const Target& target) { return out_.column(target.alias, target.field->name); }

std::string WhereSql::make_alias() { return fmt::format("t{}", next_alias_++); }

}  // namespace parse::storage::sql
