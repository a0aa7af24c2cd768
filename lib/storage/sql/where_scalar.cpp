#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/overloaded.h"
#include "storage/sql/where_sql.h"

namespace parse::storage::sql {
namespace {

using schema::FieldKind;

std::string_view symbol_of(query::Comparison comparison) {
  switch (comparison) {
    case query::Comparison::kLess:
      return " < ";
    case query::Comparison::kLessOrEqual:
      return " <= ";
    case query::Comparison::kGreater:
      return " > ";
    case query::Comparison::kGreaterOrEqual:
      return " >= ";
  }
  return " = ";
}

bool has_order(FieldKind kind) {
  return kind == FieldKind::kString || kind == FieldKind::kNumber || kind == FieldKind::kDate ||
         kind == FieldKind::kBoolean || kind == FieldKind::kPointer || kind == FieldKind::kFile;
}

}  // namespace

std::optional<std::string_view> literal_prefix(const query::Regex& regex) {
  constexpr std::string_view kBegin = "^\\Q";
  constexpr std::string_view kEnd = "\\E";
  const std::string_view pattern = regex.pattern;
  if (!regex.options.empty() || pattern.size() <= kBegin.size() + kEnd.size()) return std::nullopt;
  if (pattern.substr(0, kBegin.size()) != kBegin) return std::nullopt;
  if (pattern.find(kEnd) != pattern.size() - kEnd.size()) return std::nullopt;
  return pattern.substr(kBegin.size(), pattern.size() - kBegin.size() - kEnd.size());
}

void WhereSql::append_scalar(const Target& target, const query::Constraint& constraint) {
  std::visit(overloaded{
                 [&](const query::Equal& c) { append_equal(target, c.value); },
                 [&](const query::NotEqual& c) { append_not_equal(target, c.value); },
                 [&](const query::EqualIgnoringCase& c) { append_equal_ignoring_case(target, c.text); },
                 [&](const query::Compare& c) { append_compare(target, c); },
                 [&](const query::In& c) { append_in(target, c.values, false); },
                 [&](const query::NotIn& c) { append_in(target, c.values, true); },
                 [&](const query::Exists& c) { column(target).raw(c.exists ? " IS NOT NULL" : " IS NULL"); },
                 [&](const query::ContainsAll& c) { append_all(target, c.values); },
                 [&](const query::Regex& c) { append_regex(target, c); },
                 [&](const query::TextSearch& c) { append_text(target, c); },
                 [&](const auto&) { out_.raw("FALSE"); },
             },
             constraint);
}

void WhereSql::append_equal(const Target& target, const object::Value& value) {
  if (value.is_null()) {
    column(target).raw(" IS NULL");
    return;
  }
  auto encoded = encode(target.field->type.kind, value);
  if (!encoded) {
    out_.raw("FALSE");
    return;
  }
  column(target).raw(" = ").bind(std::move(*encoded));
}

void WhereSql::append_not_equal(const Target& target, const object::Value& value) {
  if (value.is_null()) {
    column(target).raw(" IS NOT NULL");
    return;
  }
  auto encoded = encode(target.field->type.kind, value);
  if (!encoded) {
    out_.raw("TRUE");
    return;
  }
  column(target).raw(" IS DISTINCT FROM ").bind(std::move(*encoded));
}

void WhereSql::append_compare(const Target& target, const query::Compare& compare) {
  auto encoded = has_order(target.field->type.kind) ? encode(target.field->type.kind, compare.value) : std::nullopt;
  if (!encoded) {
    out_.raw("FALSE");
    return;
  }
  column(target).raw(symbol_of(compare.comparison)).bind(std::move(*encoded));
}

void WhereSql::append_in(const Target& target, const object::Array& values, bool negated) {
  std::vector<SqlValue> wanted;
  bool has_null = false;
  for (const object::Value& value : values) {
    if (value.is_null()) {
      has_null = true;
    } else if (auto encoded = encode(target.field->type.kind, value)) {
      wanted.push_back(std::move(*encoded));
    } else if (target.field->type.kind == FieldKind::kString) {
      throw Error(ErrorCode::kInvalidQuery, fmt::format("{} element type mismatch: expected string for field \"{}\"",
                                                        negated ? "$nin" : "$in", target.field->name));
    }
  }
  out_.raw("(");
  column(target);
  append_list(target, std::move(wanted), negated);
  // Missing is one more value that may be wanted or not.
  if (has_null != negated) {
    out_.raw(" OR ");
    column(target).raw(" IS NULL");
  } else if (has_null) {
    out_.raw(" AND ");
    column(target).raw(" IS NOT NULL");
  }
  out_.raw(")");
}

/// $all on a field that holds one value: that value is the only one asked for.
void WhereSql::append_all(const Target& target, const object::Array& values) {
  if (values.size() != 1) {
    out_.raw("FALSE");
    return;
  }
  append_equal(target, values.front());
}

}  // namespace parse::storage::sql
