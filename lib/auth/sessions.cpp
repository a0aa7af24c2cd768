#include "auth/sessions.h"

#include <utility>

#include "base/error.h"
#include "logging/logger.h"

namespace parse::auth {
namespace {

using object::Date;
using object::Object;
using object::Value;

query::Where equal(const char* field, const std::string& text) {
  query::Where where;
  where.conditions.push_back(query::FieldCondition{field, query::Equal{text}});
  return where;
}

std::optional<Object> find_one(storage::Operations& storage, const schema::Schema& schema, query::Find find) {
  if (schema.find(find.class_name) == nullptr) return std::nullopt;
  find.limit = 1;
  object::ValueBuilder builder;
  if (storage.find(schema, find, builder) == 0) return std::nullopt;
  Value row = builder.take();
  return std::move(*row.get_if<Object>());
}

[[noreturn]] void fail(const char* message) { throw Error(ErrorCode::kInvalidSessionToken, message); }

/// An id that reads like a role would make its user a member of that role (GHSA-8xq9-g7ch-35hg).
void check_user_id(const std::string& id) {
  if (id.starts_with("role:")) throw Error(ErrorCode::kInternal, "Invalid object ID.");
}

bool user_exists(storage::Operations& storage, const schema::Schema& schema, const std::string& id) {
  query::Find find;
  find.class_name = "_User";
  find.where = equal("objectId", id);
  find.keys = std::vector<std::string>{};
  return find_one(storage, schema, std::move(find)).has_value();
}

}  // namespace

Sessions::Sessions(storage::Adapter& storage, SessionSettings settings)
    : storage_(storage), settings_(std::move(settings)), cache_(settings_.cache) {}

std::shared_ptr<const Session> Sessions::authenticate(const schema::Schema& schema, const std::string& token,
                                                      Milliseconds now) {
  std::shared_ptr<const Session> session = cache_.get(token);
  if (!session) {
    const auto generation = cache_.generation(token);
    session = load(schema, token);
    cache_.put_if_current(token, session, generation);
  }
  if (session->expires_at && *session->expires_at < now) {
    cache_.erase(token);
    fail("Session token is expired.");
  }
  if (settings_.extend_on_use && settings_.length && session->updated_at <= now - *settings_.length / 2) {
    return extend(schema, token, std::move(session), now);
  }
  return session;
}

std::shared_ptr<const Session> Sessions::load(const schema::Schema& schema, const std::string& token) {
  query::Find find;
  find.class_name = "_Session";
  find.where = equal("sessionToken", token);
  find.keys = std::vector<std::string>{"user", "expiresAt"};
  const auto row = find_one(storage_, schema, std::move(find));
  const Value* user = row ? row->find("user") : nullptr;
  const auto* pointer = user ? user->get_if<object::Pointer>() : nullptr;
  if (pointer == nullptr || !user_exists(storage_, schema, pointer->object_id)) fail("Invalid session token");
  check_user_id(pointer->object_id);
  auto session = std::make_shared<Session>();
  session->id = row->at("objectId").as<std::string>();
  session->user_id = pointer->object_id;
  session->updated_at = row->at("updatedAt").as<Date>().time;
  if (const Value* expires = row->find("expiresAt")) session->expires_at = expires->as<Date>().time;
  return session;
}

/// The condition on updatedAt makes one of several requests at the same moment do it.
std::shared_ptr<const Session> Sessions::extend(const schema::Schema& schema, const std::string& token,
                                                std::shared_ptr<const Session> session, Milliseconds now) {
  storage::UpdateRequest request;
  request.class_name = "_Session";
  request.where = equal("objectId", session->id);
  request.where.conditions.push_back(query::FieldCondition{"updatedAt", query::Equal{Date{session->updated_at}}});
  request.changes.push_back({"expiresAt", object::SetValue{Date{now + *settings_.length}}});
  request.updated_at = Date{now};
  const auto generation = cache_.generation(token);
  try {
    if (!storage_.update(schema, request)) {
      // Another request has just done it, or the session has ended: the next use looks again.
      cache_.erase(token);
      return session;
    }
  } catch (const Error& error) {
    logging::error("A session could not be extended: {} {}", error.message(), error.cause());
    return session;
  }
  auto extended = std::make_shared<Session>(*session);
  extended->expires_at = now + *settings_.length;
  extended->updated_at = now;
  cache_.put_if_current(token, extended, generation);
  return extended;
}

std::string Sessions::authenticate_legacy(const schema::Schema& schema, const std::string& token) {
  query::Find find;
  find.class_name = "_User";
  find.where = equal("_session_token", token);
  find.keys = std::vector<std::string>{};
  const auto user = find_one(storage_, schema, std::move(find));
  if (!user) fail("invalid legacy session token");
  std::string id = user->at("objectId").as<std::string>();
  check_user_id(id);
  return id;
}

void Sessions::forget_session(const std::string& id) {
  cache_.erase_if([&](std::string_view, const Session& session) { return session.id == id; });
}

void Sessions::forget_user(const std::string& user_id) {
  cache_.erase_if([&](std::string_view, const Session& session) { return session.user_id == user_id; });
}

}  // namespace parse::auth
