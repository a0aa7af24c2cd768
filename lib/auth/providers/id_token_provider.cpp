#include "auth/providers/id_token_provider.h"

#include <fmt/format.h>

#include <algorithm>

#include "auth/providers/fields.h"

namespace parse::auth {

IdTokenCheck::IdTokenCheck(IdTokenSettings settings, const ProviderServices& services)
    : settings_(std::move(settings)), services_(services), keys_(settings_.keys, services) {}

object::Object IdTokenCheck::check(const object::Object& auth_data) {
  const std::string token = require_text(auth_data, settings_.token_field, "id token is invalid for this user.");
  object::Object claims = verify_token(token, settings_.rules, keys_, services_.clock());
  const std::string issuer = text_at(claims, "iss");
  if (std::find(settings_.issuers.begin(), settings_.issuers.end(), issuer) == settings_.issuers.end()) {
    throw refused(fmt::format("id token not issued by correct {} - expected: {} | from: {}", settings_.issuer_kind,
                              fmt::join(settings_.issuers, " or "), issuer));
  }
  const std::string subject = text_at(claims, "sub");
  if (subject.empty() || subject != text_at(auth_data, "id")) throw refused("auth data is invalid for this user.");
  return claims;
}

KeySetSettings read_key_set(SettingReader& setting, std::string url) {
  KeySetSettings keys{.url = std::move(url)};
  constexpr std::int64_t kLongest = std::chrono::milliseconds(std::chrono::hours(24)).count();
  keys.max_age =
      std::chrono::milliseconds(setting.integer("cacheMaxAge", keys.max_age.count(), keys.least_age.count(), kLongest));
  return keys;
}

}  // namespace parse::auth
