#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ldap;

namespace parse::auth {

/// `value` as part of a distinguished name (RFC 4514).
std::string escape_ldap_dn(std::string_view value);
/// `value` as part of a filter (RFC 4515).
std::string escape_ldap_filter(std::string_view value);

struct LdapServer {
  /// `ldap://host:port` or `ldaps://host:port`.
  std::string url;
  /// PEM of the authorities that are trusted, or the path of a file with them; empty: the system's.
  std::string authorities = {};
  std::chrono::milliseconds timeout = std::chrono::seconds(10);
};

/// What an operation came to; `code` is one of LDAP's result codes (RFC 4511), negative when there was no answer.
struct LdapResult {
  int code = 0;
  std::string text;

  bool ok() const { return code == 0; }
  bool wrong_credentials() const { return code == 49; }
};

/// One connection to a directory. It follows no referrals and reads no configuration of the system or its user. It
/// blocks, each operation up to the timeout.
class LdapSession {
 public:
  /// Does not connect yet. Throws Error kInternal when the library refuses the settings.
  explicit LdapSession(const LdapServer& server);

  /// An empty password is an anonymous login, which succeeds for any name: the caller must not let it through.
  LdapResult bind(const std::string& dn, const std::string& password);

  struct Search {
    std::string base;
    std::string filter;
    std::string attribute;
  };
  /// Appends the values of `attribute` of all entries below `base` that match.
  LdapResult search(const Search& search, std::vector<std::string>& values);

 private:
  struct Close {
    void operator()(ldap* handle) const;
  };
  std::unique_ptr<ldap, Close> handle_;
};

}  // namespace parse::auth
