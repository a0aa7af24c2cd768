#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/options.h"
#include "object/value.h"

/// Readers that option rows use to store a value. The value already has the option's type; what is checked here is what
/// only that option demands. Each throws kInvalidValue (162) with the reason, to be put behind the option's name.
namespace parse::config {

/// A JSON array of texts.
std::vector<std::string> text_list(const object::Value& value);
/// Texts of which none is blank.
std::vector<std::string> header_list(const object::Value& value);
/// IPv4 or IPv6 addresses, each with an optional prefix length: "10.0.0.0/8". Source: parse-server Config.validateIps.
std::vector<std::string> ip_list(const object::Value& value);
/// The position of the text among `choices`.
std::size_t chosen(const object::Value& value, std::initializer_list<std::string_view> choices);
/// Boolean, number of hops, one address, a comma list or an array of addresses. Source: Express "trust proxy".
TrustProxy trust_proxy(const object::Value& value);
/// Begins with http:// or https:// and names a host; a trailing slash is dropped.
std::string http_url(const object::Value& value);
/// Begins with a slash; a trailing slash is dropped.
std::string mount_path(const object::Value& value);
/// A `sqlite:` URI or a plain path; another database that is not supported yet is refused by its name.
std::string database_uri(const object::Value& value);
/// Each the URI of a PostgreSQL database; kept as they are.
std::vector<std::string> replica_uris(const object::Value& value);
/// A positive number, or -1 for "no limit". Source: parse-server Config.validateRequestComplexity.
std::int64_t limit_or_none(const object::Value& value);
/// `[{"key":…,"value":…}]`; each entry has a key, a value or both.
std::vector<DeniedKeyword> denied_keywords(const object::Value& value);
/// `[{"className":…,…}]`; only className is checked here.
object::Array schema_definitions(const object::Value& value);
/// One of the level names of logging/logger.h.
std::string log_level(const object::Value& value);
/// "null" means none.
std::string logs_folder(const object::Value& value);

/// How many log files to keep: a count, or an age.
struct LogRetention {
  std::size_t files = 0;
  std::chrono::days age{0};
};
/// `20`, "20" or "14d". Source: winston-daily-rotate-file, maxFiles.
LogRetention log_retention(const object::Value& value);

/// True for an IPv4 or IPv6 address with an optional prefix length.
bool is_ip_or_block(std::string_view text);
/// Bytes of "20mb", "512kb", "1gb", "1.5mb", "1000"; nullopt when it is none of these. Source: npm "bytes".
std::optional<std::int64_t> parse_size(std::string_view text);
/// The parts between commas, without the blanks around them; empty parts are dropped.
std::vector<std::string> split_commas(std::string_view text);

}  // namespace parse::config
