#include "rest/challenge.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "logging/logger.h"
#include "rest/accounts.h"
#include "rest/auth_data.h"
#include "rest/login.h"
#include "rest/user_rows.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;

[[noreturn]] void refuse(std::string message) { throw Error(ErrorCode::kOtherCause, std::move(message)); }

bool is_truthy(const Value* value) { return value != nullptr && value->truthy(); }

bool has_id(const Value& data) {
  const Object* map = data.get_if<Object>();
  return map != nullptr && is_truthy(map->find("id"));
}

void check_shape(const Object& auth_data) {
  std::int64_t with_id = 0;
  for (const auto& [name, data] : auth_data) {
    if (!data.is_null() && !data.is<Object>()) refuse("authData." + name + " should be an object.");
    with_id += has_id(data) ? 1 : 0;
  }
  if (with_id > 1) refuse("You cannot provide more than one authData provider with an id.");
}

/// The user of the account, which must be proven: otherwise ids could be guessed.
Object linked_user(const Context& context, Object auth_data) {
  std::vector<Object> users = find_linked_users(context, auth_data, nullptr, false);
  try {
    if (users.size() != 1) throw Error(ErrorCode::kObjectNotFound, "User not found.");
    Object proof;
    for (const auto& [name, data] : auth_data) {
      if (has_id(data)) proof.append(name, data);
    }
    check_auth_data(context, proof, &users.front());
    return std::move(users.front());
  } catch (const Error& error) {
    logging::error("A challenge was refused: {} {}", error.message(), error.cause());
    throw Error(ErrorCode::kObjectNotFound, "User not found.");
  }
}

std::optional<Object> challenged_user(const Context& context, const Object& body) {
  const bool is_named = is_truthy(body.find("username")) || is_truthy(body.find("email"));
  std::optional<Object> user;
  if (is_named) {
    if (!is_truthy(body.find("password"))) {
      refuse("You provided username or email, you need to also provide password.");
    }
    user = authenticate(context, body);
  }
  const Value* data = body.find("challengeData");
  if (!is_truthy(data)) refuse("Nothing to challenge.");
  if (!data->is<Object>()) refuse("challengeData should be an object.");
  const Value* auth_data = body.find("authData");
  if (!is_truthy(auth_data)) return user;
  if (!auth_data->is<Object>()) refuse("authData should be an object.");
  if (is_named) {
    refuse("You cannot provide username/email and authData, only use one identification method.");
  }
  check_shape(auth_data->as<Object>());
  return linked_user(context, auth_data->as<Object>());
}

}  // namespace

Object challenge(const Context& context, const Object& body) {
  const std::optional<Object> user = challenged_user(context, body);
  const Object* auth_data = map_of(body, "authData");
  const auth::ProviderRequest request{context.client.ip, context.client.installation_id, context.principal.is_master(),
                                      user ? &*user : nullptr};
  std::vector<object::Member> asked(body.at("challengeData").as<Object>().begin(),
                                    body.at("challengeData").as<Object>().end());
  std::sort(asked.begin(), asked.end(), [](const auto& left, const auto& right) { return left.key < right.key; });
  Object answers;
  for (const auto& [name, data] : asked) {
    const auto provider = context.accounts.providers.find(name);
    if (provider == context.accounts.providers.end()) continue;
    const Object* proof = auth_data ? map_of(*auth_data, name) : nullptr;
    const auto answer = provider->second->challenge(data, proof, request);
    if (answer) answers.append(name, answer->truthy() ? *answer : Value(true));
  }
  return Object{{"challengeData", std::move(answers)}};
}

}  // namespace parse::rest
