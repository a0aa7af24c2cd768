#pragma once

#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "object/json.h"
#include "query/where_parser.h"
#include "tests/storage/conformance/backends.h"

namespace parse::storage::conformance {

using object::Object;
using object::Value;
using schema::FieldKind;

inline schema::Field field(std::string name, FieldKind kind, std::string target = {}) {
  schema::Field made;
  made.name = std::move(name);
  made.type = {kind, std::move(target)};
  return made;
}

/// A class with the four built-in fields and `fields`.
inline schema::ClassSchema class_of(std::string name, const std::vector<schema::Field>& fields) {
  schema::ClassSchema made;
  made.name = std::move(name);
  made.fields = {field("objectId", FieldKind::kString), field("createdAt", FieldKind::kDate),
                 field("updatedAt", FieldKind::kDate), field("ACL", FieldKind::kAcl)};
  made.fields.insert(made.fields.end(), fields.begin(), fields.end());
  return made;
}

/// A storage with classes, and the short forms that the cases are written in. Values are given in wire JSON.
template <typename Backend>
class Store {
 public:
  void make_class(const schema::ClassSchema& class_schema) {
    backend->create_class(class_schema);
    schema.set(class_schema);
  }

  /// Adds createdAt and updatedAt (the same, rising from object to object).
  void create(const std::string& class_name, const std::string& id, const std::string& json = "{}") {
    Object object{{"objectId", id}, {"createdAt", object::Date{++time}}, {"updatedAt", object::Date{time}}};
    const Value value = object::parse_json(json);
    for (const object::Member& member : value.as<Object>()) object.set(member.key, member.value);
    backend->create(schema, class_name, object);
  }

  query::Where where(const std::string& class_name, const std::string& json) {
    return query::parse_where(object::parse_json(json),
                              {.schema = schema, .class_name = class_name, .is_master = true});
  }

  query::Find find_of(const std::string& class_name, const std::string& json = "{}") {
    query::Find find;
    find.class_name = class_name;
    find.where = where(class_name, json);
    return find;
  }

  object::Array find(const query::Find& query) {
    object::ValueBuilder rows;
    rows.begin_array();
    const std::size_t count = backend->find(schema, query, rows);
    rows.end_array();
    const Value list = rows.take();
    BOOST_CHECK_EQUAL(count, list.as<object::Array>().size());
    return list.as<object::Array>();
  }

  /// objectIds of what is found, separated by blanks.
  std::string ids(const query::Find& query) {
    std::string text;
    for (const Value& row : find(query)) {
      if (!text.empty()) text += ' ';
      text += row.as<Object>().at("objectId").template as<std::string>();
    }
    return text;
  }
  /// In the order in which they were made.
  std::string ids(const std::string& class_name, const std::string& json) {
    query::Find query = find_of(class_name, json);
    query.order.push_back({"createdAt"});
    return ids(query);
  }

  /// The object as JSON without createdAt and updatedAt; "none" when it is not there.
  std::string get(const std::string& class_name, const std::string& id) {
    query::Find query = find_of(class_name);
    query.where.conditions.push_back(query::FieldCondition{"objectId", query::Equal{id}});
    const object::Array rows = find(query);
    return rows.empty() ? "none" : json_of(rows.front().as<Object>());
  }

  static std::string json_of(Object object) {
    object.erase("createdAt");
    object.erase("updatedAt");
    return object::to_json(object);
  }

  UpdateRequest request(const std::string& class_name, const std::string& where_json, const std::string& changes) {
    UpdateRequest made{class_name, where(class_name, where_json), {}, object::Date{++time}};
    const Value value = object::parse_json(changes);
    for (const object::Member& member : value.as<Object>())
      made.changes.push_back({member.key, object::read_update_op(member.value)});
    return made;
  }

  /// The changed object as JSON, "none" when nothing matched.
  std::string update(const std::string& class_name, const std::string& where_json, const std::string& changes) {
    const auto changed = backend->update(schema, request(class_name, where_json, changes));
    return changed ? json_of(*changed) : "none";
  }

  Backend backend;
  schema::Schema schema;
  Milliseconds time = 1600000000000;
};

/// For BOOST_CHECK_EXCEPTION.
inline auto has_code(ErrorCode code) {
  return [code](const Error& error) {
    BOOST_TEST_MESSAGE(error.message() << " / " << error.cause());
    return error.code() == code;
  };
}

}  // namespace parse::storage::conformance
