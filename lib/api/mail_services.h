#pragma once

#include "api/page_routes.h"
#include "rest/email_verification.h"
#include "rest/password_reset.h"

namespace parse::api {

/// What handlers and the dispatcher use for mails to users and the pages behind their links.
struct MailServices {
  const rest::EmailVerification& verification;
  const rest::PasswordReset& reset;
  const PageRoutes& pages;
};

}  // namespace parse::api
