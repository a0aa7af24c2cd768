#include "schema/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "schema/default_classes.h"

namespace parse::schema {
namespace {

constexpr std::array<std::string_view, 10> kSystemClasses = {"_User",     "_Installation", "_Role",      "_Session",
                                                             "_Product",  "_PushStatus",   "_JobStatus", "_JobSchedule",
                                                             "_Audience", "_Idempotency"};
constexpr std::array<std::string_view, 8> kVolatileClasses = {"_JobStatus",    "_PushStatus",    "_Hooks",
                                                              "_GlobalConfig", "_GraphQLConfig", "_JobSchedule",
                                                              "_Audience",     "_Idempotency"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Locale-free on purpose: only ASCII is allowed.
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

bool is_identifier(std::string_view name) {
  return !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), is_word);
}

bool is_join_class(std::string_view name) {
  constexpr std::string_view kPrefix = "_Join:";
  if (!name.starts_with(kPrefix)) return false;
  name.remove_prefix(kPrefix.size());
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == name.size()) return false;
  const auto is_part = [](std::string_view part) { return std::all_of(part.begin(), part.end(), is_word); };
  return is_part(name.substr(0, colon)) && is_part(name.substr(colon + 1));
}

}  // namespace

bool is_valid_class_name(std::string_view name) {
  return is_valid_field_name(name, name) || is_system_class(name) || is_join_class(name);
}

std::string invalid_class_name_message(std::string_view name) {
  return fmt::format(
      "Invalid classname: {}, classnames can only have alphanumeric characters and _, and must start with an alpha "
      "character ",
      name);
}

bool is_valid_field_name(std::string_view field, std::string_view class_name) {
  if (field == "className" && class_name != "_Hooks") return false;
  return is_identifier(field) && field != "length";
}

bool is_default_field(std::string_view field, std::string_view class_name) {
  return find_default_column(class_name, field) != nullptr;
}

bool is_system_class(std::string_view name) { return name.starts_with('_') && contains(kSystemClasses, name); }
bool is_volatile_class(std::string_view name) { return name.starts_with('_') && contains(kVolatileClasses, name); }
bool is_master_only_class(std::string_view name) { return is_volatile_class(name) || name.starts_with("_Join:"); }

std::string_view root_field(std::string_view path) {
  const std::size_t dot = path.find('.');
  return dot == std::string_view::npos || dot == 0 ? path : path.substr(0, dot);
}

}  // namespace parse::schema
