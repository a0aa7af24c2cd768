#include "config/read_value.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/ascii.h"
#include "base/error.h"
#include "logging/logger.h"

namespace parse::config {
namespace {

[[noreturn]] void refuse(std::string reason) { throw Error(ErrorCode::kInvalidValue, std::move(reason)); }

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// The prefix length a block of that address family may have at most; zero when the text is no address.
int address_bits(const std::string& address) {
  unsigned char buffer[16];
  if (inet_pton(AF_INET, address.c_str(), buffer) == 1) return 32;
  if (inet_pton(AF_INET6, address.c_str(), buffer) == 1) return 128;
  return 0;
}

const std::string& text_of(const object::Value& value) { return value.as<std::string>(); }

bool is_mongo(std::string_view scheme) { return scheme == "mongodb" || scheme == "mongodb+srv"; }
bool is_postgres(std::string_view scheme) { return scheme == "postgres" || scheme == "postgresql"; }

DeniedKeyword denied_keyword(const object::Value& entry) {
  const auto* object = entry.get_if<object::Object>();
  const auto* key = object != nullptr ? object->find("key") : nullptr;
  const auto* value = object != nullptr ? object->find("value") : nullptr;
  if (key == nullptr && value == nullptr) refuse("must contain objects with 'key', 'value' or both");
  if (key != nullptr && !key->is<std::string>()) refuse("contains a 'key' that is not a text");
  if (value != nullptr && (value->is<object::Array>() || value->is<object::Object>() || value->is_null()))
    refuse("contains a 'value' that is not a boolean, number or text");
  DeniedKeyword denied;
  if (key != nullptr) denied.key = text_of(*key);
  if (value != nullptr) denied.value = *value;
  return denied;
}

}  // namespace

std::vector<std::string> split_commas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto part = trim(text.substr(0, comma));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

bool is_ip_or_block(std::string_view text) {
  const auto slash = text.find('/');
  const int bits = address_bits(std::string(text.substr(0, slash)));
  if (slash == std::string_view::npos || bits == 0) return bits != 0;
  const auto digits = text.substr(slash + 1);
  int prefix = -1;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  return result.ec == std::errc() && result.ptr == digits.data() + digits.size() && prefix >= 0 && prefix <= bits;
}

std::optional<std::int64_t> parse_size(std::string_view text) {
  text = trim(text);
  double amount = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (result.ec != std::errc() || amount < 0) return std::nullopt;
  const std::string unit = ascii_lower(trim(text.substr(static_cast<std::size_t>(result.ptr - text.data()))));
  constexpr std::pair<std::string_view, int> kUnits[] = {{"", 0},    {"b", 0},   {"kb", 10},
                                                         {"mb", 20}, {"gb", 30}, {"tb", 40}};
  for (const auto& [name, shift] : kUnits) {
    const double bytes = std::floor(std::ldexp(amount, shift));
    if (unit == name && bytes < 9.0e15) return static_cast<std::int64_t>(bytes);
  }
  return std::nullopt;
}

std::vector<std::string> text_list(const object::Value& value) {
  std::vector<std::string> texts;
  for (const auto& entry : value.as<object::Array>()) {
    if (!entry.is<std::string>()) refuse("must only contain texts");
    texts.push_back(text_of(entry));
  }
  return texts;
}

std::vector<std::string> header_list(const object::Value& value) {
  auto texts = text_list(value);
  for (const auto& text : texts)
    if (trim(text).empty()) refuse("must not contain empty texts");
  return texts;
}

std::vector<std::string> ip_list(const object::Value& value) {
  auto texts = text_list(value);
  for (const auto& text : texts)
    if (!is_ip_or_block(text)) refuse(fmt::format("contains an invalid IP address '{}'", text));
  return texts;
}

std::size_t chosen(const object::Value& value, std::initializer_list<std::string_view> choices) {
  const std::string& text = text_of(value);
  const auto found = std::find(choices.begin(), choices.end(), text);
  if (found == choices.end()) refuse(fmt::format("must be one of {}; not '{}'", fmt::join(choices, ", "), text));
  return static_cast<std::size_t>(found - choices.begin());
}

TrustProxy trust_proxy(const object::Value& value) {
  TrustProxy trust;
  if (const auto* all = value.get_if<bool>()) {
    trust.all = *all;
  } else if (const auto* hops = value.get_if<std::int64_t>()) {
    if (*hops < 0 || *hops > 100) refuse("must be a number of hops between 0 and 100");
    trust.hops = static_cast<std::size_t>(*hops);
  } else if (const auto* text = value.get_if<std::string>()) {
    trust.addresses = split_commas(*text);
  } else if (value.is<object::Array>()) {
    trust.addresses = text_list(value);
  } else {
    refuse("must be a boolean, a number of hops, or addresses");
  }
  for (const auto& address : trust.addresses) {
    const bool named = address == "loopback" || address == "linklocal" || address == "uniquelocal";
    if (!named && !is_ip_or_block(address)) refuse(fmt::format("contains an invalid IP address '{}'", address));
  }
  return trust;
}

std::string http_url(const object::Value& value) {
  std::string url = text_of(value);
  const std::size_t host = url.starts_with("http://") ? 7 : url.starts_with("https://") ? 8 : 0;
  if (host == 0) refuse("must be a URL starting with http:// or https://");
  if (url.size() == host || url[host] == '/' || url.find_first_of(" \t\r\n\"<>") != std::string::npos)
    refuse(fmt::format("has invalid value '{}', a URL with a host is needed", url));
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::string mount_path(const object::Value& value) {
  std::string path = text_of(value);
  if (!path.starts_with('/')) refuse(fmt::format("has invalid value '{}', it must begin with a slash", path));
  if (path.find_first_of(" \t\r\n?#\"<>\\") != std::string::npos)
    refuse(fmt::format("has invalid value '{}', it must be a plain URL path", path));
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

std::string database_uri(const object::Value& value) {
  const std::string& uri = text_of(value);
  if (uri.empty()) refuse("must not be empty");
  const auto colon = uri.find("://");
  if (uri.starts_with("sqlite:")) {
    const std::string path = uri.substr(uri.starts_with("sqlite://") ? 9 : 7);
    if (path.empty()) refuse("names no file; use sqlite:<path> or sqlite::memory:");
    return "sqlite:" + path;
  }
  if (colon == std::string::npos) return "sqlite:" + uri;
  const std::string scheme = uri.substr(0, colon);
  if (is_postgres(scheme)) return uri;
  if (is_mongo(scheme)) refuse("needs MongoDB, which this version does not have yet");
  refuse(fmt::format("has unknown scheme '{}'; use sqlite:<path> or postgres://<host>/<database>", scheme));
}

std::vector<std::string> replica_uris(const object::Value& value) {
  std::vector<std::string> uris = text_list(value);
  for (const std::string& uri : uris) {
    if (!is_postgres(uri.substr(0, std::min(uri.find("://"), uri.size()))))
      refuse("must only contain URIs of the form postgres://<host>/<database>");
  }
  return uris;
}

std::int64_t limit_or_none(const object::Value& value) {
  const auto limit = value.as<std::int64_t>();
  if (limit < 1 && limit != -1) refuse("must be a positive integer or -1 to disable");
  return limit;
}

std::vector<DeniedKeyword> denied_keywords(const object::Value& value) {
  std::vector<DeniedKeyword> keywords;
  for (const auto& entry : value.as<object::Array>()) keywords.push_back(denied_keyword(entry));
  return keywords;
}

object::Array schema_definitions(const object::Value& value) {
  for (const auto& entry : value.as<object::Array>()) {
    const auto* object = entry.get_if<object::Object>();
    const auto* name = object != nullptr ? object->find("className") : nullptr;
    if (name == nullptr || !name->is<std::string>()) refuse("must contain objects, each with a 'className'");
  }
  return value.as<object::Array>();
}

std::string log_level(const object::Value& value) {
  const std::string& level = text_of(value);
  if (!logging::parse_level(level))
    refuse(fmt::format("must be one of error, warn, info, debug, verbose, silly, silent; not '{}'", level));
  return level;
}

std::string logs_folder(const object::Value& value) {
  return text_of(value) == "null" ? std::string() : text_of(value);
}

LogRetention log_retention(const object::Value& value) {
  std::string text;
  if (const auto* count = value.get_if<std::int64_t>())
    text = fmt::to_string(*count);
  else
    text = text_of(value);
  const bool days = text.ends_with('d');
  int amount = 0;
  const char* end = text.data() + text.size() - (days ? 1 : 0);
  const auto result = std::from_chars(text.data(), end, amount);
  if (result.ec != std::errc() || result.ptr != end || amount < 1 || amount > 100000)
    refuse(fmt::format("has invalid value '{}', a count such as 20 or an age such as 14d is needed", text));
  if (days) return {.files = 0, .age = std::chrono::days(amount)};
  return {.files = static_cast<std::size_t>(amount), .age = std::chrono::days(0)};
}

}  // namespace parse::config
