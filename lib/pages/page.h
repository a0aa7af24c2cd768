#pragma once

#include <optional>
#include <string_view>

/// The HTML pages that links in mails lead to.
namespace parse::pages {

enum class Page {
  kPasswordReset,
  kPasswordResetSuccess,
  kPasswordResetLinkInvalid,
  kEmailVerificationSuccess,
  kEmailVerificationSendFail,
  kEmailVerificationSendSuccess,
  kEmailVerificationLinkInvalid,
  kEmailVerificationLinkExpired,
};

/// The page's name in `pages.customUrls`: "passwordReset".
std::string_view page_id(Page page);
/// The name of its file: "password_reset.html".
std::string_view page_file(Page page);

/// The template that comes with the server for a file such as "password_reset.html" or "de/password_reset.html";
/// nothing when there is none. English, and German below "de".
std::optional<std::string_view> built_in_page(std::string_view file);

}  // namespace parse::pages
