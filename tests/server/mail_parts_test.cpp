#include "server/mail_parts.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "object/json.h"
#include "schema/schema_cache.h"
#include "storage/sqlite/sqlite_adapter.h"
#include "tests/support/temp_folder.h"

using namespace parse;

namespace {

config::Options configured() {
  config::Options options;
  options.keys.app_id = "app";
  options.email.app_name = "Chess";
  options.network.public_server_url = "https://chess.example/parse/";
  return options;
}

/// What the links lead to, on a database of its own.
struct Links {
  explicit Links(const config::Options& options)
      : mail(options), links(mail, {*storage, schemas}, {hasher, policy, lockout, sessions}) {}

  http::Response open(const std::string& path, const std::string& query) const {
    http::Request request;
    request.path = path;
    request.query = query;
    return links.services().pages.respond(request, path, 1, nullptr).value();
  }
  std::string location(const std::string& path, const std::string& query = "") const {
    const http::Response response = open(path, query);
    const std::string* value = response.headers.find("Location");
    return value ? *value : std::string();
  }

  std::unique_ptr<storage::Adapter> storage = storage::sqlite::open_sqlite({});
  schema::SchemaCache cache;
  rest::SchemaService schemas{*storage, cache, {}};
  auth::PasswordHasher hasher{{.cost = 4, .threads = 1}};
  auth::PasswordPolicy policy;
  auth::AccountLockout lockout;
  auth::Sessions sessions{*storage, {}};
  server::MailParts mail;
  server::LinkParts links;
};

template <typename Made>
void expect_refused(const config::Options& options, const std::string& option) {
  BOOST_CHECK_EXCEPTION(Made{options}, Error, [&](const Error& error) {
    BOOST_TEST(error.message().starts_with("'" + option + "' "), error.message());
    return true;
  });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(server_mail_parts)

BOOST_AUTO_TEST_CASE(without_an_adapter_mails_cannot_be_asked_for) {
  const server::MailParts parts(configured());
  BOOST_CHECK_THROW(parts.mail().require_configuration(), Error);
}

BOOST_AUTO_TEST_CASE(with_adapter_name_and_address_they_can) {
  config::Options options = configured();
  options.email.adapter = object::parse_json(R"({"smtp":{"host":"127.0.0.1","from":"a@x.org"}})");
  const server::MailParts parts(options);
  parts.mail().require_configuration();
  BOOST_TEST(parts.mail().settings().public_url == "https://chess.example/parse");
}

BOOST_AUTO_TEST_CASE(mistakes_in_the_adapter_stop_the_start) {
  config::Options options = configured();
  options.email.adapter = "./my-mailer.js";
  expect_refused<server::MailParts>(options, "emailAdapter");
}

BOOST_AUTO_TEST_CASE(missing_files_of_the_pages_stop_the_start) {
  config::Options options = configured();
  options.pages.path = "/no/such/folder";
  expect_refused<Links>(options, "pages.pagesPath");
  options.pages.path.clear();
  options.pages.localization_json_path = "/no/such/file.json";
  expect_refused<Links>(options, "pages.localizationJsonPath");
}

BOOST_AUTO_TEST_CASE(translations_must_be_a_json_object) {
  const test::TempFolder temp;
  config::Options options = configured();
  options.pages.localization_json_path = temp.write("texts.json", "[1]");
  expect_refused<Links>(options, "pages.localizationJsonPath");
}

BOOST_AUTO_TEST_CASE(older_names_lead_to_pages_elsewhere_and_newer_ones_come_first) {
  config::Options options = configured();
  options.pages.custom_pages = {{"choosePassword", "https://old.example/choose"},
                                {"invalidLink", "https://old.example/invalid"},
                                {"invalidPasswordResetLink", "https://old.example/reset"}};
  options.pages.custom_urls = {{"passwordReset", "https://new.example/choose"}};
  const Links links(options);
  BOOST_TEST(links.location("/apps/choose_password", "appId=app").starts_with("https://new.example/choose?"));
  BOOST_TEST(links.location("/apps/app/request_password_reset").starts_with("https://old.example/reset?"));
  BOOST_TEST(links.location("/apps/app/verify_email").starts_with("https://old.example/invalid?"));
}

BOOST_AUTO_TEST_CASE(the_segment_of_the_pages_can_be_chosen) {
  config::Options options = configured();
  options.pages.endpoint = "seiten";
  const Links links(options);
  BOOST_TEST(links.open("/seiten/choose_password", "appId=app").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
