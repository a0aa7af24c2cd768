#include <atomic>
#include <boost/test/unit_test.hpp>
#include <latch>
#include <thread>

#include "tests/api/test_app.h"

using namespace parse;
using test::TestApp;

namespace {

const TestApp::Fields kForm{{"Content-Type", "application/x-www-form-urlencoded"}};
const TestApp::Fields kScript{{"Content-Type", "application/x-www-form-urlencoded"},
                              {"X-Requested-With", "XMLHttpRequest"}};

/// An app that verifies addresses, with the user ada@example.org.
struct App : TestApp {
  explicit App(test::MailChoices mails = verifying(), AccountChoices accounts = {})
      : TestApp({}, {}, std::move(accounts), std::move(mails)) {
    const auto signup = post("/users", R"({"username":"ada","password":"old","email":"ada@example.org"})");
    user = member(signup, "objectId").as<std::string>();
    verify_token = mailer().take().value().token();
  }
  static test::MailChoices verifying() {
    test::MailChoices choices;
    choices.email.verify_emails = true;
    return choices;
  }
  std::string reset_token() {
    post("/requestPasswordReset", R"({"email":"ada@example.org"})");
    return mailer().take().value().token();
  }
  http::Response reset(const std::string& token, const std::string& password, const Fields& fields = kForm) {
    return post("/apps/app/request_password_reset", "token=" + token + "&new_password=" + password, fields);
  }
  int login(const std::string& password) {
    return post("/login", R"({"username":"ada","password":")" + password + R"("})").status;
  }
  bool is_verified() { return member(get("/users/" + user, kMaster), "emailVerified").as<bool>(); }

