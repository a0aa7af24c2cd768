#pragma once

#include <memory>
#include <string>

#include "rest/account_mail.h"
#include "rest/user_store.h"
#include "schema/schema_cache.h"
#include "storage/sqlite/sqlite_adapter.h"
#include "tests/schema/expect_error.h"
#include "tests/support/recording_mailer.h"

namespace parse::test {

/// A database with the user "ada", and a mailer that keeps the mails.
struct AccountMailFixture {
  AccountMailFixture() {
    settings.app_id = "app";
    settings.app_name = "Chess";
    settings.public_url = "https://chess.example/parse";
    settings.verify_emails = true;
    add_user("ada", {{"username", "ada"}, {"email", "ada@example.org"}, {"authData", object::Object{{"x", 1}}}});
  }

  /// With the settings as they are at the first use.
  rest::AccountMail& mail() {
    if (!mail_) mail_ = std::make_unique<rest::AccountMail>(&mailer, settings);
    return *mail_;
  }
  rest::UserStore& users() {
    if (!users_) users_ = std::make_unique<rest::UserStore>(*storage, schemas);
    return *users_;
  }
  /// Waits for what runs in the background, and forgets the settings.
  void finish() {
    users_.reset();
    mail_.reset();
  }

  void add_user(const std::string& id, object::Object fields) {
    fields.set("objectId", id);
    fields.set("createdAt", object::Date{1});
    fields.set("updatedAt", object::Date{1});
    storage->create(*schemas.snapshot(), "_User", fields);
  }
  object::Object user(const std::string& id = "ada") {
    return users().find({{rest::user_field_is("objectId", id)}}).value();
  }
  std::string text(const std::string& field) { return rest::user_text(user(), field); }
  void change(object::Update changes, const std::string& id = "ada") {
    users().change({{rest::user_field_is("objectId", id)}}, std::move(changes));
  }

  std::unique_ptr<storage::Adapter> storage = storage::sqlite::open_sqlite({});
  schema::SchemaCache cache;
  rest::SchemaService schemas{*storage, cache, {}};
  RecordingMailer mailer;
  rest::EmailSettings settings;
  Milliseconds now = 1'000'000;

 private:
  std::unique_ptr<rest::AccountMail> mail_;
  std::unique_ptr<rest::UserStore> users_;
};

}  // namespace parse::test
