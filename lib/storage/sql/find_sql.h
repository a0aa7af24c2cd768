#pragma once

#include "query/where.h"
#include "schema/class_schema.h"
#include "storage/sql/sql_text.h"
#include "storage/sql/where_sql.h"

namespace parse::storage::sql {

/// Alias of the table that a statement is about.
inline constexpr std::string_view kMainAlias = "t0";

/// The top-level TextSearch that scores the results, or nullptr.
const query::FieldCondition* find_text_search(const query::Where& where);
/// Appends the relevance for that condition, as `translation` says it.
void append_text_score(const schema::ClassSchema& class_schema, const query::FieldCondition& search,
                       WhereSql& translation);

/// Everything of a find behind its column list: ` FROM … WHERE … ORDER BY … LIMIT … OFFSET …`, appended to `out`, which
/// is also where `translation` writes.
void append_find_tail(const schema::ClassSchema& class_schema, const query::Find& find, WhereSql& translation,
                      SqlText& out);

}  // namespace parse::storage::sql
