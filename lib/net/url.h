#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parse::net {

/// An absolute `http` or `https` URL, in parts.
struct Url {
  bool secure = false;
  /// Without the brackets of an IPv6 address.
  std::string host;
  std::uint16_t port = 0;
  /// Path and query, percent-encoded as given; at least "/". The fragment is dropped.
  std::string target;

  /// What the Host field says: the port only when it is not the usual one.
  std::string authority() const;
};

/// Nothing for other schemes, relative URLs, user names in the URL, and characters that no URL holds.
std::optional<Url> parse_url(std::string_view text);

/// Percent-encodes everything but letters, digits and `-_.~`.
std::string percent_encode(std::string_view text);

/// `name=value&…`, percent-encoded: a query, or a body of application/x-www-form-urlencoded.
std::string form_encode(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace parse::net
