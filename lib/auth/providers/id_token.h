#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/providers/key_set.h"
#include "object/value.h"

namespace parse::auth {

/// What a token must be to be believed.
struct TokenRules {
  /// The only ones that are accepted, whatever the token says of itself.
  std::vector<crypto::SignatureAlgorithm> algorithms = {crypto::SignatureAlgorithm::kRs256};
  /// One of them must be an audience of the token. Empty: the caller checks otherwise whom the token is for.
  std::vector<std::string> audiences;
};

/// The claims of `token`, a JWT (RFC 7519), once algorithm, key, signature, time and audience are checked. Issuer and
/// subject are the caller's to check. A token without `exp` is refused. Throws kObjectNotFound (101) with the
/// reference's texts: "provided token does not decode as JWT", "Unable to find matching key for Key ID: …", "invalid
/// algorithm", "invalid signature", "jwt expired", "jwt not active", "jwt audience invalid. expected: …"; and as
/// KeySet::find.
object::Object verify_token(const std::string& token, const TokenRules& rules, KeySet& keys, Milliseconds now);

/// Whether claim `aud` of `claims`, a text or a list, holds one of `audiences`.
bool has_audience(const object::Object& claims, const std::vector<std::string>& audiences);

}  // namespace parse::auth
