#pragma once

#include <memory>

#include "storage/sql/sql_text.h"
#include "storage/sqlite/value_test.h"

namespace parse::storage::sqlite {

class Connection;

/// Adds this server's SQL functions to `connection`, which they may use and which must outlive them:
///   acl_allows(list, principals)          both in acl_text form
///   regex_matches(text, pattern, options)
///   value_matches(json, test)             `test` is an `opaque_test`
///   acl_list_matches(list, test)          the entries of an ACL list as an array of strings
///   value_at_path(json, path)             text, number, boolean or date in ms as SQL value; others as JSON
///   geo_distance(lat, lng, lat, lng)      radians
///   geo_in_polygon(lat, lng, polygon)     the polygon as JSON
///   text_matches(text, term)  text_score(text, term)     a $text search
void register_functions(Connection& connection);

/// `test` as a value to bind; the statement keeps it alive.
sql::SqlValue opaque_test(ValueTest test);

}  // namespace parse::storage::sqlite
