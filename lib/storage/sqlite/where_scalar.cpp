#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/overloaded.h"
#include "object/json.h"
#include "storage/sqlite/columns.h"
#include "storage/sqlite/value_codec.h"
#include "storage/sqlite/where_sql.h"

namespace parse::storage::sqlite {
namespace {

using schema::FieldKind;

/// Lists longer than this reach SQLite as one JSON value, so that the statement's text does not depend on their length.
constexpr std::size_t kMaxPlaceholders = 16;

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

/// The text in `^\Q…\E`, when the pattern is exactly that: such a prefix is a range of an index.
std::optional<std::string_view> literal_prefix(const query::Regex& regex) {
  constexpr std::string_view kBegin = "^\\Q";
  constexpr std::string_view kEnd = "\\E";
  const std::string_view pattern = regex.pattern;
  if (!regex.options.empty() || pattern.size() <= kBegin.size() + kEnd.size()) return std::nullopt;
  if (pattern.substr(0, kBegin.size()) != kBegin) return std::nullopt;
  if (pattern.find(kEnd) != pattern.size() - kEnd.size()) return std::nullopt;
  return pattern.substr(kBegin.size(), pattern.size() - kBegin.size() - kEnd.size());
}

void append_json_value(std::string& json, const sql::SqlValue& value) {
  object::Value plain = std::visit(overloaded{
                                       [](std::int64_t v) { return object::Value(v); },
                                       [](double v) { return object::Value(v); },
                                       [](const std::string& v) { return object::Value(v); },
                                       [](std::string_view v) { return object::Value(v); },
                                       [](const auto&) { return object::Value(); },
                                   },
                                   value);
  if (json.size() > 1) json += ',';
  json += object::to_json(plain);
}

}  // namespace

void WhereSql::append_scalar(const Target& target, const query::Constraint& constraint) {
  std::visit(overloaded{
                 [&](const query::Equal& c) { append_equal(target, c.value); },
                 [&](const query::NotEqual& c) { append_not_equal(target, c.value); },
                 [&](const query::EqualIgnoringCase& c) {
                   column(target).raw(" = ").bind(std::string_view(c.text)).raw(" COLLATE NOCASE");
                 },
                 [&](const query::Compare& c) { append_compare(target, c); },
                 [&](const query::In& c) { append_in(target, c.values, false); },
                 [&](const query::NotIn& c) { append_in(target, c.values, true); },
                 [&](const query::Exists& c) { column(target).raw(c.exists ? " IS NOT NULL" : " IS NULL"); },
                 [&](const query::ContainsAll& c) { append_all(target, c.values); },
                 [&](const query::Regex& c) { append_regex(target, c); },
                 [&](const query::TextSearch& c) { append_text(target, c); },
                 [&](const auto&) { out_.raw("0"); },
             },
             constraint);
}

void WhereSql::append_equal(const Target& target, const object::Value& value) {
  if (value.is_null()) {
    column(target).raw(" IS NULL");
    return;
  }
  auto encoded = encode_scalar(target.field->type.kind, value);
  if (!encoded) {
    out_.raw("0");
    return;
  }
  column(target).raw(" = ").bind(std::move(*encoded));
}

void WhereSql::append_not_equal(const Target& target, const object::Value& value) {
  if (value.is_null()) {
    column(target).raw(" IS NOT NULL");
    return;
  }
  auto encoded = encode_scalar(target.field->type.kind, value);
  if (!encoded) {
    out_.raw("1");
    return;
  }
  column(target).raw(" IS NOT ").bind(std::move(*encoded));
}

void WhereSql::append_compare(const Target& target, const query::Compare& compare) {
  auto encoded =
      has_order(target.field->type.kind) ? encode_scalar(target.field->type.kind, compare.value) : std::nullopt;
  if (!encoded) {
    out_.raw("0");
    return;
  }
  column(target).raw(symbol_of(compare.comparison)).bind(std::move(*encoded));
}

void WhereSql::append_in(const Target& target, const object::Array& values, bool negated) {
  std::vector<sql::SqlValue> wanted;
  bool has_null = false;
  for (const object::Value& value : values) {
    if (value.is_null()) {
      has_null = true;
    } else if (auto encoded = encode_scalar(target.field->type.kind, value)) {
      wanted.push_back(std::move(*encoded));
    } else if (target.field->type.kind == FieldKind::kString) {
      throw Error(ErrorCode::kInvalidQuery, fmt::format("{} element type mismatch: expected string for field \"{}\"",
                                                        negated ? "$nin" : "$in", target.field->name));
    }
  }
  out_.raw("(");
  column(target).raw(negated ? " NOT IN (" : " IN (");
  if (wanted.size() <= kMaxPlaceholders) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (i > 0) out_.raw(",");
      out_.bind(std::move(wanted[i]));
    }
  } else {
    std::string json = "[";
    for (const sql::SqlValue& value : wanted) append_json_value(json, value);
    out_.raw("SELECT value FROM json_each(").bind(json + "]").raw(")");
  }
  out_.raw(")");
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

void WhereSql::append_regex(const Target& target, const query::Regex& regex) {
  const FieldKind kind = target.field->type.kind;
  if (kind != FieldKind::kString && kind != FieldKind::kFile && kind != FieldKind::kPointer) {
    out_.raw("0");
    return;
  }
  if (const auto prefix = literal_prefix(regex)) {
    out_.raw("(");
    column(target).raw(" >= ").bind(*prefix).raw(" AND ");
    // No UTF-8 text holds the byte FF, so everything that begins with the prefix sorts before this.
    column(target).raw(" < ").bind(std::string(*prefix) + '\xff').raw(")");
    return;
  }
  out_.raw("regex_matches(");
  column(target).raw(",").bind(std::string_view(regex.pattern)).raw(",").bind(std::string_view(regex.options)).raw(")");
}

/// $all on a field that holds one value: that value is the only one asked for.
void WhereSql::append_all(const Target& target, const object::Array& values) {
  if (values.size() != 1) {
    out_.raw("0");
    return;
  }
  append_equal(target, values.front());
}

}  // namespace parse::storage::sqlite
