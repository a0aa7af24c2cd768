#include "config/toml_node.h"

#include <sstream>

namespace parse::config {
namespace {

using object::Array;
using object::Object;
using object::Value;

Value table_value(const toml::table& table) {
  Object object;
  for (const auto& [key, node] : table) object.set(key.str(), config::to_value(node));
  return object;
}

Value array_value(const toml::array& array) {
  Array values;
  for (const auto& node : array) values.push_back(config::to_value(node));
  return values;
}

}  // namespace

object::Value to_value(const toml::node& node) {
  if (const auto* table = node.as_table()) return table_value(*table);
  if (const auto* array = node.as_array()) return array_value(*array);
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* number = node.as_floating_point()) return number->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  // Dates and times: no option has such a value, so the text in its place makes a readable message.
  std::ostringstream text;
  node.visit([&](const auto& other) {
    if constexpr (toml::is_chronological<decltype(other)>) text << other.get();
  });
  return text.str();
}

}  // namespace parse::config
