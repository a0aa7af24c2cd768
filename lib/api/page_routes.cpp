#include "api/page_routes.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "api/http_error.h"
#include "api/json_response.h"
#include "base/error.h"
#include "http/query_string.h"
#include "http/text.h"
#include "templates/locale.h"

namespace parse::api {
namespace {

using pages::Form;
using pages::Page;

/// The value of a field that was sent once; an empty text for none, and for one that was sent twice.
std::string single(const http::QueryPairs& pairs, std::string_view key) {
  const std::string* found = nullptr;
  for (const auto& [name, value] : pairs) {
    if (name != key) continue;
    if (found != nullptr) return {};
    found = &value;
  }
  return found ? *found : std::string();
}

bool is_script(const http::Request& request) {
  const std::string* by = request.headers.find("X-Requested-With");
  return by != nullptr && http::iequals(*by, "XMLHttpRequest");
}

http::QueryPairs read_form(const http::Request& request) {
  const std::string* type = request.headers.find("Content-Type");
  constexpr std::string_view kForm = "application/x-www-form-urlencoded";
  if (type == nullptr || !http::iequals(std::string_view(*type).substr(0, kForm.size()), kForm)) return {};
  return http::parse_query_string(request.body);
}

http::Response to_response(pages::PageAnswer answer) {
  http::Response response;
  response.status = answer.status;
  response.content_type = answer.content_type;
  response.body = std::move(answer.body);
  for (auto& [name, value] : answer.fields) response.headers.add(std::move(name), std::move(value));
  if (!answer.location.empty()) response.headers.add("Location", std::move(answer.location));
  // The address holds a token: it must not be kept, nor told to another site.
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Referrer-Policy", "no-referrer");
  response.headers.add("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace

/// One request for a page, decoded.
struct PageRoutes::Visit {
  const http::Request& request;
  http::PathParams path;
  http::QueryPairs query;
  http::QueryPairs form;
  Milliseconds now;
  rest::OptionFunctions functions;

  Form usual_form() const { return request.method == http::Method::kPost ? Form::kRedirect : Form::kPage; }

  /// Given by the address, the form or a header field; once given, pages carry it on.
  std::string locale() const {
    std::string name = single(query, "locale");
    if (name.empty()) name = single(form, "locale");
    const std::string* field = request.headers.find("x-parse-page-param-locale");
    if (name.empty() && field != nullptr) name = *field;
    return templates::parse_locale(name).value_or("");
  }
};

PageRoutes::PageRoutes(const pages::PageSite& site, const rest::EmailVerification& verification,
                       const rest::PasswordReset& reset)
    : site_(site), verification_(verification), reset_(reset) {
  using http::Method;
  add(Method::kGet, "/:appId/verify_email", &PageRoutes::verify_email);
  add(Method::kPost, "/:appId/resend_verification_email", &PageRoutes::resend_verification_email);
  add(Method::kGet, "/:appId/request_password_reset", &PageRoutes::show_password_form);
  add(Method::kPost, "/:appId/request_password_reset", &PageRoutes::reset_password);
  add(Method::kGet, "/choose_password", &PageRoutes::choose_password);
  add(Method::kGet, "/*resource", &PageRoutes::file);
}

void PageRoutes::add(http::Method method, std::string_view pattern, Handler handler) {
  router_.add(method, fmt::format("/{}{}", site_.settings().endpoint, pattern), handlers_.size());
  handlers_.push_back(handler);
}

std::optional<http::Response> PageRoutes::respond(const http::Request& request, std::string_view path, Milliseconds now,
                                                  const std::shared_ptr<const cloud::HookTable>& hooks) const {
  const http::RouteMatch match = router_.match(request.method, path);
  if (match.kind == http::RouteMatch::Kind::kBadEncoding) {
    throw HttpError{400, fmt::format("Failed to decode param '{}'", match.bad_segment)};
  }
  if (match.kind != http::RouteMatch::Kind::kFound) return std::nullopt;
  const Visit visit{request,
                    match.params,
                    http::parse_query_string(request.query),
                    read_form(request),
                    now,
                    rest::OptionFunctions(hooks, request.client_ip)};
  return (this->*handlers_[match.route])(visit);
}

void PageRoutes::require_app(const std::string* app_id) const {
  if (app_id == nullptr || *app_id != site_.settings().app_id) throw unauthorized("a page of another app");
}

http::Response PageRoutes::verify_email(const Visit& visit) const {
  require_app(&visit.path.at("appId"));
  const std::string token = single(visit.query, "token");
  const bool verified = verification_.verify(token, visit.functions, visit.now);
  // The page for a link that is not good offers to send another one.
  return to_response(site_.show(verified ? Page::kEmailVerificationSuccess : Page::kEmailVerificationLinkInvalid,
                                verified ? pages::PageParams{} : pages::PageParams{{"token", token}}, visit.locale(),
                                visit.usual_form()));
}

http::Response PageRoutes::resend_verification_email(const Visit& visit) const {
  require_app(&visit.path.at("appId"));
  const std::string username = single(visit.form, "username");
  const std::string token = single(visit.form, "token");
  Page page = Page::kEmailVerificationLinkInvalid;
  if (!username.empty() || !token.empty()) {
    // Somebody who types his username has no use for the token of the link.
    const bool sent =
        verification_.resend(username, username.empty() ? token : std::string(), visit.functions, visit.now);
    page = sent ? Page::kEmailVerificationSendSuccess : Page::kEmailVerificationSendFail;
  }
  return to_response(site_.show(page, {}, visit.locale(), visit.usual_form()));
}

http::Response PageRoutes::show_password_form(const Visit& visit) const {
  require_app(&visit.path.at("appId"));
  const std::string token = single(visit.query, "token");
  try {
    reset_.check_token(token, visit.now);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kOtherCause) throw;
    return to_response(site_.show(Page::kPasswordResetLinkInvalid, {}, visit.locale(), visit.usual_form()));
  }
  return to_response(site_.show(Page::kPasswordReset, {{"token", token}}, visit.locale(), visit.usual_form()));
}

http::Response PageRoutes::choose_password(const Visit& visit) const {
  require_app(http::find_query_value(visit.query, "appId"));
  const pages::PageParams params{{"token", single(visit.query, "token")},
                                 {"username", single(visit.query, "username")}};
  return to_response(site_.show(Page::kPasswordReset, params, visit.locale(), visit.usual_form()));
}

http::Response PageRoutes::reset_password(const Visit& visit) const {
  require_app(&visit.path.at("appId"));
  const std::string token = single(visit.form, "token");
  const std::string password = single(visit.form, "new_password");
  const bool script = is_script(visit.request);
  if (!script && (token.empty() || password.empty())) {
    return to_response(site_.show(Page::kPasswordResetLinkInvalid, {}, visit.locale(), visit.usual_form()));
  }
  if (token.empty()) throw Error(ErrorCode::kOtherCause, "Missing token");
  if (password.empty()) throw Error(ErrorCode::kPasswordMissing, "Missing password");
  const auto failure = try_reset(visit, token, password);
  if (script) {
    if (failure) throw Error(ErrorCode::kOtherCause, *failure);
    return json_response(200, object::Value("Password successfully reset"));
  }
  if (!failure) return to_response(site_.show(Page::kPasswordResetSuccess, {}, visit.locale(), Form::kPage));
  const pages::PageParams params{{"token", token}, {"error", *failure}};
  return to_response(site_.show(Page::kPasswordReset, params, visit.locale(), Form::kPage));
}

std::optional<std::string> PageRoutes::try_reset(const Visit& visit, const std::string& token,
                                                 const std::string& password) const {
  try {
    reset_.set_password(token, password, visit.functions, visit.now);
    return std::nullopt;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInternal) throw;
    return error.message();
  }
}

http::Response PageRoutes::file(const Visit& visit) const {
  pages::PageParams params;
  const pages::PageSettings& settings = site_.settings();
  if (single(visit.query, "appId") == settings.app_id) {
    params = {{"appId", settings.app_id}, {"appName", settings.app_name}, {"publicServerUrl", settings.public_url}};
    // What a redirect carried here.
    for (const char* name : {"token", "username", "error"}) {
      if (std::string value = single(visit.query, name); !value.empty()) params.emplace_back(name, std::move(value));
    }
  }
  return to_response(site_.file(visit.path.at("resource"), std::move(params), visit.locale()));
}

}  // namespace parse::api
