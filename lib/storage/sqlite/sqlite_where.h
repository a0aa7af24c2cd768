#pragma once

#include <string_view>
#include <vector>

#include "storage/sql/where_sql.h"

namespace parse::storage::sqlite {

/// The conditions as SQLite says them, with the functions of functions.h.
class SqliteWhere final : public sql::WhereSql {
 public:
  using WhereSql::WhereSql;

  void append_order_operand(const Target& target) override;
  void append_distance(const Target& target, const object::GeoPoint& center) override;
  void append_text_score(const Target& target, const query::TextSearch& search) override;
  std::string_view row_order() const override;

 protected:
  std::optional<sql::SqlValue> encode(schema::FieldKind kind, const object::Value& value) const override;
  void append_acl(std::string_view alias, const query::AclAllows& acl) override;
  void append_acl_list(std::string_view alias, std::string_view column, const query::Constraint& constraint) override;
  void append_json(const Target& target, const query::Constraint& constraint) override;
  void append_list(const Target& target, std::vector<sql::SqlValue> wanted, bool negated) override;
  void append_equal_ignoring_case(const Target& target, std::string_view text) override;
  void append_regex(const Target& target, const query::Regex& regex) override;
  void append_comparable(const Target& target, const Target* other) override;
  void append_element_in(const Target& target, bool by_object_id, const std::function<void()>& subselect) override;
  sql::SqlText& column(const Target& target) override;

  // where_text.cpp
  void append_text(const Target& target, const query::TextSearch& search) override;

  // where_geo.cpp
  bool append_geo(const Target& target, const query::Constraint& constraint) override;

 private:
  void append_geo_point(const Target& target, const query::Constraint& constraint);
  void append_cap(const Target& target, const object::GeoPoint& center, double radians);
  void append_polygon(const Target& target, const std::vector<object::GeoPoint>& points);
  void append_box(const Target& target, const object::GeoPoint& corner, const object::GeoPoint& opposite);
};

}  // namespace parse::storage::sqlite
