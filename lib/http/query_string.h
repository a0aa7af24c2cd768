#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parse::http {

/// Decodes %XX; nullopt when a percent sign is not followed by two hexadecimal digits. The result may be any bytes.
std::optional<std::string> percent_decode(std::string_view text);

/// Decoded key and value pairs, in the order sent.
using QueryPairs = std::vector<std::pair<std::string, std::string>>;

/// Splits `a=1&b[c]=x%20y` into pairs; "+" means a space, a broken percent sequence stays as it is, a key without "="
/// has an empty value, pairs without a key are dropped. Brackets stay part of the key; see `split_query_key`.
/// At most 1,000 pairs are read. Source: npm qs, which Express uses for `req.query`.
QueryPairs parse_query_string(std::string_view query);

/// Splits the bracket notation of a decoded key: "where[a][]" into {"where", "a", ""}; a key without brackets, or with
/// unbalanced ones, is one part.
std::vector<std::string_view> split_query_key(std::string_view key);

/// The first value of `key`, or nullptr.
const std::string* find_query_value(const QueryPairs& pairs, std::string_view key);

}  // namespace parse::http
