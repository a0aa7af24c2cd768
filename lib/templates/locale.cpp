#include "templates/locale.h"

#include <algorithm>

namespace parse::templates {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

bool is_language(std::string_view part) {
  return (part.size() == 2 || part.size() == 3) && std::all_of(part.begin(), part.end(), is_letter);
}

bool is_subtag(std::string_view part) {
  return part.size() >= 2 && part.size() <= 8 && std::all_of(part.begin(), part.end(), is_letter_or_digit);
}

}  // namespace

std::optional<std::string> parse_locale(std::string_view text) {
  constexpr std::size_t kLongest = 50;
  if (text.size() > kLongest) return std::nullopt;
  std::string_view rest = text;
  for (bool first = true; first || !rest.empty(); first = false) {
    const std::string_view part = rest.substr(0, rest.find('-'));
    if (!(first ? is_language(part) : is_subtag(part))) return std::nullopt;
    rest.remove_prefix(part.size());
    if (rest == "-") return std::nullopt;
    if (!rest.empty()) rest.remove_prefix(1);
  }
  return std::string(text);
}

std::vector<std::string> locale_folders(std::string_view locale) {
  std::vector<std::string> folders;
  if (!locale.empty()) folders.emplace_back(locale);
  const std::size_t dash = locale.find('-');
  if (dash != std::string_view::npos) folders.emplace_back(locale.substr(0, dash));
  folders.emplace_back();
  return folders;
}

}  // namespace parse::templates
