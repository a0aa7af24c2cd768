#include "storage/postgres/postgres_where.h"

namespace parse::storage::postgres {
namespace {

using schema::FieldKind;

/// The pattern of LIKE for texts that begin with `prefix`.
std::string like_prefix(std::string_view prefix) {
  std::string pattern;
  for (const char c : prefix) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

}  // namespace

void PostgresWhere::append_regex(const Target& target, const query::Regex& regex) {
  const FieldKind kind = target.field->type.kind;
  if (kind != FieldKind::kString && kind != FieldKind::kFile && kind != FieldKind::kPointer) {
    out().raw("FALSE");
  } else if (const auto prefix = sql::literal_prefix(regex)) {
    column(target).raw(" LIKE ").bind(like_prefix(*prefix));
  } else {
    column(target).raw(" ~ ").bind(std::string_view(regex.pattern));
  }
}

}  // namespace parse::storage::postgres
