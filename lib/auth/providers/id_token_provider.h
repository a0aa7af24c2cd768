#pragma once

#include <string>
#include <vector>

#include "auth/provider.h"
#include "auth/providers/factories.h"
#include "auth/providers/id_token.h"

namespace parse::auth {

struct IdTokenSettings {
  /// The member of authData that holds the token.
  std::string token_field;
  KeySetSettings keys;
  TokenRules rules;
  std::vector<std::string> issuers;
  /// What the text about a wrong issuer calls it.
  std::string issuer_kind = "provider";
};

/// Checks the identity token (OpenID Connect) in authData: signature, time, audience, issuer, and that its subject is
/// `authData.id`. Any thread.
class IdTokenCheck {
 public:
  IdTokenCheck(IdTokenSettings settings, const ProviderServices& services);

  /// The token's claims. Throws kObjectNotFound (101); see verify_token.
  object::Object check(const object::Object& auth_data);

 private:
  const IdTokenSettings settings_;
  const ProviderServices services_;
  KeySet keys_;
};

/// A provider that does nothing else.
class IdTokenProvider final : public Provider {
 public:
  IdTokenProvider(IdTokenSettings settings, const ProviderServices& services) : check_(std::move(settings), services) {}

  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    check_.check(auth_data);
    return {};
  }

 private:
  IdTokenCheck check_;
};

/// Reads `cacheMaxAge`, milliseconds, into settings for the keys at `url`.
KeySetSettings read_key_set(SettingReader& setting, std::string url);

}  // namespace parse::auth
