#include "storage/postgres/pattern.h"
#include "storage/postgres/postgres_where.h"

namespace parse::storage::postgres {

using schema::FieldKind;

std::string like_prefix(std::string_view prefix) {
  std::string pattern;
  for (const char c : prefix) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

void append_pattern(sql::SqlText& out, const std::function<void()>& operand, const query::Regex& regex) {
  operand();
  if (const auto prefix = sql::literal_prefix(regex)) {
    out.raw(" LIKE ").bind(like_prefix(*prefix));
  } else {
    out.raw(" ~ ").bind(translate_pattern(regex.pattern, regex.options));
  }
}

void PostgresWhere::append_regex(const Target& target, const query::Regex& regex) {
  const FieldKind kind = target.field->type.kind;
  if (kind != FieldKind::kString && kind != FieldKind::kFile && kind != FieldKind::kPointer) {
    out().raw("FALSE");
  } else {
    append_pattern(
        out(), [&] { column(target); }, regex);
  }
}

}  // namespace parse::storage::postgres
