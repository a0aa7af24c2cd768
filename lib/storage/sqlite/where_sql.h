#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/where.h"
#include "schema/class_schema.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::sqlite {

/// Translates one Where tree into one SQL condition. The tree and the schema must outlive the SQL, whose values borrow
/// from them. Sub-queries become sub-selects with aliases of their own (t1, t2 …).
class WhereSql {
 public:
  WhereSql(const schema::Schema& schema, sql::SqlText& out) : schema_(schema), out_(out) {}

  /// Appends a condition on the rows of `class_schema` under `alias`; "1" when everything matches.
  /// Throws kInvalidQuery (102) for what the field's type cannot answer.
  void append(const schema::ClassSchema& class_schema, std::string_view alias, const query::Where& where);

  /// Tables besides the class's own were read.
  bool reads_other_tables() const { return next_alias_ > 1; }

 private:
  /// The field that a condition is about: `rest` is what follows the first dot.
  struct Target {
    const schema::ClassSchema& class_schema;
    std::string_view alias;
    const schema::Field* field;
    std::string_view rest;
    std::string_view path;
  };

  // where_sql.cpp: the tree, and dispatch by kind of field
  void append_condition(const schema::ClassSchema& class_schema, std::string_view alias,
                        const query::Condition& condition);
  void append_joined(const schema::ClassSchema& class_schema, std::string_view alias,
                     std::span<const query::Where> parts, std::string_view separator);
  void append_acl(std::string_view alias, const query::AclAllows& acl);
  void append_field(const schema::ClassSchema& class_schema, std::string_view alias,
                    const query::FieldCondition& condition);
  void append_constraint(const Target& target, const query::Constraint& constraint);
  void append_unknown_field(const query::Constraint& constraint);
  void append_value_test(const Target& target, const query::Constraint& constraint);

  // where_scalar.cpp: fields with one column of a plain type
  void append_scalar(const Target& target, const query::Constraint& constraint);
  void append_equal(const Target& target, const object::Value& value);
  void append_not_equal(const Target& target, const object::Value& value);
  void append_compare(const Target& target, const query::Compare& compare);
  void append_in(const Target& target, const object::Array& values, bool negated);
  void append_regex(const Target& target, const query::Regex& regex);
  void append_all(const Target& target, const object::Array& values);

  // where_text.cpp
  void append_text(const Target& target, const query::TextSearch& search);

  // where_geo.cpp
  bool append_geo(const Target& target, const query::Constraint& constraint);
  void append_geo_point(const Target& target, const query::Constraint& constraint);
  void append_cap(const Target& target, const object::GeoPoint& center, double radians);
  void append_polygon(const Target& target, const std::vector<object::GeoPoint>& points);
  void append_box(const Target& target, const object::GeoPoint& corner, const object::GeoPoint& opposite);

  // where_subquery.cpp
  void append_in_query(const Target& target, const query::InQuery& constraint);
  void append_select(const Target& target, const query::Select& constraint);
  void append_select_operand(const Target& target);
  void append_relation(const Target& target, const query::Constraint& constraint);
  void append_related_to(std::string_view alias, const query::RelatedTo& condition);
  void append_owner_check(const query::RelatedTo& condition);
  /// `SELECT <key> FROM …` of a sub-query; false (and nothing appended) when its class does not exist.
  bool append_subselect(const query::Subquery& subquery, std::string_view key);
  const schema::ClassSchema* class_of(const query::Subquery& subquery) const;

  sql::SqlText& column(const Target& target);
  std::string make_alias();

  const schema::Schema& schema_;
  sql::SqlText& out_;
  int next_alias_ = 1;
};

}  // namespace parse::storage::sqlite
