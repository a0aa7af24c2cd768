#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parse::auth {

/// Who signs a request by OAuth 1.0a (RFC 5849).
struct OAuth1Signer {
  std::string consumer_key;
  std::string consumer_secret;
  std::string token = {};
  std::string token_secret = {};
};

struct OAuth1Request {
  std::string method;
  /// Without a query.
  std::string url;
  /// Fields of the query and of a form body, and further `oauth_` parameters; not encoded.
  std::vector<std::pair<std::string, std::string>> fields = {};
  /// Every request needs a new one.
  std::string nonce = {};
  /// Seconds since 1970.
  std::string timestamp = {};
};

/// The field Authorization of the request: signed by HMAC-SHA1.
std::string oauth1_authorization(const OAuth1Signer& signer, const OAuth1Request& request);

}  // namespace parse::auth
