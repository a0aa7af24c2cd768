#include "http/query_string.h"

#include <algorithm>

namespace parse::http {
namespace {

constexpr std::size_t kMaxPairs = 1000;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte that `%XX` at `at` stands for, or -1.
int decode_at(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return -1;
  const int high = hex_digit(text[at + 1]);
  const int low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string decode_form_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = text[i] == '%' ? decode_at(text, i) : -1;
    if (byte >= 0) {
      out.push_back(static_cast<char>(byte));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
  if (text.find('%') == std::string_view::npos) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    const int byte = decode_at(text, i);
    if (byte < 0) return std::nullopt;
    out.push_back(static_cast<char>(byte));
    i += 2;
  }
  return out;
}

QueryPairs parse_query_string(std::string_view query) {
  QueryPairs pairs;
  while (!query.empty() && pairs.size() < kMaxPairs) {
    const std::size_t end = query.find('&');
    const std::string_view part = query.substr(0, end);
    const std::size_t equals = part.find('=');
    if (!part.empty() && equals != 0) {
      const std::string_view value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
      pairs.emplace_back(decode_form_text(part.substr(0, equals)), decode_form_text(value));
    }
    if (end == std::string_view::npos) break;
    query.remove_prefix(end + 1);
  }
  return pairs;
}

std::vector<std::string_view> split_query_key(std::string_view key) {
  const std::size_t first = key.find('[');
  if (first == std::string_view::npos || first == 0) return {key};
  std::vector<std::string_view> parts{key.substr(0, first)};
  for (std::size_t at = first; at < key.size();) {
    const std::size_t close = key.find(']', at);
    if (key[at] != '[' || close == std::string_view::npos) return {key};
    parts.push_back(key.substr(at + 1, close - at - 1));
    at = close + 1;
  }
  return parts;
}

const std::string* find_query_value(const QueryPairs& pairs, std::string_view key) {
  const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.first == key; });
  return found == pairs.end() ? nullptr : &found->second;
}

}  // namespace parse::http
