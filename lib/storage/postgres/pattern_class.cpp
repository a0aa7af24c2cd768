#include "storage/postgres/pattern_class.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace parse::storage::postgres {
namespace {

using Row = std::pair<std::string_view, std::string_view>;

constexpr std::string_view kWord = "A-Za-z0-9_";
constexpr std::string_view kSpace = " \\t\\n\\v\\f\\r";
constexpr std::array kEscapes = {
    Row{"d", "0-9"},
    Row{"w", kWord},
    Row{"s", kSpace},
    Row{"h", " \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000"},
    Row{"v", "\\n\\v\\f\\r\\u0085\\u2028\\u2029"},
};
constexpr std::array kNames = {
    Row{"alpha", "A-Za-z"},
    Row{"digit", "0-9"},
    Row{"alnum", "A-Za-z0-9"},
    Row{"upper", "A-Z"},
    Row{"lower", "a-z"},
    Row{"space", kSpace},
    Row{"blank", " \\t"},
    Row{"word", kWord},
    Row{"xdigit", "0-9A-Fa-f"},
    Row{"punct", "!-/:-@\\[-`{-~"},
    Row{"graph", "!-~"},
    Row{"print", " -~"},
    Row{"cntrl", "\\u0001-\\u001f\\u007f"},
    Row{"ascii", "\\u0001-\\u007f"},
};
constexpr std::array kProperties = {
    Row{"L", "[:alpha:]"}, Row{"Lu", "[:upper:]"}, Row{"Ll", "[:lower:]"},
    Row{"N", "[:digit:]"}, Row{"Nd", "[:digit:]"}, Row{"P", "[:punct:]"},
};

std::optional<std::string_view> look_up(std::span<const Row> rows, std::string_view name) {
  const auto row = std::ranges::find(rows, name, &Row::first);
  return row == rows.end() ? std::nullopt : std::optional(row->second);
}

}  // namespace

std::optional<std::string_view> class_of_escape(char letter) { return look_up(kEscapes, {&letter, 1}); }
std::optional<std::string_view> class_of_name(std::string_view name) { return look_up(kNames, name); }
std::optional<std::string_view> class_of_property(std::string_view name) { return look_up(kProperties, name); }

std::string escaped(char c) {
  constexpr std::string_view kSpecial = "\\^$.[]|()?*+{}-#";
  if (kSpecial.find(c) == std::string_view::npos) return std::string(1, c);
  return {'\\', c};
}

std::string code_point_escape(unsigned long code_point) {
  return code_point <= 0xffff ? fmt::format("\\u{:04x}", code_point) : fmt::format("\\U{:08x}", code_point);
}

}  // namespace parse::storage::postgres
