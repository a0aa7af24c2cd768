#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "base/iso_date.h"
#include "http/message.h"
#include "http/router.h"
#include "pages/page_site.h"
#include "rest/email_verification.h"
#include "rest/password_reset.h"

namespace parse::api {

/// The routes that a browser opens, without keys: `/apps/:appId/verify_email` and the like, and the files below
/// `/apps`. Source: REST spec, "Pages"; parse-server PagesRouter. Any thread.
class PageRoutes {
 public:
  /// All must outlive it.
  PageRoutes(const pages::PageSite& site, const rest::EmailVerification& verification,
             const rest::PasswordReset& reset);

  /// The answer to a request for `path`, behind the mount; `hooks` may have functions for options; nothing when it is
  /// no page's. Throws HttpError 403 for another app's id; Error for calls by script that fail.
  std::optional<http::Response> respond(const http::Request& request, std::string_view path, Milliseconds now,
                                        const std::shared_ptr<const cloud::HookTable>& hooks) const;

 private:
  struct Visit;
  using Handler = http::Response (PageRoutes::*)(const Visit&) const;

  void add(http::Method method, std::string_view pattern, Handler handler);
  void require_app(const std::string* app_id) const;

  http::Response verify_email(const Visit& visit) const;
  http::Response resend_verification_email(const Visit& visit) const;
  http::Response show_password_form(const Visit& visit) const;
  http::Response choose_password(const Visit& visit) const;
  http::Response reset_password(const Visit& visit) const;
  http::Response file(const Visit& visit) const;
  /// The reset itself; the text for the page when it fails.
  std::optional<std::string> try_reset(const Visit& visit, const std::string& token, const std::string& password) const;

  const pages::PageSite& site_;
  const rest::EmailVerification& verification_;
  const rest::PasswordReset& reset_;
  http::Router router_;
  std::vector<Handler> handlers_;
};

}  // namespace parse::api
