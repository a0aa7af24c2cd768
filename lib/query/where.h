#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/box.h"
#include "object/value.h"

/// Queries as values: a `where` parsed into a tree that every storage translates. Pure.
namespace parse::query {

struct Where;

/// `{"where":{…},"className":"C"}` inside $inQuery and $select; an order, skip or limit in it is ignored. rest/access
/// adds to `where` what the caller may read of that class.
struct Subquery {
  std::string class_name;
  Box<Where> where;
  /// $inQuery with redirectClassNameForKey: the relation or pointer field whose target class is meant.
  std::optional<std::string> redirect_key;
  /// `requestComplexity.subqueryLimit`: more objects are not looked at.
  std::optional<std::int64_t> limit;
};

/// `null` also means missing. On an Array field: contains the value.
struct Equal {
  object::Value value;
};
struct NotEqual {
  object::Value value;
};
/// The String field holds this text, whatever the case of its ASCII letters: how usernames and e-mail addresses are
/// compared. Not in the query language.
struct EqualIgnoringCase {
  std::string text;
};
enum class Comparison { kLess, kLessOrEqual, kGreater, kGreaterOrEqual };
struct Compare {
  Comparison comparison;
  object::Value value;
};
struct In {
  object::Array values;
};
struct NotIn {
  object::Array values;
};
struct Exists {
  bool exists;
};
/// Every value is contained in the Array field. An empty list matches nothing.
struct ContainsAll {
  object::Array values;
};
/// Every prefix starts some string element of the Array field ($all of `^\Q…\E` patterns).
struct ContainsAllStartingWith {
  std::vector<std::string> prefixes;
};
struct ContainedBy {
  object::Array values;
};
/// PCRE2 pattern; options is a subset of "imsux".
struct Regex {
  std::string pattern;
  std::string options;
};
struct TextSearch {
  std::string term;
  std::optional<std::string> language;
  std::optional<bool> case_sensitive;
  std::optional<bool> diacritic_sensitive;
};
/// Sorted by distance, nearest first, unless the query has an order of its own. Distance in radians.
struct Near {
  object::GeoPoint center;
  std::optional<double> max_radians;
};
struct WithinBox {
  object::GeoPoint southwest;
  object::GeoPoint northeast;
};
struct WithinPolygon {
  std::vector<object::GeoPoint> points;
};
struct WithinSphere {
  object::GeoPoint center;
  double radians;
};
/// The Polygon field contains the point.
struct GeoIntersects {
  object::GeoPoint point;
};
/// The Pointer field (or Relation, or Array of pointers) points at an object that the sub-query finds.
struct InQuery {
  Subquery query;
  bool negated;
};
/// The field equals the value of `key` in some object that the sub-query finds.
struct Select {
  Subquery query;
  std::string key;
  bool negated;
};

using Constraint = std::variant<Equal, NotEqual, EqualIgnoringCase, Compare, In, NotIn, Exists, ContainsAll,
                                ContainsAllStartingWith, ContainedBy, Regex, TextSearch, Near, WithinBox, WithinPolygon,
                                WithinSphere, GeoIntersects, InQuery, Select>;

/// `path` is a field name or a dotted path into an Object, Array or Pointer field ("a.b.0").
struct FieldCondition {
  std::string path;
  Constraint constraint;
};
struct And {
  std::vector<Where> parts;
};
struct Or {
  std::vector<Where> parts;
};
struct Nor {
  std::vector<Where> parts;
};
/// `$relatedTo`: members of `owner`'s relation `key`, none unless the owner matches `owner_where` (empty when parsed;
/// rest/access fills it with what the caller may read).
struct RelatedTo {
  object::Pointer owner;
  std::string key;
  Box<Where> owner_where;
};
/// The object's ACL lets one of `principals` ("*", user ids, "role:Name") read, or write, it.
enum class AclRight { kRead, kWrite };
struct AclAllows {
  AclRight right;
  std::vector<std::string> principals;
};
/// Matches nothing: what an access rule leaves when nothing is allowed.
struct Never {};

using Condition = std::variant<FieldCondition, And, Or, Nor, RelatedTo, AclAllows, Never>;

/// All conditions must hold; none means every object.
struct Where {
  std::vector<Condition> conditions;
};

struct OrderTerm {
  std::string path;
  bool descending = false;
  /// `$score`: relevance of the query's TextSearch.
  bool is_text_score = false;
};

/// Which of several servers that hold the database answers a read, from the one that is always up to date to those that
/// may lag behind. "Preferred" falls back to the other kind. Source: REST parameter `readPreference`.
enum class ReadPreference { kPrimary, kPrimaryPreferred, kNearest, kSecondaryPreferred, kSecondary };

/// One read of one class, after parsing.
struct Find {
  std::string class_name;
  Where where;
  ReadPreference read_from = ReadPreference::kPrimary;
  std::vector<OrderTerm> order;
  /// Top-level fields to return; absent: all. objectId, createdAt, updatedAt and ACL always come.
  std::optional<std::vector<std::string>> keys;
  /// Adds the field `score` of the query's TextSearch (`keys=$score`).
  bool with_text_score = false;
  std::int64_t skip = 0;
  /// Absent: no limit. 0 finds nothing.
  std::optional<std::int64_t> limit;
  /// Index name, for storages that can force one.
  std::optional<std::string> hint;
  std::optional<std::string> comment;
};

}  // namespace parse::query
