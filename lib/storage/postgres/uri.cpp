#include "storage/postgres/uri.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "base/error.h"

namespace parse::storage::postgres {
namespace {

using Parameter = std::pair<std::string, std::string>;

/// Where Debian keeps the authorities that `ssl=true` trusts, as Node does.
constexpr const char* kSystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

[[noreturn]] void throw_bad(std::string_view name, std::string_view why) {
  throw Error(ErrorCode::kInternal, fmt::format("The database URI's parameter {} {}.", name, why));
}

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
    out += low ? static_cast<char>(*high * 16 + *low) : text[i];
    if (low) i += 2;
  }
  return out;
}

bool is_true(std::string_view text) {
  return text.size() == 4 && std::ranges::equal(text, std::string_view("true"),
                                                [](char left, char right) { return (left | 0x20) == right; });
}

std::int64_t read_count(const Parameter& parameter, std::int64_t least) {
  const std::string& text = parameter.second;
  std::int64_t count = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (failure != std::errc() || end != text.data() + text.size() || count < least)
    throw_bad(parameter.first, fmt::format("must be a whole number from {}", least));
  return count;
}

/// What the TLS parameters of the Node server ask for, which its driver takes together.
struct NodeTls {
  bool is_on = false;
  bool verifies = true;
  std::string authorities;
};

/// Reads the parameters one by one; what libpq knows itself is left to it.
class UriReader {
 public:
  UriReader(PoolSettings& settings, std::chrono::milliseconds& statement_limit)
      : settings_(settings), statement_limit_(statement_limit) {}

  /// False when the parameter is not one of the Node server's.
  bool take(const Parameter& parameter) { return take_tls(parameter) || take_pool(parameter); }

  void finish() {
    if (!tls_.is_on) return;
    set("sslmode", tls_.verifies ? "verify-full" : "require");
    if (tls_.authorities.empty() && std::filesystem::exists(kSystemAuthorities)) tls_.authorities = kSystemAuthorities;
    if (tls_.verifies) set("sslrootcert", tls_.authorities);
  }

  void set(std::string name, std::string value) {
    settings_.connection.parameters.emplace_back(std::move(name), std::move(value));
  }

 private:
  bool take_tls(const Parameter& parameter) {
    const auto& [name, value] = parameter;
    if (name == "ssl") {
      tls_.is_on = tls_.is_on || is_true(value);
      return true;
    }
    if (name == "rejectUnauthorized") {
      tls_.verifies = is_true(value);
    } else if (name == "ca") {
      tls_.authorities = value;
    } else if (name == "cert" || name == "key" || name == "passphrase") {
      set(name == "cert" ? "sslcert" : name == "key" ? "sslkey" : "sslpassword", value);
    } else if (name == "pfx") {
      throw_bad(name,
                "cannot be followed: write the certificate and its key to PEM files (openssl pkcs12 -nodes) and "
                "give them as cert and key");
    } else if (name == "secureOptions") {
      throw_bad(name, "cannot be followed: use ssl_min_protocol_version and ssl_max_protocol_version");
    } else {
      return false;
    }
    tls_.is_on = true;
    return true;
  }

  bool take_pool(const Parameter& parameter) {
    const auto& [name, value] = parameter;
    if (name == "poolSize" || name == "max") {
      settings_.max_connections = static_cast<std::size_t>(read_count(parameter, 1));
    } else if (name == "idleTimeoutMillis") {
      settings_.idle_limit = std::chrono::milliseconds(read_count(parameter, 0));
    } else if (name == "query_timeout") {
      statement_limit_ = std::chrono::milliseconds(read_count(parameter, 0));
    } else if (name == "keepAlive") {
      set("keepalives", is_true(value) ? "1" : "0");
    } else if (name == "client_encoding") {
      if (value != "UTF8" && value != "utf8" && value != "UTF-8" && value != "utf-8")
        throw_bad(name, "must be UTF8, which is what Parse speaks");
    } else {
      return name == "binary";
    }
    return true;
  }

  PoolSettings& settings_;
  std::chrono::milliseconds& statement_limit_;
  NodeTls tls_;
};

/// libpq's parameters of a URI that holds no others.
std::vector<Parameter> parse_by_libpq(const std::string& uri) {
  char* failure = nullptr;
  PQconninfoOption* options = PQconninfoParse(uri.c_str(), &failure);
  if (options == nullptr) {
    std::string text = failure ? failure : "out of memory";
    PQfreemem(failure);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    // libpq shows the URI, which may hold a password.
    if (text.find("://") != std::string::npos) text = text.substr(0, text.find(':'));
    throw Error(ErrorCode::kInternal, fmt::format("The database URI cannot be read: {}.", text));
  }
  std::vector<Parameter> parameters;
  for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    if (option->val != nullptr) parameters.emplace_back(option->keyword, option->val);
  }
  PQconninfoFree(options);
  return parameters;
}

}  // namespace

bool is_postgres_uri(std::string_view uri) {
  return uri.starts_with("postgres://") || uri.starts_with("postgresql://");
}

void read_uri(const std::string& uri, PoolSettings& settings, std::chrono::milliseconds& statement_limit) {
  const std::size_t question = uri.find('?');
  std::string plain = uri.substr(0, question);
  UriReader reader(settings, statement_limit);
  std::string_view rest =
      question == std::string::npos ? std::string_view() : std::string_view(uri).substr(question + 1);
  char separator = '?';
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    const std::size_t equals = part.find('=');
    const std::string_view value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
    if (part.empty() || reader.take({percent_decoded(part.substr(0, equals)), percent_decoded(value)})) continue;
    plain += separator;
    plain += part;
    separator = '&';
  }
  for (Parameter& parameter : parse_by_libpq(plain))
    reader.set(std::move(parameter.first), std::move(parameter.second));
  reader.finish();
}

}  // namespace parse::storage::postgres
