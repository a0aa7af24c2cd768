#pragma once

#include <string>
#include <vector>

#include "storage/postgres/catalog.h"
#include "storage/postgres/schema_json.h"

/// Which index of the database is which index of a class. Names of indexes are unique in a whole PostgreSQL schema, so
/// an index that a client named may have another name in the database; a comment on it (COMMENT ON INDEX) then tells
/// its own name and what no catalog tells: `{"parseIndex":"name","definition":{"field":1,"_options":{…}}}`.
namespace parse::storage::postgres {

/// Begins the names of indexes that the server makes by itself (AutoIndex), which no class lists as its own.
inline constexpr std::string_view kAutoPrefix = "auto_";

/// The name the Node server gives to such an index, or would give: `<Class>_unique_<field>` for the unique ones that it
/// makes itself, `_User_unique_authData_<provider>_id`, and the name that was asked for to all others.
/// Source: parse-server PostgresStorageAdapter ensureUniqueness, ensureIndex, ensureAuthDataUniqueness.
std::string preferred_name(const std::string& class_name, const schema::Index& index);
/// Names to try one after the other when the preferred one is taken; `attempt` counts from 0, which is that.
std::string name_for(const std::string& class_name, const schema::Index& index, int attempt);

std::string comment_for(const schema::Index& index);

/// The index of the table that stands for the class's index of that name; nullptr when there is none, or one that was
/// left unfinished.
const TableIndex* find_table_index(const Table& table, const std::string& class_name, const schema::Index& index);
/// True when the one in the table does all that is asked for.
bool serves(const TableIndex& found, const std::string& class_name, const schema::Index& index);

/// The indexes of a class: those its row lists, with their options, and of the default ones those that its table has.
std::vector<schema::Index> indexes_of(const schema::ClassSchema& class_schema, const Table& table);

}  // namespace parse::storage::postgres
