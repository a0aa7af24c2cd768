#include "storage/postgres/index_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "object/json.h"
#include "schema/default_classes.h"
#include "schema/schema_json.h"
#include "storage/postgres/columns.h"

namespace parse::storage::postgres {
namespace {

using object::Object;
using object::Value;
using schema::Index;

constexpr std::string_view kAuthDataPrefix = "_User_unique_authData_";
constexpr std::string_view kAuthDataSuffix = "_id";

/// What the comment says; nullopt when it is none of ours.
std::optional<Index> read_comment(const std::string& comment) {
  if (!comment.starts_with("{\"parseIndex\":")) return std::nullopt;
  try {
    const Value value = object::parse_json(comment);
    const Object& map = value.as<Object>();
    return schema::read_index(map.at("parseIndex").as<std::string>(), map.at("definition"));
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool is_auth_data(const std::string& class_name, const Index& index) {
  return class_name == "_User" && index.name.starts_with("_auth_data_") && index.keys.size() == 1;
}

/// "facebook" of "authData.facebook.id".
std::string provider_of(const Index& index) {
  const std::string& path = index.keys.front().field;
  const std::size_t begin = path.find('.') + 1;
  return path.substr(begin, path.rfind('.') - begin);
}

/// "facebook" of "_User_unique_authData_facebook_id".
std::optional<std::string> provider_of(const TableIndex& index) {
  const std::string_view name = index.name;
  if (!index.unique || !index.valid || !name.starts_with(kAuthDataPrefix) || !name.ends_with(kAuthDataSuffix) ||
      name.size() <= kAuthDataPrefix.size() + kAuthDataSuffix.size())
    return std::nullopt;
  return std::string(
      name.substr(kAuthDataPrefix.size(), name.size() - kAuthDataPrefix.size() - kAuthDataSuffix.size()));
}

/// jsonb has lost the order of the keys of a compound index; the index itself has it.
void restore_order(Index& index, const TableIndex& found) {
  const auto place = [&](const schema::IndexKey& key) {
    return std::find(found.columns.begin(), found.columns.end(), stored_name(key.field)) - found.columns.begin();
  };
  std::stable_sort(index.keys.begin(), index.keys.end(),
                   [&](const auto& left, const auto& right) { return place(left) < place(right); });
}

/// In the order they were made in, which jsonb has lost too; those that the table has not come last.
void sort_as_made(std::vector<Index>& indexes, const std::string& class_name, const Table& table) {
  const auto place = [&](const Index& index) -> std::ptrdiff_t {
    const TableIndex* found = find_table_index(table, class_name, index);
    return found ? found - table.indexes.data() : static_cast<std::ptrdiff_t>(table.indexes.size());
  };
  std::stable_sort(indexes.begin(), indexes.end(),
                   [&](const Index& left, const Index& right) { return place(left) < place(right); });
}

bool is_named(const std::vector<Index>& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(), [&](const Index& index) { return index.name == name; });
}

void append_default_indexes(const std::string& class_name, const Table& table, std::vector<Index>& indexes) {
  for (Index& index : schema::default_class(class_name).indexes) {
    const TableIndex* found = find_table_index(table, class_name, index);
    if (found != nullptr && serves(*found, class_name, index)) indexes.push_back(std::move(index));
  }
  if (class_name != "_User") return;
  for (const TableIndex& found : table.indexes) {
    if (const auto provider = provider_of(found)) indexes.push_back(schema::auth_data_index(*provider));
  }
}

}  // namespace

std::string preferred_name(const std::string& class_name, const Index& index) {
  if (!schema::is_default_index(class_name, index.name)) return index.name;
  if (is_auth_data(class_name, index))
    return fmt::format("{}{}{}", kAuthDataPrefix, provider_of(index), kAuthDataSuffix);
  const std::string& field = index.keys.front().field;
  if (index.case_insensitive || index.name == field || index.name == "ttl") return index.name;
  return class_name + (index.unique ? "_unique_" : "_") + field;
}

std::string name_for(const std::string& class_name, const Index& index, int attempt) {
  const std::string preferred = preferred_name(class_name, index);
  if (attempt == 0) return stored_name(preferred);
  const std::string suffix = attempt == 1 ? std::string() : fmt::format("_{}", attempt);
  const std::string name = fmt::format("{}_{}", class_name, preferred);
  return stored_name(std::string_view(name).substr(0, kNameBytes - suffix.size())) + suffix;
}

std::string comment_for(const Index& index) {
  return object::to_json(Object{{"parseIndex", index.name}, {"definition", schema::write_index(index)}});
}

const TableIndex* find_table_index(const Table& table, const std::string& class_name, const Index& index) {
  const TableIndex* by_name = nullptr;
  const std::string preferred = stored_name(preferred_name(class_name, index));
  for (const TableIndex& found : table.indexes) {
    const auto told = found.valid ? read_comment(found.comment) : std::nullopt;
    if (told && told->name == index.name) return &found;
    if (found.valid && !told && found.name == preferred) by_name = &found;
  }
  return by_name;
}

bool serves(const TableIndex& found, const std::string& class_name, const Index& index) {
  if (found.unique != index.unique) return false;
  if (schema::is_default_index(class_name, index.name)) return true;
  const auto told = read_comment(found.comment);
  return told && *told == index;
}

std::vector<Index> indexes_of(const schema::ClassSchema& class_schema, const Table& table) {
  std::vector<Index> indexes;
  for (const Index& listed : class_schema.indexes) {
    Index index = listed;
    if (const TableIndex* found = find_table_index(table, class_schema.name, index)) {
      restore_order(index, *found);
      if (auto told = read_comment(found->comment)) index = std::move(*told);
    }
    indexes.push_back(std::move(index));
  }
  for (const TableIndex& found : table.indexes) {
    auto told = found.valid ? read_comment(found.comment) : std::nullopt;
    if (told && told->name.starts_with(kAutoPrefix)) continue;
    if (told && !is_named(indexes, told->name) && !schema::is_default_index(class_schema.name, told->name))
      indexes.push_back(std::move(*told));
  }
  sort_as_made(indexes, class_schema.name, table);
  append_default_indexes(class_schema.name, table, indexes);
  return indexes;
}

}  // namespace parse::storage::postgres
