#include "storage/postgres/postgres_where.h"

#include <fmt/format.h>

#include "base/overloaded.h"
#include "storage/postgres/parameters.h"
#include "storage/postgres/scalar_codec.h"
#include "storage/sql/columns.h"

namespace parse::storage::postgres {
namespace {

using schema::FieldKind;

std::string text_of(const sql::SqlValue& value) {
  return std::visit(overloaded{
                        [](std::int64_t v) { return std::to_string(v); },
                        [](double v) { return fmt::format("{}", v); },
                        [](const std::string& v) { return v; },
                        [](std::string_view v) { return std::string(v); },
                        [](const auto&) { return std::string(); },
                    },
                    value);
}

}  // namespace

std::optional<sql::SqlValue> PostgresWhere::encode(FieldKind kind, const object::Value& value) const {
  return encode_scalar(kind, value);
}

void PostgresWhere::append_acl(std::string_view alias, const query::AclAllows& acl) {
  const std::string_view name = acl.right == query::AclRight::kRead ? sql::kReadersColumn : sql::kWritersColumn;
  out().raw("(").column(alias, name).raw(" IS NULL OR ").column(alias, name).raw(" && ");
  out().bind(array_literal(acl.principals)).raw(")");
}

void PostgresWhere::append_list(const Target&, std::vector<sql::SqlValue> wanted, bool negated) {
  std::vector<std::string> texts;
  texts.reserve(wanted.size());
  for (const sql::SqlValue& value : wanted) texts.push_back(text_of(value));
  out().raw(negated ? " <> ALL(" : " = ANY(").bind(array_literal(texts)).raw(")");
}

void PostgresWhere::append_equal_ignoring_case(const Target& target, std::string_view text) {
  out().raw("lower(");
  column(target).raw(") = lower(").bind(text).raw(")");
}

sql::SqlText& PostgresWhere::column(const Target& target) {
  if (!target.field->is_text_list) return WhereSql::column(target);
  return out().raw("to_jsonb(").column(target.alias, target.field->name).raw(")");
}

}  // namespace parse::storage::postgres
