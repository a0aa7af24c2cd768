#include <fmt/format.h>

#include <algorithm>

#include "auth/providers/factories.h"
#include "auth/providers/fields.h"
#include "auth/providers/ldap_session.h"
#include "base/worker_pool.h"

namespace parse::auth {
namespace {

constexpr std::string_view kPlaceholder = "{{id}}";

struct LdapSettings {
  LdapServer server;
  std::string suffix;
  /// With `{{id}}`; empty: `uid=<id>,<suffix>`.
  std::string dn;
  /// Both or none: the group that users must be in, and how it is found, with `{{id}}`.
  std::string group_cn;
  std::string group_filter;
};

std::string fill(std::string pattern, const std::string& id) {
  for (std::size_t at = pattern.find(kPlaceholder); at != std::string::npos; at = pattern.find(kPlaceholder, at)) {
    pattern.replace(at, kPlaceholder.size(), id);
    at += id.size();
  }
  return pattern;
}

/// authData: `{"id", "password"}`, checked by logging in to the directory; the password is never stored. Errors:
/// kObjectNotFound (101) "LDAP: Wrong username or password"; kInternal (1) when the user is not in the group. Source:
/// parse-server ldap.js.
class LdapProvider final : public Provider {
 public:
  explicit LdapProvider(LdapSettings settings) : settings_(std::move(settings)) {}

  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    const char* const refusal = "LDAP: Wrong username or password";
    const std::string id = require_text(auth_data, "id", refusal);
    // A directory takes an empty password for an anonymous login and says yes to any name.
    const std::string password = require_text(auth_data, "password", refusal);
    const BlockingSection waiting;
    LdapSession session(settings_.server);
    const LdapResult result = session.bind(dn_of(id), password);
    if (result.wrong_credentials()) throw refused(refusal);
    if (!result.ok()) {
      throw Error(ErrorCode::kObjectNotFound, fmt::format("LDAP: Something went wrong ({})", result.code), result.text);
    }
    if (!settings_.group_cn.empty()) check_group(session, id);
    object::Object kept = auth_data;
    kept.erase("password");
    return {.save = std::move(kept)};
  }

 private:
  std::string dn_of(const std::string& id) const {
    const std::string escaped = escape_ldap_dn(id);
    return settings_.dn.empty() ? "uid=" + escaped + "," + settings_.suffix : fill(settings_.dn, escaped);
  }

  void check_group(LdapSession& session, const std::string& id) const {
    std::vector<std::string> names;
    const LdapResult result = session.search(
        {.base = settings_.suffix, .filter = fill(settings_.group_filter, escape_ldap_filter(id)), .attribute = "cn"},
        names);
    if (!result.ok()) throw Error(ErrorCode::kInternal, "LDAP group search failed", result.text);
    if (std::find(names.begin(), names.end(), settings_.group_cn) == names.end()) {
      throw Error(ErrorCode::kInternal, "LDAP: User not in group");
    }
  }

  const LdapSettings settings_;
};

/// `tlsOptions: {"ca": …}`, with ldaps only.
std::string read_authorities(SettingReader& setting, bool is_tls) {
  const object::Value* options = setting.value("tlsOptions");
  if (options == nullptr) return {};
  const auto* given = options->get_if<object::Object>();
  const std::string authorities = given == nullptr ? "" : text_at(*given, "ca");
  if (!is_tls || given == nullptr || given->size() != 1 || authorities.empty()) {
    setting.add_problem("takes {\"ca\": PEM text or file} as tlsOptions, with an ldaps URL; nothing else");
  }
  return authorities;
}

}  // namespace

ProviderPointer make_ldap(const ProviderSetup& setup) {
  SettingReader& setting = setup.setting;
  LdapSettings settings{.server = {.url = setting.text("url")},
                        .suffix = setting.text("suffix"),
                        .dn = setting.optional_text("dn").value_or(""),
                        .group_cn = setting.optional_text("groupCn").value_or(""),
                        .group_filter = setting.optional_text("groupFilter").value_or("")};
  const bool is_tls = settings.server.url.starts_with("ldaps://");
  if (!settings.server.url.empty() && !is_tls && !settings.server.url.starts_with("ldap://")) {
    setting.add_problem("takes an ldap or ldaps URL as url");
  }
  if (!settings.dn.empty() && settings.dn.find(kPlaceholder) == std::string::npos) {
    setting.add_problem("needs {{id}} in dn: everybody would be the same user");
  }
  if (settings.group_cn.empty() != settings.group_filter.empty()) {
    setting.add_problem("takes groupCn and groupFilter only together");
  }
  settings.server.authorities = read_authorities(setting, is_tls);
  return std::make_unique<LdapProvider>(std::move(settings));
}

}  // namespace parse::auth
