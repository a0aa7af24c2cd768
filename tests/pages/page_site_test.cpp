#include "pages/page_site.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "object/json.h"
#include "tests/support/temp_folder.h"

using namespace parse;
using pages::Form;
using pages::Page;
using pages::PageAnswer;

namespace {

constexpr Page kAllPages[] = {Page::kPasswordReset,
                              Page::kPasswordResetSuccess,
                              Page::kPasswordResetLinkInvalid,
                              Page::kEmailVerificationSuccess,
                              Page::kEmailVerificationSendFail,
                              Page::kEmailVerificationSendSuccess,
                              Page::kEmailVerificationLinkInvalid,
                              Page::kEmailVerificationLinkExpired};

struct Fixture {
  Fixture() {
    settings.app_id = "app";
    settings.app_name = "Chess";
    settings.public_url = "https://chess.example/parse";
    std::filesystem::create_directories(temp.file("pages/de"));
    std::filesystem::create_directories(temp.file("pages-x"));
  }
  PageAnswer show(Page page, pages::PageParams params = {}, const std::string& locale = "",
                  Form form = Form::kPage) const {
    return pages::PageSite(settings).show(page, std::move(params), locale, form);
  }
  PageAnswer file(const std::string& name, pages::PageParams params = {}, const std::string& locale = "") const {
    return pages::PageSite(settings).file(name, std::move(params), locale);
  }
  /// The app's own folder, with this text as the form for a new password.
  void use_folder(const std::string& text) {
    settings.folder = temp.file("pages");
    temp.write("pages/password_reset.html", text);
  }
  static bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
  static std::string field(const PageAnswer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.fields) {
      if (key == name) return value;
    }
    return {};
  }

