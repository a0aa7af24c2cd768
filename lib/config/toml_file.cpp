#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "config/config_file.h"
#include "config/toml_node.h"

namespace parse::config {
namespace {

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
