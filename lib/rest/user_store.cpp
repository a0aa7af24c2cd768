#include "rest/user_store.h"

#include <exception>
#include <utility>

#include "base/error.h"
#include "logging/logger.h"
#include "object/value_sink.h"

namespace parse::rest {
namespace {

constexpr const char* kClass = "_User";
constexpr const char* kSessions = "_Session";
/// Work that nobody waits for needs no more than one thread at a time.
constexpr WorkerPoolSettings kBackground{.active = 1, .max_threads = 2, .queue_capacity = 1000};

void log_failure(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    logging::error("a mail to a user was not sent: {} {}", error.message(), error.cause());
  } catch (const std::exception& error) {
    logging::error("a mail to a user was not sent: {}", error.what());
  }
}

}  // namespace

UserStore::UserStore(storage::Adapter& storage, SchemaService& schemas)
    : storage_(storage), schemas_(schemas), background_(kBackground) {}

std::optional<object::Object> UserStore::find(query::Where where) const {
  query::Find find;
  find.class_name = kClass;
  find.where = std::move(where);
  find.limit = 1;
  object::ValueBuilder builder;
  if (storage_.find(*schemas_.snapshot(), find, builder) == 0) return std::nullopt;
  return builder.take().as<object::Object>();
}

std::optional<object::Object> UserStore::change(query::Where where, object::Update changes,
                                                std::optional<object::Date> updated_at) const {
  return storage_.update(*schemas_.snapshot(), {kClass, std::move(where), std::move(changes), updated_at});
}

void UserStore::remove_sessions(const std::string& user_id) const {
  const auto schema = schemas_.snapshot();
  if (schema->find(kSessions) == nullptr) return;
  storage_.remove(*schema, kSessions, {{user_field_is("user", object::Pointer{kClass, user_id})}});
}

void UserStore::run_hidden(std::function<void()> work) {
  if (background_.try_post([work = std::move(work)] { log_failure(work); })) return;
  throw Error(ErrorCode::kRequestLimitExceeded, "Too many mails are being sent, try again.");
}

query::Condition user_field_is(std::string field, object::Value value) {
  return query::FieldCondition{std::move(field), query::Equal{std::move(value)}};
}

std::string user_text(const object::Object& user, std::string_view field) {
  const object::Value* value = user.find(field);
  const auto* text = value ? value->get_if<std::string>() : nullptr;
  return text ? *text : std::string();
}

std::optional<object::Date> user_date(const object::Object& user, std::string_view field) {
  const object::Value* value = user.find(field);
  const auto* date = value ? value->get_if<object::Date>() : nullptr;
  return date ? std::optional(*date) : std::nullopt;
}

}  // namespace parse::rest
