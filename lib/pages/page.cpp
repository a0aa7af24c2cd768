#include "pages/page.h"

namespace parse::pages {
namespace {

struct Name {
  std::string_view id;
  std::string_view file;
};

/// In the order of Page.
constexpr Name kNames[] = {
    {"passwordReset", "password_reset.html"},
    {"passwordResetSuccess", "password_reset_success.html"},
    {"passwordResetLinkInvalid", "password_reset_link_invalid.html"},
    {"emailVerificationSuccess", "email_verification_success.html"},
    {"emailVerificationSendFail", "email_verification_send_fail.html"},
    {"emailVerificationSendSuccess", "email_verification_send_success.html"},
    {"emailVerificationLinkInvalid", "email_verification_link_invalid.html"},
    {"emailVerificationLinkExpired", "email_verification_link_expired.html"},
};

}  // namespace

std::string_view page_id(Page page) { return kNames[static_cast<std::size_t>(page)].id; }

std::string_view page_file(Page page) { return kNames[static_cast<std::size_t>(page)].file; }

}  // namespace parse::pages
