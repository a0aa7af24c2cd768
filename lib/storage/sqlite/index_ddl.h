#pragma once

#include <string>

#include "schema/class_schema.h"
#include "storage/sqlite/connection.h"

/// Indexes of classes. The caller brings the transaction.
namespace parse::storage::sqlite {

/// Name in the database of an index that the schema declares.
std::string index_name(const std::string& class_name, const std::string& index);
/// Name of the FTS5 table behind a text index.
std::string text_index_name(const std::string& class_name, const std::string& index);
/// The text index that covers the field, or nullptr.
const schema::Index* find_text_index(const schema::ClassSchema& class_schema, std::string_view field);
/// Every class is indexed by createdAt: the order most pages are read in.
void create_built_in_index(Connection& connection, const std::string& class_name);
/// Does nothing when it exists. Throws kDuplicateValue (137) when a unique index cannot be made.
void create_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index);
void drop_index(Connection& connection, const schema::ClassSchema& class_schema, const schema::Index& index);
/// Drops every index that names the column, so that the column can go.
void drop_indexes_on(Connection& connection, const std::string& class_name, const std::string& column);

}  // namespace parse::storage::sqlite
