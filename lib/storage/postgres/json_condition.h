#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "query/where.h"
#include "storage/postgres/json_values.h"
#include "storage/sql/sql_text.h"

namespace parse::storage::postgres {

/// One constraint on a jsonb value, or on what a path finds in it, with the meaning it has to query::matches. Where the
/// matcher looks at any value found, or at any element when that value is a list, so does the SQL. A condition that
/// does not hold is FALSE or NULL.
class JsonCondition {
 public:
  enum class Root {
    kMap,
    kList,
  };
  /// `root` appends the jsonb; it is called once or several times.
  JsonCondition(sql::SqlText& out, std::function<void()> root, Root kind, std::string_view path)
      : out_(out), root_(std::move(root)), kind_(kind), path_(path) {}

  /// Throws kInvalidQuery (102) for a pattern that PostgreSQL cannot match.
  void append(const query::Constraint& constraint);
  /// The first value that the path finds, as kComparableElement has it; NULL when there is none.
  void append_comparable();

 private:
  /// What the last step of the path looks at.
  struct Place {
    std::function<void()> base;
    std::string names;
  };
  using Test = std::function<void(const Place&)>;

  bool is_whole() const { return path_.empty(); }
  /// Some place that the path leads to passes `test`.
  void append_somewhere(const Test& test);
  void append_base(const std::function<void()>& from, const JsonStep& step);
  void append_predicate(const Place& place, const std::string& predicate);
  void append_values(const Place& place, std::string_view alias, std::string_view suffix);
  void append_some_list(const std::function<void()>& test);
  void append_some_text(const std::function<void()>& test);

  void append_exists();
  void append_not(const std::function<void()>& condition);
  void append_equal(const object::Value& value);
  void append_any_of(const object::Array& values);
  void append_any_element(const object::Array& values);
  void append_any_scalar(const Place& place, const object::Array& values);
  void append_any_same(const Place& place, const object::Array& values);
  void append_compare(const query::Compare& compare);
  void append_all(const object::Array& values);
  void append_prefixes(const std::vector<std::string>& prefixes);
  void append_contained_by(const object::Array& values);

  sql::SqlText& out_;
  std::function<void()> root_;
  Root kind_;
  std::string_view path_;
};

}  // namespace parse::storage::postgres
