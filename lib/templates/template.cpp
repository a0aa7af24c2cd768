#include "templates/template.h"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "base/error.h"
#include "object/json.h"

namespace parse::templates {
namespace {

namespace mustache = kainjow::mustache;

/// Characters that mean something in HTML, in an attribute or in a JavaScript string.
constexpr std::string_view kSpecial = "&<>\"'`=/\\\n\r";

std::string written(std::string_view text, Markup markup) {
  return markup == Markup::kHtml ? escape_html(text) : std::string(text);
}

mustache::data to_data(const object::Value& value, Markup markup) {
  if (const auto* text = value.get_if<std::string>()) return mustache::data(written(*text, markup));
  if (const auto* flag = value.get_if<bool>())
    return mustache::data(*flag ? mustache::data::type::bool_true : mustache::data::type::bool_false);
  if (value.is_null()) return mustache::data(mustache::data::type::bool_false);
  if (const auto* list = value.get_if<object::Array>()) {
    mustache::data items(mustache::data::type::list);
    for (const object::Value& item : *list) items.push_back(to_data(item, markup));
    return items;
  }
  if (const auto* map = value.get_if<object::Object>()) {
    mustache::data members(mustache::data::type::object);
    for (const auto& [key, member] : *map) members.set(key, to_data(member, markup));
    return members;
  }
  return mustache::data(written(object::to_json(value), markup));
}

}  // namespace

std::string render(std::string_view text, const object::Object& values, Markup markup) {
  mustache::mustache parsed{std::string(text)};
  // The values are escaped before they go in, whatever tag shows them.
  parsed.set_custom_escape([](const std::string& value) { return value; });
  std::string result = parsed.is_valid() ? parsed.render(to_data(values, markup)) : std::string();
  if (!parsed.is_valid())
    throw Error(ErrorCode::kInternal, "Internal server error.", "template: " + parsed.error_message());
  return result;
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) {
      escaped += fmt::format("&#{};", static_cast<int>(c));
    } else if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f') {
      escaped += c;
    } else if (c == '\t') {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace parse::templates
