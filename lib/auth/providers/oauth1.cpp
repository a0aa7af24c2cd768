#include "auth/providers/oauth1.h"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/base64.h"
#include "crypto/digest.h"
#include "net/url.h"

namespace parse::auth {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// All fields, encoded, in order, as one text (RFC 5849, 3.4.1.3.2).
std::string normalised(const Fields& fields) {
  Fields encoded;
  for (const auto& [name, value] : fields) encoded.emplace_back(net::percent_encode(name), net::percent_encode(value));
  std::sort(encoded.begin(), encoded.end());
  std::string text;
  for (const auto& [name, value] : encoded) text += (text.empty() ? "" : "&") + name + "=" + value;
  return text;
}

}  // namespace

std::string oauth1_authorization(const OAuth1Signer& signer, const OAuth1Request& request) {
  Fields parameters{{"oauth_consumer_key", signer.consumer_key},
                    {"oauth_nonce", request.nonce},
                    {"oauth_signature_method", "HMAC-SHA1"},
                    {"oauth_timestamp", request.timestamp},
                    {"oauth_version", "1.0"}};
  if (!signer.token.empty()) parameters.emplace_back("oauth_token", signer.token);
  Fields all = parameters;
  all.insert(all.end(), request.fields.begin(), request.fields.end());
  const std::string base =
      fmt::format("{}&{}&{}", request.method, net::percent_encode(request.url), net::percent_encode(normalised(all)));
  const std::string key = net::percent_encode(signer.consumer_secret) + "&" + net::percent_encode(signer.token_secret);
  parameters.emplace_back("oauth_signature", crypto::encode_base64(crypto::hmac(crypto::Hash::kSha1, key, base)));
  std::sort(parameters.begin(), parameters.end());
  std::string header = "OAuth ";
  for (const auto& [name, value] : parameters) {
    header += fmt::format("{}{}=\"{}\"", header.size() > 6 ? ", " : "", name, net::percent_encode(value));
  }
  return header;
}

}  // namespace parse::auth
