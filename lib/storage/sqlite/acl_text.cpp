#include "storage/sqlite/acl_text.h"

namespace parse::storage::sqlite {

std::string acl_text(const std::vector<std::string>& entries) {
  std::string text = "|";
  for (const std::string& entry : entries) {
    for (const char c : entry) {
      if (c == '|') {
        text += "\\p";
      } else if (c == '\\') {
        text += "\\b";
      } else {
        text += c;
      }
    }
    text += '|';
  }
  return text;
}

std::string unescape_acl_entry(std::string_view escaped) {
  std::string entry;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] == '\\' && i + 1 < escaped.size()) {
      entry += escaped[++i] == 'p' ? '|' : '\\';
    } else {
      entry += escaped[i];
    }
  }
  return entry;
}

std::vector<std::string> read_acl_text(std::string_view text) {
  std::vector<std::string> entries;
  for_each_acl_entry(text, [&](std::string_view entry) {
    entries.push_back(unescape_acl_entry(entry));
    return true;
  });
  return entries;
}

bool acl_text_contains(std::string_view text, std::string_view escaped_entry) {
  for (std::size_t at = text.find(escaped_entry); at != std::string_view::npos; at = text.find(escaped_entry, at + 1)) {
    const std::size_t end = at + escaped_entry.size();
    if (at > 0 && text[at - 1] == '|' && end < text.size() && text[end] == '|') return true;
  }
  return false;
}

bool acl_text_intersects(std::string_view text, std::string_view principals) {
  bool found = false;
  for_each_acl_entry(principals, [&](std::string_view entry) {
    found = acl_text_contains(text, entry);
    return !found;
  });
  return found;
}

}  // namespace parse::storage::sqlite
