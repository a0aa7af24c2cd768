#include "schema/class_schema.h"

#include <algorithm>
#include <utility>

namespace parse::schema {
namespace {

template <typename T>
const T* find_named(const std::vector<T>& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& item) { return item.name == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const Field* ClassSchema::find_field(std::string_view field) const { return find_named(fields, field); }
const Index* ClassSchema::find_index(std::string_view index) const { return find_named(indexes, index); }

const ClassSchema* Schema::find(std::string_view class_name) const {
  const auto found = classes_.find(class_name);
  return found == classes_.end() ? nullptr : found->second.get();
}

void Schema::set(ClassSchema class_schema) {
  std::string name = class_schema.name;
  classes_[std::move(name)] = std::make_shared<const ClassSchema>(std::move(class_schema));
}

void Schema::erase(std::string_view class_name) {
  const auto found = classes_.find(class_name);
  if (found != classes_.end()) classes_.erase(found);
}

}  // namespace parse::schema
