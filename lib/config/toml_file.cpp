#define TOML_EXCEPTIONS 1
#include <fmt/format.h>
#include <toml++/toml.h>

#include <fstream>
#include <sstream>

#include "config/config_file.h"

namespace parse::config {
namespace {

using object::Array;
using object::Object;
using object::Value;

Value to_value(const toml::node& node);

Value to_value(const toml::table& table) {
  Object object;
  for (const auto& [key, node] : table) object.set(key.str(), to_value(node));
  return object;
}

Value to_value(const toml::array& array) {
  Array values;
  for (const auto& node : array) values.push_back(to_value(node));
  return values;
}

Value to_value(const toml::node& node) {
  if (const auto* table = node.as_table()) return to_value(*table);
  if (const auto* array = node.as_array()) return to_value(*array);
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

struct Walk {
  const std::string& path;
  std::vector<Given>& given;

  /// Members of a group are options of their own, so that each mistake is reported with its own line.
  void table(const std::string& prefix, const toml::table& table) {
    for (const auto& [key, node] : table) {
      const std::string name = prefix + std::string(key.str());
      const OptionSpec* spec = find_option(name);
      if (spec != nullptr && spec->is_group() && node.is_table()) {
        this->table(std::string(spec->name) + ".", *node.as_table());
        continue;
      }
      given.push_back({name, to_value(node), fmt::format("{}:{}", path, key.source().begin.line)});
    }
  }
};

}  // namespace

FileContents read_toml(const std::string& text, const std::string& path) {
  FileContents contents;
  try {
    const toml::table table = toml::parse(text, path);
    Walk{path, contents.given}.table("", table);
  } catch (const toml::parse_error& error) {
    contents.errors.push_back(fmt::format("'config' cannot be read as TOML: {} ({}:{})", error.description(), path,
                                          error.source().begin.line));
  }
  return contents;
}

FileContents read_toml_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!(file && text << file.rdbuf())) return {{}, {fmt::format("'config' cannot read the file {}", path)}};
  return read_toml(text.str(), path);
}

}  // namespace parse::config
