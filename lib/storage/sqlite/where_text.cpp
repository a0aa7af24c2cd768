#include "storage/sqlite/columns.h"
#include "storage/sqlite/index_ddl.h"
#include "storage/sqlite/sqlite_where.h"
#include "storage/sqlite/text_search.h"

namespace parse::storage::sqlite {

/// `text_matches` decides; a text index, where there is one, finds the rows worth asking.
void SqliteWhere::append_text(const Target& target, const query::TextSearch& search) {
  if (target.field->type.kind != schema::FieldKind::kString) {
    out().raw("FALSE");
    return;
  }
  out().raw("(");
  const schema::Index* index = find_text_index(target.class_schema, target.field->name);
  std::string expression = index ? fts_expression(search.term) : std::string();
  if (!expression.empty()) {
    const std::string table = text_index_name(target.class_schema.name, index->name);
    out().column(target.alias, kRowColumn).raw(" IN (SELECT rowid FROM ").identifier(table).raw(" WHERE ");
    out().identifier(table).raw(" MATCH ");
    out().bind(sql::quoted_identifier(target.field->name) + " : (" + expression + ")").raw(") AND ");
  }
  out().raw("text_matches(");
  column(target).raw(",").bind(std::string_view(search.term)).raw("))");
}

}  // namespace parse::storage::sqlite
