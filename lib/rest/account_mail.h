#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/worker_pool.h"
#include "mail/mailer.h"
#include "query/where.h"
#include "rest/schema_service.h"
#include "storage/adapter.h"

namespace parse::rest {

/// What the options say about mails to users. Durations of zero mean that a token never expires.
struct EmailSettings {
  std::string app_id;
  std::string app_name;
  /// `publicServerURL` without a slash at its end; empty when it is not configured.
  std::string public_url;
  /// `pages.pagesEndpoint`.
  std::string pages_endpoint = "apps";
  /// `customPages.parseFrameURL`: a page that gets the way to the server's page as `link`; empty: none.
  std::string frame_url;

  bool verify_emails = false;
  /// `sendUserEmailVerification`: false when the app sends the mails itself.
  bool send_verification = true;
  std::chrono::milliseconds verify_token_life{0};
  bool reuse_verify_token = false;
  /// `emailVerifySuccessOnInvalidEmail`: the answer does not tell whether an address is known.
  bool hide_unknown_on_verification = true;

  std::chrono::milliseconds reset_token_life{0};
  bool reuse_reset_token = false;
  /// `passwordPolicy.resetPasswordSuccessOnInvalidEmail`: likewise.
  bool hide_unknown_on_reset = true;
};

/// What e-mail verification and password reset share: users as stored, links and mails. Any thread.
class AccountMail {
 public:
  /// `mailer` is nullptr when no emailAdapter is configured. All must outlive this.
  AccountMail(storage::Adapter& storage, SchemaService& schemas, mail::Mailer* mailer, EmailSettings settings);

  const EmailSettings& settings() const { return settings_; }
  /// Throws kInternal (1) unless appName, publicServerURL and emailAdapter are configured.
  void require_configuration() const;

  /// The first user that matches, internal fields included.
  std::optional<object::Object> find_user(query::Where where) const;
  /// Changes the first user that matches, in one atomic step, and returns him as he is afterwards. `updated_at`: see
  /// storage::UpdateRequest.
  std::optional<object::Object> change_user(query::Where where, object::Update changes,
                                            std::optional<object::Date> updated_at = std::nullopt) const;
  /// The mail for `user`, with a link to `page` ("verify_email") that carries `token`.
  mail::AccountMail mail_to(const object::Object& user, std::string_view page, const std::string& token) const;
  /// Only after require_configuration.
  mail::Mailer& mailer() const { return *mailer_; }

  /// Runs `work` so that the caller cannot tell by his answer or its time what it did: in the background, where errors
  /// are logged. Throws kRequestLimitExceeded (155) when too much waits there.
  void run_hidden(std::function<void()> work);
  storage::Adapter& storage() const { return storage_; }
  SchemaService& schemas() const { return schemas_; }

 private:
  std::string link_to(std::string_view page, const std::string& token) const;

  storage::Adapter& storage_;
  SchemaService& schemas_;
  mail::Mailer* const mailer_;
  const EmailSettings settings_;
  WorkerPool background_;
};

/// 25 random letters and digits, for the tokens of links.
std::string new_mail_token();
/// The field of a user as stored equals `value`.
query::Condition user_field_is(std::string field, object::Value value);
/// A text field of a user; empty when there is none.
std::string user_text(const object::Object& user, std::string_view field);
/// A date field of a user.
std::optional<object::Date> user_date(const object::Object& user, std::string_view field);

}  // namespace parse::rest