  test::TempFolder temp;
  pages::PageSettings settings;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(page_site, Fixture)

BOOST_AUTO_TEST_CASE(every_page_is_built_in_in_english_and_german) {
  settings.localize = true;
  for (const Page page : kAllPages) {
    const PageAnswer english = show(page);
    const PageAnswer german = show(page, {}, "de-AT");
    BOOST_TEST(english.status == 200);
    BOOST_TEST(contains(english.body, "<h1>Chess</h1>"));
    BOOST_TEST(contains(english.body, "lang=\"en\""));
    BOOST_TEST(contains(german.body, "lang=\"de\""));
    BOOST_TEST(!contains(english.body + german.body, "$"), pages::page_id(page));
  }
}

BOOST_AUTO_TEST_CASE(without_the_name_of_the_app_or_its_address_there_are_no_pages) {
  settings.app_name.clear();
  BOOST_TEST(show(Page::kPasswordReset).status == 404);
  settings.app_name = "Chess";
  settings.public_url.clear();
  BOOST_TEST(show(Page::kPasswordReset).status == 404);
}

BOOST_AUTO_TEST_CASE(the_form_carries_the_token_to_the_address_of_the_app) {
  settings.endpoint = "seiten";
  const PageAnswer answer = show(Page::kPasswordReset, {{"token", "t0k3n"}});
  BOOST_TEST(contains(answer.body, "name=\"token\" value=\"t0k3n\""));
  BOOST_TEST(contains(answer.body, "&#47;seiten&#47;app/request_password_reset") == false);
  BOOST_TEST(contains(answer.body, "parse/seiten/app/request_password_reset"));
}

BOOST_AUTO_TEST_CASE(parameters_are_told_in_header_fields) {
  const PageAnswer answer = show(Page::kPasswordReset, {{"token", "t"}}, "de");
  BOOST_TEST(field(answer, "x-parse-page-param-token") == "t");
  BOOST_TEST(field(answer, "x-parse-page-param-appid") == "app");
  BOOST_TEST(field(answer, "x-parse-page-param-appname") == "Chess");
  BOOST_TEST(field(answer, "x-parse-page-param-publicserverurl") == "https://chess.example/parse");
  BOOST_TEST(field(answer, "x-parse-page-param-locale") == "de");
}

BOOST_AUTO_TEST_CASE(header_fields_hold_no_line_ends) {
  const PageAnswer answer = show(Page::kPasswordReset, {{"error", "a\r\nSet-Cookie: x=1\x7f"}}, "", Form::kRedirect);
  BOOST_TEST(field(answer, "x-parse-page-param-error") == "aSet-Cookie: x=1");
  BOOST_TEST(answer.location.find_first_of("\r\n") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(header_fields_can_be_percent_encoded) {
  settings.encode_params = true;
  settings.app_name = "Schach für alle";
  BOOST_TEST(field(show(Page::kPasswordReset), "x-parse-page-param-appname") == "Schach%20f%C3%BCr%20alle");
}

BOOST_AUTO_TEST_CASE(a_redirect_leads_to_the_file_in_the_best_language_with_the_parameters) {
  settings.localize = true;
  const PageAnswer answer = show(Page::kPasswordResetSuccess, {{"token", "a b&c"}}, "de-AT", Form::kRedirect);
  BOOST_TEST(answer.status == 303);
  BOOST_TEST(answer.body.empty());
  BOOST_TEST(answer.location.starts_with("https://chess.example/parse/apps/de/password_reset_success.html?"));
  BOOST_TEST(contains(answer.location, "locale=de-AT"));
  BOOST_TEST((contains(answer.location, "token=a+b%26c") || contains(answer.location, "token=a%20b%26c")));
}

BOOST_AUTO_TEST_CASE(redirects_can_be_forced) {
  settings.force_redirect = true;
  BOOST_TEST(show(Page::kPasswordReset).status == 303);
}

BOOST_AUTO_TEST_CASE(a_page_can_be_elsewhere) {
  settings.custom_urls = {{"passwordReset", "https://chess.example/new?x=1#top"}};
  const PageAnswer answer = show(Page::kPasswordReset, {{"token", "t"}});
  BOOST_TEST(answer.status == 303);
  BOOST_TEST(answer.location.starts_with("https://chess.example/new?x=1&token=t&"));
  BOOST_TEST(answer.location.ends_with("#top"));
  BOOST_TEST(show(Page::kPasswordResetSuccess).status == 200);
}

BOOST_AUTO_TEST_CASE(own_files_come_before_the_built_in_ones) {
  use_folder("own {{appName}} {{token}}");
  settings.localize = true;
  BOOST_TEST(show(Page::kPasswordReset, {{"token", "t"}}).body == "own Chess t");
  BOOST_TEST(show(Page::kPasswordReset, {{"token", "t"}}, "de").body == "own Chess t");
  temp.write("pages/de/password_reset.html", "eigene");
  BOOST_TEST(show(Page::kPasswordReset, {}, "de-AT").body == "eigene");
  BOOST_TEST(contains(show(Page::kPasswordResetSuccess).body, "<h1>Chess</h1>"));
}

BOOST_AUTO_TEST_CASE(placeholders_of_the_app_fill_every_page) {
  use_folder("{{color}} {{appName}}");
  settings.placeholders = {{"color", "blue"}};
  BOOST_TEST(show(Page::kPasswordReset).body == "blue Chess");
}

BOOST_AUTO_TEST_CASE(translations_fill_placeholders_by_locale_language_and_fallback) {
  use_folder("{{title}}");
  settings.localize = true;
  settings.translations = object::parse_json(R"({"en":{"translation":{"title":"Hi {{appName}}"}},
      "de":{"translation":{"title":"Hallo"}},"de-AT":{"translation":{"title":"Servus"}}})")
                              .as<object::Object>();
  const auto title = [&](const char* locale) { return show(Page::kPasswordReset, {}, locale).body; };
  BOOST_TEST(title("de-AT") == "Servus");
  BOOST_TEST(title("de-CH") == "Hallo");
  BOOST_TEST(title("fr") == "Hi Chess");
  BOOST_TEST(title("") == "Hi Chess");
}

// GHSA-jhgf-2h8h-ggxv
BOOST_AUTO_TEST_CASE(parameters_never_become_markup_or_script) {
  const std::string evil = "\"'><script>alert(1)</script>\\";
  use_folder("<p>{{error}}{{{error}}}</p><a title=\"{{token}}\"></a><script>var x = '{{username}}';</script>");
  const PageAnswer own = show(Page::kPasswordReset, {{"error", evil}, {"token", evil}, {"username", evil}}, "");
  BOOST_TEST(!contains(own.body, "<script>alert"));
  BOOST_TEST(!contains(own.body, "\"'"));
  BOOST_TEST(!contains(own.body, "\\"));
  settings.folder.clear();
  for (const Page page : kAllPages) {
    const PageAnswer answer = show(page, {{"error", evil}, {"token", evil}, {"username", evil}, {"locale", evil}});
    BOOST_TEST(!contains(answer.body, "<script>alert"), pages::page_id(page));
    BOOST_TEST(!contains(answer.body, "\"'"), pages::page_id(page));
  }
}

// GHSA-jhgf-2h8h-ggxv
BOOST_AUTO_TEST_CASE(translations_escape_what_a_request_puts_into_them) {
  use_folder("{{title}}");
  settings.localize = true;
  settings.translations = object::parse_json(R"({"en":{"translation":{"title":"{{error}}"}}})").as<object::Object>();
  BOOST_TEST(show(Page::kPasswordReset, {{"error", "<b>"}}).body == "&#60;b&#62;");
}

BOOST_AUTO_TEST_CASE(files_below_the_folder_are_served_with_the_type_of_their_ending) {
  use_folder("x");
  temp.write("pages/style.css", "b{}");
  temp.write("pages/de/logo.svg", "<svg/>");
  temp.write("pages/data", "?");
  BOOST_TEST(file("style.css").content_type == "text/css; charset=utf-8");
  BOOST_TEST(file("de/logo.svg").content_type == "image/svg+xml");
  BOOST_TEST(file("data").content_type == "application/octet-stream");
  BOOST_TEST(file("style.css").body == "b{}");
  BOOST_TEST(file("none.css").status == 404);
  BOOST_TEST(file("de").status == 404);
}

BOOST_AUTO_TEST_CASE(html_files_are_filled) {
  use_folder("{{token}} {{locale}}");
  BOOST_TEST(file("password_reset.html", {{"token", "t"}}, "de").body == "t de");
  BOOST_TEST(contains(file("de/password_reset_success.html").body, "lang=\"de\""));
}

// GHSA-hm3f-q6rw-m6wh
BOOST_AUTO_TEST_CASE(files_outside_the_folder_are_not_found) {
  use_folder("x");
  temp.write("secret", "secret");
  temp.write("pages-x/secret", "secret");
  for (const char* name : {"../secret", "../pages-x/secret", "de/../../secret", "/etc/passwd", "..", "."}) {
    BOOST_TEST(file(name).status == 404, name);
  }
  BOOST_TEST(file(temp.file("secret")).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
