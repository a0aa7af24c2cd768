#pragma once

#include <chrono>
#include <map>
#include <string>

#include "object/value.h"

/// The groups of options.h that concern e-mail and the pages its links lead to.
namespace parse::config {

/// Mails to users, and what depends on a verified address.
struct EmailOptions {
  /// Name of the application in mails and pages.
  std::string app_name;
  /// What sends mails, as written: an object or a name. Null when not configured.
  object::Value adapter;
  /// New addresses must be verified.
  bool verify_user_emails = false;
  bool send_user_email_verification = true;
  /// Life of a verification token; zero means for ever.
  std::chrono::milliseconds verify_token_validity{0};
  /// A second mail carries the same token while it is valid.
  bool verify_token_reuse_if_valid = false;
  /// A request for an unknown address is answered like any other.
  bool verify_success_on_invalid_email = true;
  bool prevent_login_with_unverified_email = false;
  bool prevent_signup_with_unverified_email = false;

  friend bool operator==(const EmailOptions&, const EmailOptions&) = default;
};

/// The HTML pages of password reset and e-mail verification.
struct PagesOptions {
  bool enable_localization = false;
  /// Locale used when no other fits.
  std::string localization_fallback_locale = "en";
  /// File with translations; empty means none.
  std::string localization_json_path;
  /// Redirect to the page instead of answering with it.
  bool force_redirect = false;
  /// Values in response headers are URI-encoded.
  bool encode_page_param_headers = false;
  /// Segment of the URL below the mount path.
  std::string endpoint = "apps";
  /// Folder with templates; empty means the built-in ones.
  std::string path;
  /// Values for the templates.
  object::Object placeholders;
  /// Page name (`passwordReset`, …) to external address.
  std::map<std::string, std::string> custom_urls;
  /// The older names of the same: `choosePassword`, `invalidLink`, …
  std::map<std::string, std::string> custom_pages;

  friend bool operator==(const PagesOptions&, const PagesOptions&) = default;
};

}  // namespace parse::config
