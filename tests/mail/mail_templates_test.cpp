#include "mail/mail_templates.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "tests/support/temp_folder.h"

using namespace parse;
using mail::Mail;
using mail::MailTemplates;

namespace {

mail::AccountMail mail_for(object::Object user) { return {"Chess", "https://x.org/?token=1", std::move(user)}; }

object::Object ada() { return {{"username", "ada"}, {"email", "ada@example.org"}, {"language", "de-AT"}}; }

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(mail_templates)

BOOST_AUTO_TEST_CASE(built_in_texts_name_the_app_and_carry_the_link) {
  for (const Mail& mail :
       {MailTemplates({}).verification(mail_for(ada())), MailTemplates({}).password_reset(mail_for(ada()))}) {
    BOOST_TEST(mail.to == "ada@example.org");
    BOOST_TEST(contains(mail.subject, "Chess"));
    BOOST_TEST(contains(mail.text, "https://x.org/?token=1"));
    BOOST_TEST(!mail.html);
  }
}

BOOST_AUTO_TEST_CASE(the_language_is_that_of_the_user) {
  const MailTemplates templates({.folder = "", .locale_field = "language"});
  BOOST_TEST(contains(templates.password_reset(mail_for(ada())).text, "Guten Tag"));
  object::Object other = ada();
  other.set("language", "../de");
  BOOST_TEST(contains(templates.password_reset(mail_for(other)).text, "Hello"));
}

BOOST_AUTO_TEST_CASE(a_user_without_an_address_is_reached_by_his_username) {
  BOOST_TEST(MailTemplates({}).password_reset(mail_for({{"username", "bob@example.org"}})).to == "bob@example.org");
}

BOOST_AUTO_TEST_CASE(own_files_come_before_the_built_in_texts) {
  test::TempFolder temp;
  std::filesystem::create_directory(temp.file("de"));
  temp.write("password_reset.subject.txt", "Reset {{appName}}\n");
  temp.write("password_reset.html", "<a href=\"{{link}}\">{{username}}</a>");
  temp.write("de/password_reset.txt", "Hallo {{username}}: {{link}}");
  const Mail mail = MailTemplates({temp.path(), "language"}).password_reset(mail_for(ada()));
  BOOST_TEST(mail.subject == "Reset Chess");
  BOOST_TEST(mail.text == "Hallo ada: https://x.org/?token=1");
  BOOST_TEST(contains(mail.html.value(), ">ada</a>"));
}

BOOST_AUTO_TEST_CASE(what_a_user_chose_stays_in_its_line_and_never_becomes_markup) {
  test::TempFolder temp;
  temp.write("verification.html", "<p>{{username}}</p>");
  object::Object user = ada();
  user.set("username", "<b>x</b>\r\nBcc: victim@example.org");
  const Mail mail = MailTemplates({temp.path(), ""}).verification(mail_for(user));
  BOOST_TEST(!contains(mail.html.value(), "<b>"));
  BOOST_TEST(!contains(mail.subject + MailTemplates({}).password_reset(mail_for(user)).text, "\nBcc"));
}

BOOST_AUTO_TEST_SUITE_END()
