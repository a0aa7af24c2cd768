#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/where.h"
#include "schema/class_schema.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::sql {

/// Translates one Where tree into one SQL condition. The tree and the schema must outlive the SQL, whose values borrow
/// from them. Sub-queries become sub-selects with aliases of their own (t1, t2 …). What is the same in every database
/// is done here; a database derives and fills in the rest.
class WhereSql {
 public:
  WhereSql(const schema::Schema& schema, SqlText& out) : schema_(schema), out_(out) {}
  virtual ~WhereSql() = default;
  WhereSql(const WhereSql&) = delete;
  WhereSql& operator=(const WhereSql&) = delete;

  /// Appends a condition on the rows of `class_schema` under `alias`; TRUE when everything matches.
  /// Throws kInvalidQuery (102) for what the field's type cannot answer.
  void append(const schema::ClassSchema& class_schema, std::string_view alias, const query::Where& where);

  /// Tables besides the class's own were read.
  bool reads_other_tables() const { return next_alias_ > 1; }

  /// The field that a condition is about: `rest` is what follows the first dot.
  struct Target {
    const schema::ClassSchema& class_schema;
    std::string_view alias;
    const schema::Field* field;
    std::string_view rest;
    std::string_view path;
  };
  /// The field behind `path`; nullopt when the class has none that is a column.
  static std::optional<Target> find_target(const schema::ClassSchema& class_schema, std::string_view alias,
                                           std::string_view path);

  // What rows are sorted by; see find_sql.
  /// Something that orders rows by the field, or by the value at a dotted path.
  virtual void append_order_operand(const Target& target) = 0;
  /// The distance of a GeoPoint field from `center`, in any unit.
  virtual void append_distance(const Target& target, const object::GeoPoint& center) = 0;
  /// The relevance of a text for `search`.
  virtual void append_text_score(const Target& target, const query::TextSearch& search) = 0;
  /// A column that orders equally relevant rows; empty when there is none.
  virtual std::string_view row_order() const { return {}; }

 protected:
  // Values
  /// `value` as the column of a scalar field of this kind holds it; nullopt when such a field can never equal it.
  virtual std::optional<SqlValue> encode(schema::FieldKind kind, const object::Value& value) const = 0;

  // Conditions
  virtual void append_acl(std::string_view alias, const query::AclAllows& acl) = 0;
  /// A condition on the lists behind an ACL (`_rperm`, `_wperm`).
  virtual void append_acl_list(std::string_view alias, std::string_view column,
                               const query::Constraint& constraint) = 0;
  /// Fields that hold JSON (Array, Object), and paths into them; everything but sub-queries.
  virtual void append_json(const Target& target, const query::Constraint& constraint) = 0;
  /// False when the field is no place and the constraint asks for none: then nothing was appended.
  virtual bool append_geo(const Target& target, const query::Constraint& constraint) = 0;
  /// ` IN (…)` or ` NOT IN (…)` behind a column: the text should not depend on how many values there are.
  virtual void append_list(const Target& target, std::vector<SqlValue> wanted, bool negated) = 0;
  virtual void append_equal_ignoring_case(const Target& target, std::string_view text) = 0;
  virtual void append_regex(const Target& target, const query::Regex& regex) = 0;
  virtual void append_text(const Target& target, const query::TextSearch& search) = 0;
  /// The column, or the value inside a JSON column, as something that SQL compares with what is appended for `other`
  /// (the two sides of a $select); with a plain column when that is nullptr.
  virtual void append_comparable(const Target& target, const Target* other) = 0;
  /// Some element of the Array field is among what `subselect` appends: its objectId when `by_object_id`, else as
  /// append_comparable has it.
  virtual void append_element_in(const Target& target, bool by_object_id, const std::function<void()>& subselect) = 0;

  /// True for the constraints that ask where a place is.
  static bool is_geo(const query::Constraint& constraint);
  /// A field that no object has: only tests that accept "missing" hold.
  void append_unknown_field(const query::Constraint& constraint);
  virtual SqlText& column(const Target& target);
  std::string make_alias();
  SqlText& out() { return out_; }

 private:
  // where_sql.cpp: the tree, and dispatch by kind of field
  void append_condition(const schema::ClassSchema& class_schema, std::string_view alias,
                        const query::Condition& condition);
  void append_joined(const schema::ClassSchema& class_schema, std::string_view alias,
                     std::span<const query::Where> parts, std::string_view separator);
  void append_field(const schema::ClassSchema& class_schema, std::string_view alias,
                    const query::FieldCondition& condition);
  void append_constraint(const Target& target, const query::Constraint& constraint);

  // where_scalar.cpp: fields with one column of a plain type
  void append_scalar(const Target& target, const query::Constraint& constraint);
  void append_equal(const Target& target, const object::Value& value);
  void append_not_equal(const Target& target, const object::Value& value);
  void append_compare(const Target& target, const query::Compare& compare);
  void append_in(const Target& target, const object::Array& values, bool negated);
  void append_all(const Target& target, const object::Array& values);

  // where_subquery.cpp
  void append_in_query(const Target& target, const query::InQuery& constraint);
  void append_select(const Target& target, const query::Select& constraint);
  void append_relation(const Target& target, const query::Constraint& constraint);
  void append_members(const Target& target, bool negated, const std::function<void()>& related_ids);
  void append_related_to(std::string_view alias, const query::RelatedTo& condition);
  void append_owner_check(const query::RelatedTo& condition);
  /// `SELECT <key> FROM …` of a sub-query, to compare with `other`; one without rows when its class or field does not
  /// exist.
  void append_subselect(const query::Subquery& subquery, std::string_view key, const Target* other = nullptr);
  std::optional<Target> selected_target(const query::Subquery& subquery, std::string_view key,
                                        std::string_view alias) const;
  const schema::ClassSchema* class_of(const query::Subquery& subquery) const;

  const schema::Schema& schema_;
  SqlText& out_;
  int next_alias_ = 1;
};

/// The text in `^\Q…\E`, when the pattern is exactly that: such a prefix is a range of an index.
std::optional<std::string_view> literal_prefix(const query::Regex& regex);

}  // namespace parse::storage::sql
