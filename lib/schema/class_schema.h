#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "object/value.h"

/// Classes, fields and permissions as values. Pure but for SchemaCache.
namespace parse::schema {

enum class FieldKind {
  kString,
  kNumber,
  kBoolean,
  kDate,
  kObject,
  kArray,
  kGeoPoint,
  kFile,
  kBytes,
  kPolygon,
  kPointer,
  kRelation,
  kAcl,
};

/// The type of a field; `target_class` is set for Pointer and Relation only.
struct FieldType {
  FieldKind kind = FieldKind::kString;
  std::string target_class;
  friend bool operator==(const FieldType&, const FieldType&) = default;
};

struct Field {
  std::string name;
  FieldType type;
  bool required = false;
  std::optional<object::Value> default_value;
  /// An Array that its database keeps as a list of texts, and that can hold nothing else: PostgreSQL's text[] of old
  /// Parse Servers.
  bool is_text_list = false;
  friend bool operator==(const Field&, const Field&) = default;
};

/// One indexed field: 1, -1, "text", "2d" or "2dsphere".
struct IndexKey {
  std::string field;
  object::Value direction;
  friend bool operator==(const IndexKey&, const IndexKey&) = default;
};

/// `{"name":{"field":1,"other":-1}}` of the schema API.
struct Index {
  std::string name;
  std::vector<IndexKey> keys;
  bool unique = false;
  /// Only objects that match these constraints are indexed (a `where` in Parse's JSON form).
  std::optional<object::Object> where = std::nullopt;
  /// Texts that differ in the case of ASCII letters only are the same.
  bool case_insensitive = false;
  friend bool operator==(const Index&, const Index&) = default;
};

/// One class as it is at a moment. Fields keep the order in which they were made; objectId, createdAt, updatedAt and
/// ACL are among them and come first.
struct ClassSchema {
  std::string name;
  std::vector<Field> fields;
  std::vector<Index> indexes;
  /// `classLevelPermissions` as stored; absent: none was ever set and everything is open.
  std::optional<object::Object> permissions;

  const Field* find_field(std::string_view field) const;
  const Index* find_index(std::string_view index) const;
  friend bool operator==(const ClassSchema&, const ClassSchema&) = default;
};

/// All classes at a moment; immutable once shared.
class Schema {
 public:
  const ClassSchema* find(std::string_view class_name) const;
  void set(ClassSchema class_schema);
  void erase(std::string_view class_name);
  /// Name order.
  const std::map<std::string, std::shared_ptr<const ClassSchema>, std::less<>>& classes() const { return classes_; }

 private:
  std::map<std::string, std::shared_ptr<const ClassSchema>, std::less<>> classes_;
};

}  // namespace parse::schema