  std::string user;
  std::string verify_token;
};

std::string field(const http::Response& response, const std::string& name) {
  const std::string* value = response.headers.find(name);
  return value ? *value : std::string();
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(api_mail)

BOOST_AUTO_TEST_CASE(a_signup_sends_a_link_that_verifies_the_address) {
  App app;
  BOOST_TEST(!app.is_verified());
  const auto page = app.get("/apps/app/verify_email?token=" + app.verify_token, {});
  BOOST_TEST(page.status == 200);
  BOOST_TEST(page.content_type == "text/html; charset=utf-8");
  BOOST_TEST(contains(page.body, "Your e-mail address is confirmed"));
  BOOST_TEST(app.is_verified());
  BOOST_TEST(contains(app.get("/apps/app/verify_email?token=" + app.verify_token, {}).body, "This link is not valid"));
}

BOOST_AUTO_TEST_CASE(a_new_address_must_be_verified_again) {
  App app;
  app.get("/apps/app/verify_email?token=" + app.verify_token, {});
  app.put("/users/" + app.user, R"({"email":"ada@example.com"})", TestApp::kMaster);
  BOOST_TEST(app.mailer().take().value().account.user.at("email").as<std::string>() == "ada@example.com");
  BOOST_TEST(!app.is_verified());
}

BOOST_AUTO_TEST_CASE(an_address_that_is_taken_away_cannot_be_verified) {
  App app;
  app.put("/users/" + app.user, R"({"email":{"__op":"Delete"}})", TestApp::kMaster);
  BOOST_TEST(contains(app.get("/apps/app/verify_email?token=" + app.verify_token, {}).body, "This link is not valid"));
}

BOOST_AUTO_TEST_CASE(tokens_never_reach_clients) {
  App app;
  app.reset_token();
  for (const auto& answer : {app.get("/users/" + app.user, TestApp::kMaster), app.get("/users", TestApp::kMaster)}) {
    BOOST_TEST(!contains(answer.body, "_email_verify_token"));
    BOOST_TEST(!contains(answer.body, "_perishable_token"));
  }
}

BOOST_AUTO_TEST_CASE(a_link_shows_the_form_and_the_form_sets_the_password) {
  App app;
  const std::string token = app.reset_token();
  const auto form = app.get("/apps/app/request_password_reset?token=" + token, {});
  BOOST_TEST(form.status == 200);
  BOOST_TEST(contains(form.body, "name=\"token\" value=\"" + token + "\""));
  BOOST_TEST(field(form, "x-parse-page-param-token") == token);
  const auto done = app.reset(token, "new+word");
  BOOST_TEST(done.status == 200);
  BOOST_TEST(contains(done.body, "Your password has been changed"));
  BOOST_TEST(app.login("new word") == 200);
  BOOST_TEST(app.login("old") == 404);
  BOOST_TEST(contains(app.get("/apps/app/request_password_reset?token=" + token, {}).body, "This link is not valid"));
}

BOOST_AUTO_TEST_CASE(scripts_get_json) {
  App app;
  const std::string token = app.reset_token();
  BOOST_TEST(app.reset("", "new", kScript).body == R"({"code":-1,"error":"Missing token"})");
  BOOST_TEST(app.reset(token, "", kScript).body == R"({"code":201,"error":"Missing password"})");
  BOOST_TEST(app.reset("other", "new", kScript).body ==
             R"({"code":-1,"error":"Failed to reset password: username / email / token is invalid"})");
  BOOST_TEST(app.reset(token, "new", kScript).body == R"("Password successfully reset")");
}

BOOST_AUTO_TEST_CASE(an_incomplete_form_leads_to_the_page_for_bad_links) {
  App app;
  const auto answer = app.reset("", "new");
  BOOST_TEST(answer.status == 303);
  BOOST_TEST(
      field(answer, "Location").starts_with("https://chess.example/parse/apps/password_reset_link_invalid.html?"));
}

BOOST_AUTO_TEST_CASE(a_password_that_is_refused_shows_the_form_again) {
  TestApp::AccountChoices accounts;
  accounts.password_policy.pattern = std::make_shared<query::CompiledRegex>("[0-9]", "");
  accounts.password_policy.validation_error = "No digit";
  test::MailChoices mails = App::verifying();
  TestApp app({}, {}, std::move(accounts), mails);
  app.post("/users", R"({"username":"ada","password":"old1","email":"ada@example.org"})");
  app.mailer().take();
  app.post("/requestPasswordReset", R"({"email":"ada@example.org"})");
  const std::string token = app.mailer().take().value().token();
  const auto answer = app.post("/apps/app/request_password_reset", "token=" + token + "&new_password=x", kForm);
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(contains(answer.body, "No digit"));
  BOOST_TEST(contains(answer.body, token));
}

BOOST_AUTO_TEST_CASE(a_verification_mail_is_sent_again_by_the_form) {
  App app;
  const auto answer = app.post("/apps/app/resend_verification_email", "username=ada", kForm);
  BOOST_TEST(answer.status == 303);
  BOOST_TEST(
      field(answer, "Location").starts_with("https://chess.example/parse/apps/email_verification_send_success.html?"));
  BOOST_TEST(app.mailer().take().has_value());
  const auto nothing = app.post("/apps/app/resend_verification_email", "", kForm);
  BOOST_TEST(contains(field(nothing, "Location"), "email_verification_link_invalid.html"));
}

// GHSA-h29g-q5c2-9h4f
BOOST_AUTO_TEST_CASE(the_resend_page_answers_alike_for_unknown_users) {
  App app;
  const auto known = app.post("/apps/app/resend_verification_email", "username=ada", kForm);
  const auto unknown = app.post("/apps/app/resend_verification_email", "username=nobody", kForm);
  BOOST_TEST(known.status == unknown.status);
  BOOST_TEST(field(known, "Location") == field(unknown, "Location"));
}

// GHSA-w54v-hf9p-8856
BOOST_AUTO_TEST_CASE(requests_for_mails_answer_alike_for_unknown_addresses) {
  App app;
  for (const char* route : {"/requestPasswordReset", "/verificationEmailRequest"}) {
    const auto known = app.post(route, R"({"email":"ada@example.org"})");
    const auto unknown = app.post(route, R"({"email":"nobody@example.org"})");
    BOOST_TEST(known.status == 200);
    BOOST_TEST(known.body == "{}");
    BOOST_TEST(unknown.status == 200);
    BOOST_TEST(unknown.body == "{}");
  }
}

// GHSA-vgjh-hmwf-c588
BOOST_AUTO_TEST_CASE(tokens_and_addresses_of_other_types_are_refused) {
  App app;
  const std::string token = app.reset_token();
  for (const char* body : {R"({"email":{"$ne":null}})", R"({"email":["ada@example.org"]})", R"({"email":1})"}) {
    BOOST_TEST(TestApp::code(app.post("/requestPasswordReset", body)) == 125);
    BOOST_TEST(TestApp::code(app.post("/verificationEmailRequest", body)) == 125);
  }
  BOOST_TEST(TestApp::code(app.post("/requestPasswordReset", R"({"token":{"$ne":null}})")) == 162);
  for (const char* query : {"token[$ne]=x", "token[]=x", "token=a&token=b", "token[$regex]=."}) {
    const std::string target = std::string("?") + query;
    BOOST_TEST(contains(app.get("/apps/app/verify_email" + target, {}).body, "This link is not valid"), query);
    BOOST_TEST(contains(app.get("/apps/app/request_password_reset" + target, {}).body, "This link is not valid"));
    BOOST_TEST(app.post("/apps/app/request_password_reset", std::string(query) + "&new_password=x", kForm).status ==
               303);
  }
  BOOST_TEST(app.login("old") == 200);
}

// GHSA-r3xq-68wh-gwvh
BOOST_AUTO_TEST_CASE(of_twenty_uses_of_one_reset_link_at_once_one_succeeds) {
  App app;
  const std::string token = app.reset_token();
  constexpr int kUses = 20;
  std::latch together(kUses);
  std::atomic<int> good = 0;
  std::vector<std::jthread> callers;
  for (int i = 0; i < kUses; ++i) {
    callers.emplace_back([&, i] {
      together.arrive_and_wait();
      good += app.reset(token, "p" + std::to_string(i), kScript).status == 200 ? 1 : 0;
    });
  }
  callers.clear();
  BOOST_TEST(good == 1);
}

BOOST_AUTO_TEST_CASE(pages_of_another_app_are_refused) {
  App app;
  for (const char* target : {"/apps/other/verify_email?token=x", "/apps/other/request_password_reset?token=x",
                             "/apps/choose_password", "/apps/choose_password?appId=other"}) {
    const auto answer = app.get(target, {});
    BOOST_TEST(answer.status == 403, target);
    BOOST_TEST(answer.body == R"({"error":"unauthorized"})");
  }
  BOOST_TEST(app.get("/apps/choose_password?appId=app&token=t", {}).status == 200);
}

// GHSA-jhgf-2h8h-ggxv
BOOST_AUTO_TEST_CASE(pages_never_show_what_a_request_says_as_markup) {
  App app;
  const std::string evil = "%22%27%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%5C";
  for (const std::string& target :
       {"/apps/choose_password?appId=app&token=" + evil + "&username=" + evil + "&locale=" + evil,
        "/apps/app/verify_email?token=" + evil,
        "/apps/password_reset.html?appId=app&token=" + evil + "&error=" + evil + "&username=" + evil}) {
    const auto answer = app.get(target, {});
    BOOST_TEST(answer.status == 200, target);
    BOOST_TEST(!contains(answer.body, "<script>alert"), target);
    BOOST_TEST(!contains(answer.body, "\"'"), target);
  }
}

BOOST_AUTO_TEST_CASE(header_fields_of_pages_hold_no_line_ends) {
  App app;
  const auto answer = app.get("/apps/choose_password?appId=app&token=a%0d%0aSet-Cookie:%20x&locale=de%0d%0aX:%20y", {});
  for (const auto& [name, value] : answer.headers) {
    BOOST_TEST(value.find_first_of("\r\n") == std::string::npos, name);
  }
  BOOST_TEST(field(answer, "x-parse-page-param-locale").empty());
}

// GHSA-hm3f-q6rw-m6wh
BOOST_AUTO_TEST_CASE(no_file_outside_the_folder_of_pages_is_served) {
  App app;
  for (const char* target : {"/apps/..%2f..%2fetc%2fpasswd", "/apps/%2e%2e/%2e%2e/etc/passwd", "/apps/%2fetc%2fpasswd",
                             "/apps/none.html", "/apps/de%00/password_reset.html"}) {
    BOOST_TEST(app.get(target, {}).status == 404, target);
  }
}

// GHSA-ghhw-p8hv-9c87
BOOST_AUTO_TEST_CASE(a_locale_is_never_a_path) {
  test::MailChoices mails = App::verifying();
  mails.pages.localize = true;
  App app(mails);
  for (const char* locale : {"..%2f..%2fetc", "de%2f..", "/etc", "de%5c"}) {
    const auto answer = app.get(std::string("/apps/choose_password?appId=app&locale=") + locale, {});
    BOOST_TEST(answer.status == 200, locale);
    BOOST_TEST(contains(answer.body, "lang=\"en\""), locale);
  }
  BOOST_TEST(contains(app.get("/apps/choose_password?appId=app&locale=de-AT", {}).body, "lang=\"de\""));
}

BOOST_AUTO_TEST_CASE(addresses_with_tokens_are_neither_kept_nor_told) {
  App app;
  const auto answer = app.get("/apps/app/request_password_reset?token=" + app.reset_token(), {});
  BOOST_TEST(field(answer, "Cache-Control") == "no-store");
  BOOST_TEST(field(answer, "Referrer-Policy") == "no-referrer");
  BOOST_TEST(field(answer, "X-Content-Type-Options") == "nosniff");
}

BOOST_AUTO_TEST_CASE(pages_need_no_keys_and_the_rest_of_the_server_does) {
  App app;
  BOOST_TEST(app.get("/apps/none.css", {}).status == 404);
  BOOST_TEST(app.post("/apps/app/verify_email", "", kForm).status == 403);
  BOOST_TEST(app.post("/requestPasswordReset", R"({"email":"ada@example.org"})", {}).status == 403);
}

BOOST_AUTO_TEST_SUITE_END()
