#include "mail/settings.h"

#include <boost/test/unit_test.hpp>

#include "object/json.h"

using namespace parse;

namespace {

struct Read {
  explicit Read(const std::string& json) : settings(mail::read_mail_settings(object::parse_json(json), problems)) {}
  const mail::SmtpSettings& smtp() const { return std::get<mail::SmtpMailerSettings>(settings).smtp; }

  std::vector<std::string> problems;
  mail::MailSettings settings;
};

std::string smtp(const std::string& more) {
  return R"({"smtp":{"host":"mail.example.org","from":"a@x.org")" + more + "}}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mail_settings)

BOOST_AUTO_TEST_CASE(host_and_sender_are_enough) {
  const Read read(smtp(""));
  BOOST_TEST(read.problems.empty());
  BOOST_TEST(read.smtp().port == 587);
  BOOST_TEST((read.smtp().security == mail::SmtpSecurity::kStartTls));
}

BOOST_AUTO_TEST_CASE(port_465_means_tls_unless_something_else_is_said) {
  BOOST_TEST((Read(smtp(R"(,"port":465)")).smtp().security == mail::SmtpSecurity::kTls));
  BOOST_TEST((Read(smtp(R"(,"port":465,"secure":"none")")).smtp().security == mail::SmtpSecurity::kNone));
}

BOOST_AUTO_TEST_CASE(an_adapter_elsewhere_is_read) {
  const Read read(R"({"http":{"url":"https://x.org","methods":["sendMail"],"secret":"s"}})");
  BOOST_TEST(read.problems.empty());
  BOOST_TEST(std::get<net::RemoteAdapterSettings>(read.settings).url == "https://x.org");
}

BOOST_AUTO_TEST_CASE(every_mistake_is_named_with_the_option) {
  for (const std::string& json :
       {std::string("{}"),
        std::string("\"module\""),
        std::string(R"({"smtp":1})"),
        std::string(R"({"smtp":{}})"),
        std::string(R"({"smtp":{},"http":{}})"),
        std::string(R"({"other":{}})"),
        smtp(R"(,"port":0)"),
        smtp(R"(,"port":"25")"),
        smtp(R"(,"port":65536)"),
        smtp(R"(,"secure":"maybe")"),
        smtp(R"(,"user":"u")"),
        smtp(R"(,"password":"p")"),
        smtp(R"(,"secure":"none","user":"u","password":"p")"),
        smtp(R"(,"from":"nobody")"),
        smtp(R"(,"from":"a@x\r\nBcc: b@x")"),
        smtp(R"(,"timeout":0)"),
        smtp(R"(,"caFile":"/no/such")"),
        smtp(R"(,"templatesPath":"/no/such")"),
        smtp(R"(,"color":1)"),
        std::string(R"({"http":{}})"),
        std::string(R"({"http":{"url":"https://x.org","methods":["sendVerificationEmail"],"secret":"s"}})")}) {
    const Read read(json);
    BOOST_TEST(!read.problems.empty(), json);
    for (const std::string& problem : read.problems) BOOST_TEST(problem.starts_with("'emailAdapter' "), problem);
  }
}

BOOST_AUTO_TEST_SUITE_END()
