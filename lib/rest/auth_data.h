#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "object/update_op.h"
#include "object/value.h"
#include "query/where.h"
#include "rest/context.h"

namespace parse::rest {

/// What the login providers made of `authData`.
struct AuthDataOutcome {
  /// To store, by provider; null ends the link.
  object::Object data;
  /// `authDataResponse`: for the client, once.
  object::Object response;
  /// What must still be stored for the write to count: secrets that may be used once.
  std::vector<query::Condition> unchanged;
  /// The data is stored, and then the request fails with this.
  std::optional<Error> fail_after_save;
};

/// True when some provider's data is an object with members.
bool has_auth_data(const object::Value* auth_data);
/// "facebook,mfa": the providers of `auth_data`.
std::string provider_names(const object::Object& auth_data);

/// Users that are linked to one of the accounts in `auth_data`, two at most. Providers that are not configured are not
/// asked for. `stored`: the authData of the user who sends it, if any; what equals it is not exchanged again.
/// With `exchange`, one-time codes are exchanged first, which changes `auth_data`.
/// Throws kInvalidValue (162) for an id that is no text, and what a provider's exchange throws.
/// Source: parse-server Auth findUsersWithAuthData.
std::vector<object::Object> find_linked_users(const Context& context, object::Object& auth_data,
                                              const object::Object* stored, bool exchange);

/// Asks each provider, in the order of their names, whether its data holds. `user` is the user it is for, as stored, if
/// he is known. Throws kUnsupportedService (252) for a provider that is not configured, and what providers throw.
/// Source: parse-server Auth handleAuthDataValidation.
AuthDataOutcome check_auth_data(const Context& context, const object::Object& auth_data, const object::Object* user);

/// The part of `sent` that differs from what is stored. Anonymous accounts do not change.
/// Source: parse-server Auth hasMutatedAuthData.
object::Object changed_auth_data(const object::Object& sent, const object::Object* stored);

/// Throws kOtherCause (-1) "Missing additional authData …" when the user has set up a provider that must also be asked,
/// such as MFA, and `sent` has no data for it. Source: parse-server checkIfUserHasProvidedConfiguredProvidersForLogin.
void require_additional_providers(const Context& context, const object::Object& sent, const object::Object* stored);

/// Changes that store `outcome.data` below `authData`.
object::Update auth_data_changes(const AuthDataOutcome& outcome);

/// Stores the outcome of a login for that user. Throws kScriptFailed (141) "Invalid auth data" when a secret was used
/// up meanwhile, kAccountAlreadyLinked (208), and `fail_after_save`.
void store_auth_data(const Context& context, const std::string& user_id, const AuthDataOutcome& outcome);

/// Throws kUnsupportedService (252): what was sent as authData names no way to log in.
[[noreturn]] void throw_unsupported_login();

}  // namespace parse::rest
