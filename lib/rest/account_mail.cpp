#include "rest/account_mail.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "base/error.h"
#include "crypto/random.h"
#include "logging/logger.h"
#include "net/url.h"
#include "object/value_sink.h"

namespace parse::rest {
namespace {

constexpr const char* kClass = "_User";
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

/// The user as adapters and templates may see him.
object::Object without_secrets(const object::Object& user) {
  object::Object visible;
  for (const auto& [key, value] : user) {
    if (!key.starts_with('_') && key != "authData" && key != "password") visible.append(key, value);
  }
  return visible;
}

}  // namespace

AccountMail::AccountMail(storage::Adapter& storage, SchemaService& schemas, mail::Mailer* mailer,
                         EmailSettings settings)
    : storage_(storage), schemas_(schemas), mailer_(mailer), settings_(std::move(settings)), background_(kBackground) {}

void AccountMail::require_configuration() const {
  if (mailer_ != nullptr && !settings_.app_name.empty() && !settings_.public_url.empty()) return;
  throw Error(ErrorCode::kInternal,
              "An appName, publicServerURL, and emailAdapter are required for password reset and email verification "
              "functionality.");
}

std::optional<object::Object> AccountMail::find_user(query::Where where) const {
  query::Find find;
  find.class_name = kClass;
  find.where = std::move(where);
  find.limit = 1;
  object::ValueBuilder builder;
  if (storage_.find(*schemas_.snapshot(), find, builder) == 0) return std::nullopt;
  return builder.take().as<object::Object>();
}

std::optional<object::Object> AccountMail::change_user(query::Where where, object::Update changes,
                                                       std::optional<object::Date> updated_at) const {
  return storage_.update(*schemas_.snapshot(), {kClass, std::move(where), std::move(changes), updated_at});
}

mail::AccountMail AccountMail::mail_to(const object::Object& user, std::string_view page,
                                       const std::string& token) const {
  return {settings_.app_name, link_to(page, token), without_secrets(user)};
}

std::string AccountMail::link_to(std::string_view page, const std::string& token) const {
  const std::string path =
      fmt::format("/{}/{}/{}", settings_.pages_endpoint, net::percent_encode(settings_.app_id), page);
  if (settings_.frame_url.empty()) {
    return fmt::format("{}{}?token={}", settings_.public_url, path, net::percent_encode(token));
  }
  return fmt::format("{}?link={}&token={}", settings_.frame_url, net::percent_encode(path), net::percent_encode(token));
}

void AccountMail::run_hidden(std::function<void()> work) {
  if (background_.try_post([work = std::move(work)] { log_failure(work); })) return;
  throw Error(ErrorCode::kRequestLimitExceeded, "Too many mails are being sent, try again.");
}

std::string new_mail_token() { return crypto::random_alphanumeric(25); }

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
