#pragma once

#include <string_view>
#include <vector>

#include "storage/postgres/json_condition.h"
#include "storage/sql/where_sql.h"

namespace parse::storage::postgres {

/// The conditions as PostgreSQL says them. A list is one parameter, an array literal, so that the text of a statement
/// does not depend on how long it is.
class PostgresWhere final : public sql::WhereSql {
 public:
  using WhereSql::WhereSql;
  /// A text[] of old servers is read as the JSON that our own Array columns hold.
  sql::SqlText& column(const Target& target) override;

  // where_json.cpp
  void append_order_operand(const Target& target) override;
  // where_text.cpp
  void append_text_score(const Target& target, const query::TextSearch& search) override;
  // where_geo.cpp
  void append_distance(const Target& target, const object::GeoPoint& center) override;

 protected:
  std::optional<sql::SqlValue> encode(schema::FieldKind kind, const object::Value& value) const override;
  void append_acl(std::string_view alias, const query::AclAllows& acl) override;
  void append_list(const Target& target, std::vector<sql::SqlValue> wanted, bool negated) override;
  void append_equal_ignoring_case(const Target& target, std::string_view text) override;

  // where_json.cpp
  void append_acl_list(std::string_view alias, std::string_view column, const query::Constraint& constraint) override;
  void append_json(const Target& target, const query::Constraint& constraint) override;
  void append_comparable(const Target& target, const Target* other) override;
  void append_element_in(const Target& target, bool by_object_id, const std::function<void()>& subselect) override;

  // where_regex.cpp
  void append_regex(const Target& target, const query::Regex& regex) override;

  // where_text.cpp
  void append_text(const Target& target, const query::TextSearch& search) override;

  // where_geo.cpp
  bool append_geo(const Target& target, const query::Constraint& constraint) override;

 private:
  JsonCondition json_condition(const Target& target);
  void append_indexed_path(const Target& target);

  void append_point(const Target& target, const query::Constraint& constraint);
  void append_polygon(const Target& target, const query::Constraint& constraint);
  void append_any_place(const Target& target, const object::Array& values);
  void append_no_place(const Target& target, const object::Array& values);
  void append_cap(const Target& target, const object::GeoPoint& center, double radians);
  void append_document(const Target& target, const query::TextSearch& search);
  void append_text_query(const query::TextSearch& search);
  void append_haversine(const Target& target, const object::GeoPoint& center);
};

}  // namespace parse::storage::postgres
