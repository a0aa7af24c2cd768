#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The text form of one list of an ACL: "|*|role:Admins|"; an empty list is "|". A `|` or `\` inside an entry is
/// escaped.
namespace parse::storage::sqlite {

std::string acl_text(const std::vector<std::string>& entries);
std::vector<std::string> read_acl_text(std::string_view text);
/// True when `text` holds one of the entries of `principals`, itself in text form.
bool acl_text_intersects(std::string_view text, std::string_view principals);
/// True when `text` holds `entry`, which must be in escaped form.
bool acl_text_contains(std::string_view text, std::string_view escaped_entry);

/// Calls `visit(escaped_entry)` for each entry until it returns false.
template <typename Visit>
void for_each_acl_entry(std::string_view text, Visit&& visit) {
  std::size_t begin = 1;
  while (begin < text.size()) {
    const std::size_t end = text.find('|', begin);
    if (end == std::string_view::npos || !visit(text.substr(begin, end - begin))) return;
    begin = end + 1;
  }
}

/// The entry as it was before escaping.
std::string unescape_acl_entry(std::string_view escaped);

}  // namespace parse::storage::sqlite
