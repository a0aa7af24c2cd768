#include "auth/providers/id_token.h"

#include <fmt/format.h>

#include <algorithm>

#include "auth/providers/fields.h"
#include "crypto/jws.h"
#include "object/json.h"

namespace parse::auth {
namespace {

object::Object read_part(const std::string& json) {
  std::optional<object::Value> value = object::try_parse_json(json);
  auto* part = value ? value->get_if<object::Object>() : nullptr;
  if (part == nullptr) throw refused("provided token does not decode as JWT");
  return std::move(*part);
}

bool contains(const std::vector<std::string>& list, const object::Value& value) {
  const auto* text = value.get_if<std::string>();
  return text != nullptr && std::find(list.begin(), list.end(), *text) != list.end();
}

/// The number of seconds at `name` as milliseconds; `absent` when it is missing. Throws when it is no number.
double time_at(const object::Object& claims, std::string_view name, double absent) {
  const object::Value* found = claims.find(name);
  if (found == nullptr) return absent;
  if (!found->is_number()) throw refused(fmt::format("invalid {} value", name));
  return found->number() * 1000;
}

void check_time(const object::Object& claims, Milliseconds now) {
  const auto moment = static_cast<double>(now);
  if (time_at(claims, "nbf", moment) > moment) throw refused("jwt not active");
  if (!claims.contains("exp")) throw refused("invalid exp value");
  if (moment >= time_at(claims, "exp", 0)) throw refused("jwt expired");
}

crypto::SignatureAlgorithm accepted_algorithm(const object::Object& header, const TokenRules& rules) {
  const std::string named = text_at(header, "alg");
  for (const crypto::SignatureAlgorithm algorithm : rules.algorithms) {
    if (named == crypto::name_of(algorithm)) return algorithm;
  }
  throw refused("invalid algorithm");
}

}  // namespace

bool has_audience(const object::Object& claims, const std::vector<std::string>& audiences) {
  const object::Value* found = claims.find("aud");
  if (found == nullptr) return false;
  const auto* list = found->get_if<object::Array>();
  if (list == nullptr) return contains(audiences, *found);
  return std::any_of(list->begin(), list->end(),
                     [&audiences](const object::Value& entry) { return contains(audiences, entry); });
}

object::Object verify_token(const std::string& token, const TokenRules& rules, KeySet& keys, Milliseconds now) {
  const auto jws = crypto::parse_jws(token);
  if (!jws) throw refused("provided token does not decode as JWT");
  const object::Object header = read_part(jws->header);
  object::Object claims = read_part(jws->payload);
  // Before the key is looked for: no token makes this server fetch keys for an algorithm that it would not accept.
  const crypto::SignatureAlgorithm algorithm = accepted_algorithm(header, rules);
  if (header.contains("crit")) throw refused("invalid token");
  const std::string kid = text_at(header, "kid");
  const auto key = keys.find(kid, algorithm);
  if (!key) throw refused(fmt::format("Unable to find matching key for Key ID: {}", kid.size() > 200 ? "" : kid));
  if (!crypto::verifies(*jws, algorithm, *key)) throw refused("invalid signature");
  check_time(claims, now);
  if (!rules.audiences.empty() && !has_audience(claims, rules.audiences)) {
    throw refused(fmt::format("jwt audience invalid. expected: {}", fmt::join(rules.audiences, " or ")));
  }
  return claims;
}

}  // namespace parse::auth
