#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/error.h"
#include "config/config_file.h"
#include "object/json.h"

namespace parse::config {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// The options of the one app, or an error line.
std::variant<const Object*, std::string> find_app(const Value& root) {
  const auto* object = root.get_if<Object>();
  if (object == nullptr) return "must be a JSON object";
  const Value* apps = object->find("apps");
  if (apps == nullptr) return object;
  const auto* list = apps->get_if<Array>();
  if (list == nullptr || list->empty()) return "'apps' must be an array with one app";
  if (list->size() > 1) return "Multiple apps are not supported";
  const auto* app = list->front().get_if<Object>();
  if (app == nullptr) return "'apps' must contain an object";
  return app;
}

}  // namespace

FileContents read_json(const std::string& text, const std::string& path) {
  FileContents contents;
  try {
    const Value root = object::parse_json(text);
    const auto app = find_app(root);
    if (const auto* error = std::get_if<std::string>(&app)) {
      contents.errors.push_back(fmt::format("'config' {}: {}", path, *error));
      return contents;
    }
    for (const auto& [key, value] : *std::get<const Object*>(app)) contents.given.push_back({key, value, path});
  } catch (const Error& error) {
    contents.errors.push_back(fmt::format("'config' cannot be read as JSON: {} ({})", error.message(), path));
  }
  return contents;
}

FileContents read_json_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!(file && text << file.rdbuf())) return {{}, {fmt::format("'config' cannot read the file {}", path)}};
  return read_json(text.str(), path);
}

}  // namespace parse::config
