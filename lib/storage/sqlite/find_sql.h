#pragma once

#include "query/where.h"
#include "schema/class_schema.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::sqlite {

/// Alias of the table that a statement is about.
inline constexpr std::string_view kMainAlias = "t0";

/// The top-level TextSearch that scores the results, or nullptr.
const query::FieldCondition* find_text_search(const query::Where& where);
/// Appends `text_score(…)` of that condition.
void append_text_score(const query::FieldCondition& search, sql::SqlText& out);

/// Everything of a find behind its column list: ` FROM … WHERE … ORDER BY … LIMIT ? OFFSET ?`.
void append_find_tail(const schema::Schema& schema, const schema::ClassSchema& class_schema, const query::Find& find,
                      sql::SqlText& out);

}  // namespace parse::storage::sqlite
