#include <fmt/format.h>

#include "object/json.h"
#include "storage/postgres/postgres_where.h"

namespace parse::storage::postgres {
namespace {

/// The text that `path` must equal, when a unique index over the path compares it as text: then so does the query, and
/// the index answers it. How users are found by `authData.<provider>.id`.
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

}  // namespace

void PostgresWhere::append_acl_list(std::string_view alias, std::string_view column,
                                    const query::Constraint& constraint) {
  static_cast<void>(alias);
  static_cast<void>(column);
  append_unknown_field(constraint);
}

void PostgresWhere::append_json(const Target& target, const query::Constraint& constraint) {
  const auto* exists = std::get_if<query::Exists>(&constraint);
  const auto* equal = std::get_if<query::Equal>(&constraint);
  if (const std::string* text = indexed_text(target.class_schema, target.path, constraint)) {
    out().raw("(");
    append_path_operand(target);
    out().raw(") = ").bind(std::string_view(*text));
  } else if (exists != nullptr && target.rest.empty()) {
    column(target).raw(exists->exists ? " IS NOT NULL" : " IS NULL");
  } else if (equal != nullptr && target.rest.empty()) {
    column(target).raw(" @> ").bind(object::to_json(object::Array{equal->value}));
  } else {
    out().raw("FALSE");
  }
}

/// ("authData"->'provider'->>'id'), spelled as the index over the path has it.
void PostgresWhere::append_path_operand(const Target& target) {
  out().raw("(");
  column(target);
  std::string_view rest = target.rest;
  for (;;) {
    const std::size_t dot = rest.find('.');
    out().raw(dot == std::string_view::npos ? "->>" : "->").literal(rest.substr(0, dot));
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  out().raw(")");
}

void PostgresWhere::append_element_in(const Target& target, bool by_object_id, const std::function<void()>& subselect) {
  out().raw("EXISTS (SELECT 1 FROM jsonb_array_elements(CASE jsonb_typeof(");
  column(target).raw(") WHEN 'array' THEN ");
  column(target).raw(" END) AS element WHERE element");
  out().raw(by_object_id ? "->>'objectId' IN (" : "#>>'{}' IN (");
  subselect();
  out().raw("))");
}

}  // namespace parse::storage::postgres
