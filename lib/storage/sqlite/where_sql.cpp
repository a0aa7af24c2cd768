#include "storage/sqlite/where_sql.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/overloaded.h"
#include "storage/sqlite/acl_text.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/functions.h"

namespace parse::storage::sqlite {
namespace {

using schema::FieldKind;

constexpr std::size_t kLongestChain = 100;

bool is_json(FieldKind kind) { return kind == FieldKind::kArray || kind == FieldKind::kObject; }

/// The text that `path` must equal, when a unique index over the path compares whole values: then so does the query,
/// and the index answers it. How users are found by `authData.<provider>.id`.
const std::string* indexed_text(const schema::ClassSchema& class_schema, std::string_view path,
                                const query::Constraint& constraint) {
  const auto* equal = std::get_if<query::Equal>(&constraint);
  const std::string* text = equal ? equal->value.get_if<std::string>() : nullptr;
  if (text == nullptr || path.find('.') == std::string_view::npos) return nullptr;
  for (const schema::Index& index : class_schema.indexes) {
    if (index.unique && index.keys.size() == 1 && index.keys.front().field == path) return text;
  }
  return nullptr;
}

bool is_acl_list(std::string_view path) { return path == kReadersColumn || path == kWritersColumn; }

}  // namespace

void WhereSql::append(const schema::ClassSchema& class_schema, std::string_view alias, const query::Where& where) {
  if (where.conditions.empty()) {
    out_.raw("1");
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
                     out_.raw("1");
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
                 [&](const query::Never&) { out_.raw("0"); },
             },
             condition);
}

void WhereSql::append_joined(const schema::ClassSchema& class_schema, std::string_view alias,
                             std::span<const query::Where> parts, std::string_view separator) {
  out_.raw(parts.empty() ? "(0" : "(");
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

void WhereSql::append_acl(std::string_view alias, const query::AclAllows& acl) {
  const std::string_view name = acl.right == query::AclRight::kRead ? kReadersColumn : kWritersColumn;
  out_.raw("(").column(alias, name).raw(" IS NULL OR acl_allows(").column(alias, name).raw(",");
  out_.bind(acl_text(acl.principals)).raw("))");
}

void WhereSql::append_field(const schema::ClassSchema& class_schema, std::string_view alias,
                            const query::FieldCondition& condition) {
  const std::string_view path = condition.path;
  const std::size_t dot = path.find('.');
  const std::string_view name = path.substr(0, dot);
  const std::string_view rest = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  const schema::Field* field = class_schema.find_field(name);
  if (field == nullptr && is_acl_list(path)) {
    out_.raw("acl_list_matches(").column(alias, path).raw(",");
    out_.bind(opaque_test(ValueTest(path, condition.constraint))).raw(")");
  } else if (field == nullptr || field->type.kind == FieldKind::kAcl) {
    append_unknown_field(condition.constraint);
  } else {
    append_constraint({class_schema, alias, field, rest, path}, condition.constraint);
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
    append_value_test(target, constraint);
  } else if (!target.rest.empty()) {
    append_unknown_field(constraint);
  } else {
    append_scalar(target, constraint);
  }
}

/// A field that no object has: only tests that accept "missing" hold.
void WhereSql::append_unknown_field(const query::Constraint& constraint) {
  const bool holds = std::visit(overloaded{
                                    [](const query::InQuery& c) { return c.negated; },
                                    [](const query::Select& c) { return c.negated; },
                                    [](const query::TextSearch&) { return false; },
                                    [](const auto& c) {
                                      query::RegexCache regexes;
                                      return ValueTest("missing", c).matches({}, regexes);
                                    },
                                },
                                constraint);
  out_.raw(holds ? "1" : "0");
}

void WhereSql::append_value_test(const Target& target, const query::Constraint& constraint) {
  const auto* exists = std::get_if<query::Exists>(&constraint);
  if (const std::string* text = indexed_text(target.class_schema, target.path, constraint)) {
    out_.raw("value_at_path(");
    column(target).raw(",").literal(target.rest).raw(") = ").bind(std::string_view(*text));
    return;
  }
  if (exists != nullptr && target.rest.empty()) {
    column(target).raw(exists->exists ? " IS NOT NULL" : " IS NULL");
  } else if (std::holds_alternative<query::TextSearch>(constraint)) {
    out_.raw("0");
  } else {
    out_.raw("value_matches(");
    column(target).raw(",").bind(opaque_test(ValueTest(target.path, constraint))).raw(")");
  }
}

sql::SqlText& WhereSql::column(const Target& target) {
  if (target.field->type.kind == FieldKind::kGeoPoint)
    return out_.column(target.alias, latitude_column(target.field->name));
  return out_.column(target.alias, target.field->name);
}

std::string WhereSql::make_alias() { return fmt::format("t{}", next_alias_++); }

}  // namespace parse::storage::sqlite
