#pragma once

#include <string>
#include <string_view>

#include "base/ascii.h"

namespace parse::http {

/// Equal but for ASCII case, as names of fields and tokens are.
constexpr bool iequals(std::string_view a, std::string_view b) { return equal_ignoring_case(a, b); }

/// Without spaces and tabs at both ends.
constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Calls `visit(item)` for each comma-separated item, trimmed; empty items are skipped.
template <class Visitor>
void for_each_item(std::string_view list, Visitor visit) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view item = trim(list.substr(0, comma));
    if (!item.empty()) visit(item);
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace parse::http
