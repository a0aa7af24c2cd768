#pragma once

#include <utility>

#include "api/mail_services.h"
#include "rest/accounts.h"
#include "tests/support/recording_mailer.h"

namespace parse::test {

/// What tests may say about mails and pages.
struct MailChoices {
  MailChoices() {
    email.app_id = pages.app_id = "app";
    email.app_name = pages.app_name = "Chess";
    email.public_url = pages.public_url = "https://chess.example/parse";
  }

  rest::EmailSettings email;
  pages::PageSettings pages;
};

/// Mails go to a mailer that keeps them.
struct TestMails {
  explicit TestMails(MailChoices given) : choices(std::move(given)), mail(&mailer, choices.email) {}

  RecordingMailer mailer;
  const MailChoices choices;
  const rest::AccountMail mail;
};

/// What the links in mails lead to.
struct TestLinks {
  TestLinks(TestMails& mails, storage::Adapter& storage, rest::SchemaService& schemas, const rest::Accounts& accounts)
      : users(storage, schemas),
        verification(mails.mail, users),
        reset(mails.mail, users, {accounts.passwords, accounts.password_policy, accounts.lockout, accounts.sessions}),
        site(mails.choices.pages),
        pages(site, verification, reset),
        services{verification, reset, pages} {}

  rest::UserStore users;
  const rest::EmailVerification verification;
  const rest::PasswordReset reset;
  const pages::PageSite site;
  const api::PageRoutes pages;
  const api::MailServices services;
};

}  // namespace parse::test
