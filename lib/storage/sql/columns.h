#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schema/class_schema.h"
#include "storage/sql/sql_text.h"

/// Names of tables and columns that every SQL storage shares: those of the Node server on PostgreSQL.
namespace parse::storage::sql {

/// The two columns of an ACL: who may read, who may write.
inline constexpr std::string_view kReadersColumn = "_rperm";
inline constexpr std::string_view kWritersColumn = "_wperm";

/// What one column of a row is to hold.
struct ColumnValue {
  std::string column;
  SqlValue value;
};

/// The table of a relation field: (relatedId, owningId).
std::string join_table(std::string_view owning_class, std::string_view key);
/// The class to read from: one of the schema, or the join table of a relation ("_Join:<field>:<Class>") as a class with
/// the fields relatedId and owningId. nullptr when there is none.
std::shared_ptr<const schema::ClassSchema> find_readable_class(const schema::Schema& schema, std::string_view name);
/// createdAt, updatedAt and objectId never hold NULL.
bool is_never_null(std::string_view field);

}  // namespace parse::storage::sql
