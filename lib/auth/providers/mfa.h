#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "auth/provider.h"
#include "auth/providers/services.h"
#include "crypto/totp.h"

namespace parse::auth {

struct MfaSettings {
  bool totp = false;
  /// Sends `token` to `mobile`, a telephone number; empty: no SMS. It may throw Error.
  std::function<void(const std::string& token, const std::string& mobile)> send_sms = {};
  crypto::TotpSettings passwords = {};
};

/// A second factor beside any other way to log in: one-time passwords by app (TOTP), with two recovery codes, or by
/// SMS.
///
/// Set up: `{"secret" (base32), "token"}` answers `{"recovery": "code, code"}`; `{"mobile"}` sends an SMS. Log in:
/// `{"token"}`, a password or a recovery code, which then is used up; `{"token": "request"}` sends an SMS. Change:
/// `{"old", "secret", "token"}`; `{"mobile", "token"}` confirms a number. Errors: kScriptFailed (141), as what the
/// reference throws as text. Source: parse-server mfa.js.
class MfaProvider final : public Provider {
 public:
  MfaProvider(MfaSettings settings, const ProviderServices& services);

  ProviderPolicy policy(const object::Object* stored) const override;
  bool identifies_users() const override { return false; }
  ProviderResult validate(AuthPhase phase, const object::Object& auth_data, const ProviderRequest& request) override;
  object::Object after_find(object::Object stored, bool is_master) const override;

 private:
  ProviderResult set_up(const object::Object& auth_data);
  ProviderResult set_up_totp(const object::Object& auth_data);
  ProviderResult set_up_sms(const std::string& mobile);
  ProviderResult log_in(const object::Object& auth_data, const object::Object& stored);
  ProviderResult log_in_by_sms(const std::string& token, const object::Object& stored);
  ProviderResult log_in_by_totp(const std::string& token, const object::Object& stored);
  ProviderResult update(const object::Object& auth_data, const object::Object& stored);
  ProviderResult confirm_mobile(const object::Object& auth_data, const object::Object& stored);
  /// A new token, sent to `mobile`, as `{"token", "expiry"}`.
  object::Object send_token(const std::string& mobile);
  bool is_current_password(const std::string& secret, const std::string& token) const;

  const MfaSettings settings_;
  const ProviderServices services_;
};

}  // namespace parse::auth
