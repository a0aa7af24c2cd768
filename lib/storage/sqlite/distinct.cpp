#include <utility>

#include "storage/sqlite/actual_schema.h"
#include "storage/sqlite/read.h"
#include "storage/sqlite/value_test.h"

namespace parse::storage::sqlite {
namespace {

void add_distinct(const object::Value& value, object::Array& out) {
  if (value.is_null()) return;
  for (const object::Value& have : out) {
    if (have == value) return;
  }
  out.push_back(value);
}

void add_all(const object::Value* value, object::Array& out) {
  if (value == nullptr) return;
  if (const auto* list = value->get_if<object::Array>()) {
    for (const object::Value& element : *list) add_distinct(element, out);
  } else {
    add_distinct(*value, out);
  }
}

object::Array collect(Connection& connection, const schema::Schema& schema, const query::Find& find) {
  object::ValueBuilder rows;
  rows.begin_array();
  find_objects(connection, schema, find, rows);
  rows.end_array();
  object::Value list = rows.take();
  return std::move(*list.get_if<object::Array>());
}

}  // namespace

object::Array distinct_values(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                              const std::string& path, const query::Where& where) {
  query::Find find;
  find.class_name = class_name;
  find.where = where;
  find.keys = std::vector<std::string>{path.substr(0, path.find('.'))};
  object::Array values;
  for (const object::Value& row : collect(connection, schema, find)) add_all(value_at(&row, split_path(path)), values);
  return values;
}

object::Array aggregate_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                                const query::Pipeline&) {
  query::Find find;
  find.class_name = class_name;
  return collect(connection, schema, find);
}

}  // namespace parse::storage::sqlite
