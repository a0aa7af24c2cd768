#include "storage/postgres/stored_class.h"

#include <algorithm>

#include "object/json.h"
#include "schema/default_classes.h"
#include "schema/field_type.h"
#include "storage/postgres/columns.h"
#include "storage/postgres/index_names.h"
#include "storage/sql/columns.h"

namespace parse::storage::postgres {
namespace {

using schema::ClassSchema;
using schema::Field;
using schema::FieldKind;

bool has_columns(const Table& table, const Field& field) {
  const std::vector<std::string> columns = columns_of(field);
  return std::all_of(columns.begin(), columns.end(),
                     [&](const std::string& column) { return table.find_column(column) != nullptr; });
}

bool is_there(const Tables& tables, const Table& table, const std::string& class_name, const Field& field) {
  if (field.type.kind != FieldKind::kRelation) return has_columns(table, field);
  return find_table(tables, sql::join_table(class_name, field.name)) != nullptr;
}

void append_default_fields(ClassSchema& class_schema, const Tables& tables, const Table& table) {
  for (Field& field : schema::default_class(class_schema.name).fields) {
    if (class_schema.find_field(field.name) != nullptr || !is_there(tables, table, class_schema.name, field)) continue;
    class_schema.fields.push_back(std::move(field));
  }
}

void mark_text_lists(ClassSchema& class_schema, const Table& table) {
  for (Field& field : class_schema.fields) {
    const TableColumn* column = table.find_column(stored_name(field.name));
    field.is_text_list =
        field.type.kind == FieldKind::kArray && column != nullptr && column->type == ColumnType::kTextArray;
  }
}

/// Where a field stands among its class: built-in and system fields first, then by the list, then by the table.
struct FieldPlaces {
  const ClassSchema defaults;
  const std::vector<std::string>& listed;
  const Table& table;

  template <typename List, typename Name>
  static std::size_t place_in(const List& list, const Name& name_of, const std::string& name) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const auto& item) { return name_of(item) == name; });
    return static_cast<std::size_t>(found - list.begin());
  }

  std::size_t place(const Field& field) const {
    const auto name_of = [](const auto& item) { return std::string_view(item.name); };
    const std::size_t in_defaults = place_in(defaults.fields, name_of, field.name);
    if (in_defaults < defaults.fields.size()) return in_defaults;
    const std::size_t in_list = place_in(
        listed, [](const std::string& item) { return item; }, field.name);
    if (in_list < listed.size()) return defaults.fields.size() + in_list;
    const std::size_t in_table = place_in(table.columns, name_of, stored_name(field.name));
    return defaults.fields.size() + listed.size() + in_table;
  }
};

void sort_fields(ClassSchema& class_schema, const std::vector<std::string>& listed, const Table& table) {
  const FieldPlaces places{schema::default_class(class_schema.name), listed, table};
  std::stable_sort(class_schema.fields.begin(), class_schema.fields.end(),
                   [&](const Field& left, const Field& right) { return places.place(left) < places.place(right); });
}

/// A field that only its column knows of; what JSON holds is in the column's comment.
Field field_of(const TableColumn& column) {
  Field field;
  field.name = column.name;
  field.type.kind = kind_of(column.type);
  const auto comment = object::try_parse_json(column.comment);
  const object::Object* map = comment ? comment->get_if<object::Object>() : nullptr;
  const object::Value* type = map ? map->find("type") : nullptr;
  const std::string* name = type ? type->get_if<std::string>() : nullptr;
  const auto kind = name ? schema::kind_from_name(*name) : std::nullopt;
  if (!kind || !fits(*kind, column.type)) return field;
  field.type.kind = *kind;
  const object::Value* target = map->find("targetClass");
  if (target != nullptr && target->is<std::string>()) field.type.target_class = target->as<std::string>();
  return field;
}

}  // namespace

ClassSchema with_table(StoredClass stored, const Tables& tables) {
  static const Table kNoTable;
  ClassSchema class_schema = std::move(stored.class_schema);
  const Table* found = find_table(tables, class_schema.name);
  const Table& table = found ? *found : kNoTable;
  std::erase_if(class_schema.fields,
                [&](const Field& field) { return !is_there(tables, table, class_schema.name, field); });
  append_default_fields(class_schema, tables, table);
  mark_text_lists(class_schema, table);
  sort_fields(class_schema, stored.field_order, table);
  class_schema.indexes = indexes_of(class_schema, table);
  return class_schema;
}

ClassSchema from_table(const std::string& class_name, const Tables& tables) {
  StoredClass stored;
  stored.class_schema.name = class_name;
  ClassSchema class_schema = with_table(std::move(stored), tables);
  const Table* table = find_table(tables, class_name);
  if (table == nullptr) return class_schema;
  for (const TableColumn& column : table->columns) {
    if (column.name != "_rperm" && column.name != "_wperm" && class_schema.find_field(column.name) == nullptr)
      class_schema.fields.push_back(field_of(column));
  }
  return class_schema;
}

}  // namespace parse::storage::postgres
