#include "storage/postgres/postgres_where.h"

namespace parse::storage::postgres {

void PostgresWhere::append_text(const Target& target, const query::TextSearch& search) {
  if (target.field->type.kind != schema::FieldKind::kString) {
    out().raw("FALSE");
    return;
  }
  out().raw("to_tsvector('english', ");
  column(target).raw(") @@ plainto_tsquery('english', ").bind(std::string_view(search.term)).raw(")");
}

void PostgresWhere::append_text_score(const Target& target, const query::TextSearch& search) {
  out().raw("ts_rank_cd(to_tsvector('english', ");
  column(target).raw("), plainto_tsquery('english', ").bind(std::string_view(search.term)).raw("), 32)");
}

}  // namespace parse::storage::postgres
