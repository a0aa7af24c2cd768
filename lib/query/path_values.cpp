#include "query/path_values.h"

#include <charconv>
#include <optional>

namespace parse::query {
namespace {

using object::Array;
using object::Object;
using object::Value;
using Found = std::vector<const Value*>;

std::optional<std::size_t> index_of(std::string_view text) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return index;
}

void collect(const Value* value, std::string_view path, Found& found);

void collect_member(const Object& map, std::string_view path, Found& found) {
  const std::size_t dot = path.find('.');
  const bool is_last = dot == std::string_view::npos;
  collect(map.find(path.substr(0, dot)), is_last ? std::string_view() : path.substr(dot + 1), found);
}

void collect_elements(const Array& list, std::string_view path, Found& found) {
  const std::size_t dot = path.find('.');
  if (const auto index = index_of(path.substr(0, dot))) {
    if (*index >= list.size()) return;
    const bool is_last = dot == std::string_view::npos;
    collect(&list[*index], is_last ? std::string_view() : path.substr(dot + 1), found);
    return;
  }
  for (const Value& element : list) {
    if (const Object* map = element.get_if<Object>()) collect_member(*map, path, found);
  }
}

/// An empty path is the end.
void collect(const Value* value, std::string_view path, Found& found) {
  if (value == nullptr || value->is_null()) return;
  if (path.empty()) {
    found.push_back(value);
  } else if (const Object* map = value->get_if<Object>()) {
    collect_member(*map, path, found);
  } else if (const Array* list = value->get_if<Array>()) {
    collect_elements(*list, path, found);
  }
}

}  // namespace

Found values_at(const Object& object, std::string_view path) {
  Found found;
  collect_member(object, path, found);
  return found;
}

}  // namespace parse::query
