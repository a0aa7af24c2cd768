#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "object/value.h"

/// Ways to log in with an account of somebody else: one file for each provider, all behind this contract.
namespace parse::auth {

/// Who must also be asked when a user logs in. Source: REST spec, "Third-party login"; parse-server Auth adapters.
enum class ProviderPolicy {
  /// One of several ways to log in.
  kDefault,
  /// The only one needed, whatever others the user has.
  kSolo,
  /// Asked for on top of every other way, once the user has set it up (MFA).
  kAdditional,
};

/// Why authData is checked: it is new for the user, it proves who logs in, or it replaces what the user has.
enum class AuthPhase { kSetUp, kLogin, kUpdate };

/// What a provider may know of the request behind the authData.
struct ProviderRequest {
  std::string client_ip = {};
  std::string installation_id = {};
  bool is_master = false;
  /// The user as stored, internal fields and authData included; nullptr when there is none yet.
  const object::Object* user = nullptr;
};

/// What a provider makes of accepted authData.
struct ProviderResult {
  /// Keep what is stored already.
  bool do_not_save = false;
  /// Store this instead of the authData sent.
  std::optional<object::Object> save = std::nullopt;
  /// Goes to the client once, as `authDataResponse.<provider>`.
  std::optional<object::Value> response = std::nullopt;
  /// Something that may be used once was used: `save` is stored only when `authData.<provider>` still is what
  /// `ProviderRequest::user` says (compare and set); otherwise the login fails.
  bool single_use = false;
  /// Set: `save` is stored, then the request fails with this error (MFA by SMS: "Please enter the token").
  std::optional<Error> fail_after_save = std::nullopt;
};

/// One provider of one app. Any thread; calls may block on the network, within the timeouts of net::HttpClient.
class Provider {
 public:
  virtual ~Provider() = default;

  /// `stored` is what the user has stored for this provider; nullptr when there is none.
  virtual ProviderPolicy policy(const object::Object* stored) const {
    static_cast<void>(stored);
    return ProviderPolicy::kDefault;
  }

  /// Whether `authData.<provider>` names its user by `id`, so that users can be found by it. False for MFA.
  virtual bool identifies_users() const { return true; }

  /// Before users are looked up by `auth_data.id`: providers that take a one-time code exchange it here and set `id`
  /// and `access_token`. Must run for all authData that is new or changed, before validate: such providers check here
  /// who the user is. Errors: kObjectNotFound (101) or what the provider documents.
  virtual void before_find(object::Object& auth_data) { static_cast<void>(auth_data); }

  /// Checks `auth_data` (`authData.<provider>` as sent, after before_find). Throws Error when it does not hold; the
  /// code is kObjectNotFound (101) unless documented otherwise, as in the reference.
  virtual ProviderResult validate(AuthPhase phase, const object::Object& auth_data, const ProviderRequest& request) = 0;

  /// POST /challenge: answers `challengeData.<provider>`. nullopt: this provider has no challenges.
  virtual std::optional<object::Value> challenge(const object::Value& challenge_data, const object::Object* auth_data,
                                                 const ProviderRequest& request) {
    static_cast<void>(challenge_data), static_cast<void>(auth_data), static_cast<void>(request);
    return std::nullopt;
  }

  /// What a reader who may see authData sees of it: the user himself, or the master key. Source: parse-server Auth
  /// afterFind.
  virtual object::Object after_find(object::Object stored, bool is_master) const {
    static_cast<void>(is_master);
    return stored;
  }
};

/// The providers of one app by name, disabled ones left out.
using Providers = std::map<std::string, std::unique_ptr<Provider>, std::less<>>;

}  // namespace parse::auth
