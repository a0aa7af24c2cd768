#pragma once

#include <memory>
#include <string>

#include "auth/provider.h"
#include "auth/providers/services.h"
#include "auth/providers/setting_reader.h"

/// Makes each provider from its options, `auth.<name>`. What is wrong with the options is told to the reader; the
/// result is then not to be used and may be nullptr. One file for each provider; docs/login.md tells their options and
/// authData.
namespace parse::auth {

struct ProviderSetup {
  /// `authData`'s key.
  std::string name;
  SettingReader& setting;
  const ProviderServices& services;
  /// Option `enableInsecureAuthAdapters`.
  bool enable_insecure = false;

  /// The provider's `enableInsecureAuth`: clients may bring tokens that nobody can tell were made for this app. It
  /// works only where the whole server allows it; else a problem is told.
  bool insecure() const;
};

using ProviderPointer = std::unique_ptr<Provider>;

ProviderPointer make_anonymous(const ProviderSetup& setup);
ProviderPointer make_apple(const ProviderSetup& setup);
ProviderPointer make_facebook(const ProviderSetup& setup);
ProviderPointer make_gcenter(const ProviderSetup& setup);
ProviderPointer make_github(const ProviderSetup& setup);
ProviderPointer make_google(const ProviderSetup& setup);
ProviderPointer make_gpgames(const ProviderSetup& setup);
ProviderPointer make_http(const ProviderSetup& setup);
ProviderPointer make_instagram(const ProviderSetup& setup);
ProviderPointer make_janraincapture(const ProviderSetup& setup);
ProviderPointer make_janrainengage(const ProviderSetup& setup);
ProviderPointer make_keycloak(const ProviderSetup& setup);
ProviderPointer make_ldap(const ProviderSetup& setup);
ProviderPointer make_line(const ProviderSetup& setup);
ProviderPointer make_linkedin(const ProviderSetup& setup);
ProviderPointer make_meetup(const ProviderSetup& setup);
ProviderPointer make_mfa(const ProviderSetup& setup);
ProviderPointer make_microsoft(const ProviderSetup& setup);
ProviderPointer make_module(const ProviderSetup& setup);
ProviderPointer make_oauth2(const ProviderSetup& setup);
ProviderPointer make_oidc(const ProviderSetup& setup);
ProviderPointer make_phantauth(const ProviderSetup& setup);
ProviderPointer make_qq(const ProviderSetup& setup);
ProviderPointer make_spotify(const ProviderSetup& setup);
ProviderPointer make_twitter(const ProviderSetup& setup);
ProviderPointer make_vkontakte(const ProviderSetup& setup);
ProviderPointer make_wechat(const ProviderSetup& setup);
ProviderPointer make_weibo(const ProviderSetup& setup);

}  // namespace parse::auth
