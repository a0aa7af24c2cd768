#include "auth/providers/ldap_session.h"

#include <fcntl.h>
#include <ldap.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"

namespace parse::auth {
namespace {

constexpr int kMaxEntries = 1000;

std::string hex_escape(char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  return {'\\', kDigits[byte >> 4], kDigits[byte & 15]};
}

/// A text that the library wants to read from a file, in memory.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view text) : descriptor_(::memfd_create("ca", MFD_CLOEXEC)) {
    if (descriptor_ < 0 || ::write(descriptor_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
      throw Error(ErrorCode::kInternal, "Internal server error.", "no file in memory");
    }
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

void set_option(LDAP* handle, int option, const void* value) {
  const int code = ldap_set_option(handle, option, value);
  if (code != LDAP_OPT_SUCCESS) throw Error(ErrorCode::kInternal, "Internal server error.", ldap_err2string(code));
}

void set_tls(LDAP* handle, const std::string& authorities) {
  const int demand = LDAP_OPT_X_TLS_HARD;
  set_option(handle, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
  const int client = 0;
  if (authorities.empty()) {
    set_option(handle, LDAP_OPT_X_TLS_CACERTFILE, "/etc/ssl/certs/ca-certificates.crt");
    set_option(handle, LDAP_OPT_X_TLS_NEWCTX, &client);
  } else if (authorities.find("-----BEGIN") != std::string::npos) {
    const MemoryFile file(authorities);
    set_option(handle, LDAP_OPT_X_TLS_CACERTFILE, file.path().c_str());
    set_option(handle, LDAP_OPT_X_TLS_NEWCTX, &client);
  } else {
    set_option(handle, LDAP_OPT_X_TLS_CACERTFILE, authorities.c_str());
    set_option(handle, LDAP_OPT_X_TLS_NEWCTX, &client);
  }
}

LdapResult result_of(LDAP* handle, int code) {
  char* details = nullptr;
  ldap_get_option(handle, LDAP_OPT_DIAGNOSTIC_MESSAGE, &details);
  LdapResult result{.code = code, .text = ldap_err2string(code)};
  if (details != nullptr && *details != '\0') result.text.append(": ").append(details);
  ldap_memfree(details);
  return result;
}

}  // namespace

std::string escape_ldap_dn(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool at_edge = i == 0 || i + 1 == value.size();
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += hex_escape(c);
    } else if (std::string_view("\\,=+<>#;\"").find(c) != std::string_view::npos || (c == ' ' && at_edge)) {
      out.append("\\").push_back(c);
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string escape_ldap_filter(std::string_view value) {
  std::string out;
  for (const char c : value) {
    const bool special = std::string_view("\\*()").find(c) != std::string_view::npos;
    if (special || static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += hex_escape(c);
    } else {
      out.push_back(c);
    }
  }
  return out;
}

void LdapSession::Close::operator()(ldap* handle) const { ldap_unbind_ext_s(handle, nullptr, nullptr); }

LdapSession::LdapSession(const LdapServer& server) {
  LDAP* handle = nullptr;
  const int code = ldap_initialize(&handle, server.url.c_str());
  if (code != LDAP_SUCCESS) throw Error(ErrorCode::kInternal, "Internal server error.", ldap_err2string(code));
  handle_.reset(handle);
  const int version = LDAP_VERSION3;
  set_option(handle, LDAP_OPT_PROTOCOL_VERSION, &version);
  set_option(handle, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
  timeval limit{};
  limit.tv_sec = server.timeout.count() / 1000;
  limit.tv_usec = server.timeout.count() % 1000 * 1000;
  set_option(handle, LDAP_OPT_NETWORK_TIMEOUT, &limit);
  set_option(handle, LDAP_OPT_TIMEOUT, &limit);
  if (server.url.starts_with("ldaps://")) set_tls(handle, server.authorities);
}

LdapResult LdapSession::bind(const std::string& dn, const std::string& password) {
  berval secret{password.size(), const_cast<char*>(password.data())};
  const int code = ldap_sasl_bind_s(handle_.get(), dn.c_str(), LDAP_SASL_SIMPLE, &secret, nullptr, nullptr, nullptr);
  return result_of(handle_.get(), code);
}

LdapResult LdapSession::search(const Search& search, std::vector<std::string>& values) {
  std::string attribute = search.attribute;
  char* attributes[] = {attribute.data(), nullptr};
  LDAPMessage* message = nullptr;
  const int code = ldap_search_ext_s(handle_.get(), search.base.c_str(), LDAP_SCOPE_SUBTREE, search.filter.c_str(),
                                     attributes, 0, nullptr, nullptr, nullptr, kMaxEntries, &message);
  const std::unique_ptr<LDAPMessage, decltype(&ldap_msgfree)> owned(message, ldap_msgfree);
  if (code != LDAP_SUCCESS) return result_of(handle_.get(), code);
  for (LDAPMessage* entry = ldap_first_entry(handle_.get(), message); entry != nullptr;
       entry = ldap_next_entry(handle_.get(), entry)) {
    berval** const found = ldap_get_values_len(handle_.get(), entry, attribute.c_str());
    for (berval** value = found; value != nullptr && *value != nullptr; ++value) {
      values.emplace_back((*value)->bv_val, (*value)->bv_len);
    }
    ldap_value_free_len(found);
  }
  return {};
}

}  // namespace parse::auth
