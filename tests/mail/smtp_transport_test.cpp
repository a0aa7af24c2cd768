#include "mail/smtp_transport.h"

#include <boost/test/unit_test.hpp>

#include "tests/mail/fake_smtp_server.h"

using namespace parse;
using mail::Attempt;
using mail::SmtpSettings;
using test::FakeSmtpServer;
using Answers = FakeSmtpServer::Answers;

namespace {

SmtpSettings settings_for(const FakeSmtpServer& server) {
  SmtpSettings settings;
  settings.host = "127.0.0.1";
  settings.port = server.port();
  settings.security = mail::SmtpSecurity::kNone;
  settings.from = "Schäch <chess@example.org>";
  settings.timeout = std::chrono::seconds(5);
  return settings;
}

Attempt deliver(FakeSmtpServer& server, const mail::Mail& sent) {
  return mail::SmtpTransport(settings_for(server)).deliver(sent);
}

const mail::Mail kMail{.to = "ada@example.org", .subject = "Hello", .text = "First line\nSecond line\n"};

bool has_line(FakeSmtpServer& server, const std::string& line) {
  for (const std::string& sent : server.lines()) {
    if (sent == line) return true;
  }
  return false;
}

}  // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(Attempt::Outcome)
BOOST_AUTO_TEST_SUITE(smtp_transport)

BOOST_AUTO_TEST_CASE(a_mail_has_its_envelope_head_and_text) {
  FakeSmtpServer server;
  BOOST_TEST(deliver(server, kMail).outcome == Attempt::Outcome::kDelivered);
  BOOST_TEST(has_line(server, "MAIL FROM: <chess@example.org>"));
  BOOST_TEST(has_line(server, "RCPT TO: <ada@example.org>"));
  BOOST_TEST(has_line(server, "Subject: Hello"));
  BOOST_TEST(server.text().find("\nTo: <ada@example.org>\n") != std::string::npos, server.text());
  BOOST_TEST(has_line(server, "First line"));
  BOOST_TEST(has_line(server, "Second line"));
  BOOST_TEST(server.text().find("Message-ID: <") != std::string::npos);
  BOOST_TEST(server.text().find("charset=UTF-8") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_line_of_one_dot_does_not_end_the_mail) {
  FakeSmtpServer server;
  mail::Mail mail = kMail;
  mail.text = "before\n.\nafter\n";
  BOOST_TEST(deliver(server, mail).outcome == Attempt::Outcome::kDelivered);
  BOOST_TEST(has_line(server, "after"));
}

BOOST_AUTO_TEST_CASE(html_is_sent_beside_the_text) {
  FakeSmtpServer server;
  mail::Mail mail = kMail;
  mail.html = "<p>Hello</p>";
  deliver(server, mail);
  BOOST_TEST(server.text().find("multipart/alternative") != std::string::npos);
  BOOST_TEST(server.text().find("text/html") != std::string::npos);
  BOOST_TEST(server.text().find("text/plain") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(line_ends_in_a_subject_add_nothing_to_the_head) {
  FakeSmtpServer server;
  mail::Mail mail = kMail;
  mail.subject = "Hello\r\nBcc: victim@example.org\r\n\r\nbody";
  deliver(server, mail);
  for (const std::string& line : server.lines()) BOOST_TEST(!line.starts_with("Bcc:"), line);
}

BOOST_AUTO_TEST_CASE(an_address_that_names_more_than_one_recipient_is_refused) {
  for (const char* to : {"a@x.org\r\nRCPT TO:<b@x.org>", "a@x.org, b@x.org", "a@x.org> NOTIFY=NEVER", "<a@x.org>",
                         "a b@x.org", "\"a\"@x.org", "a@x.org;b", "", "ada", "ädä@x.org"}) {
    FakeSmtpServer server;
    mail::Mail mail = kMail;
    mail.to = to;
    BOOST_TEST(deliver(server, mail).outcome == Attempt::Outcome::kRefused, to);
    BOOST_TEST(server.lines().empty());
  }
}

BOOST_AUTO_TEST_CASE(what_the_server_refuses_for_ever_is_not_tried_again) {
  FakeSmtpServer server(Answers{{"RCPT", "550 no such user"}});
  const Attempt attempt = deliver(server, kMail);
  BOOST_TEST(attempt.outcome == Attempt::Outcome::kRefused);
  BOOST_TEST(attempt.reason.find("no such user") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_the_server_refuses_for_now_is_tried_again) {
  FakeSmtpServer server(Answers{{"RCPT", "451 come back later"}});
  BOOST_TEST(deliver(server, kMail).outcome == Attempt::Outcome::kTryAgain);
}

BOOST_AUTO_TEST_CASE(a_server_that_hangs_up_is_tried_again) {
  FakeSmtpServer server(Answers{{"DATA", ""}});
  BOOST_TEST(deliver(server, kMail).outcome == Attempt::Outcome::kTryAgain);
}

BOOST_AUTO_TEST_CASE(nobody_listening_is_tried_again) {
  SmtpSettings settings;
  {
    FakeSmtpServer server;
    settings = settings_for(server);
  }
  BOOST_TEST(mail::SmtpTransport(settings).deliver(kMail).outcome == Attempt::Outcome::kTryAgain);
}

BOOST_AUTO_TEST_CASE(a_server_that_never_answers_costs_no_more_than_the_timeout) {
  FakeSmtpServer server(Answers{{"", "silence"}});
  SmtpSettings settings = settings_for(server);
  settings.timeout = std::chrono::milliseconds(200);
  const auto start = std::chrono::steady_clock::now();
  BOOST_TEST(mail::SmtpTransport(settings).deliver(kMail).outcome == Attempt::Outcome::kTryAgain);
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(4)));
}

BOOST_AUTO_TEST_CASE(a_server_without_starttls_gets_neither_mail_nor_password) {
  FakeSmtpServer server(Answers{{"STARTTLS", "502 unknown"}});
  SmtpSettings settings = settings_for(server);
  settings.security = mail::SmtpSecurity::kStartTls;
  settings.user = "chess";
  settings.password = "secret";
  BOOST_TEST(mail::SmtpTransport(settings).deliver(kMail).outcome == Attempt::Outcome::kRefused);
  for (const std::string& line : server.lines()) {
    BOOST_TEST(!line.starts_with("AUTH"), line);
    BOOST_TEST(!line.starts_with("MAIL"), line);
  }
}

BOOST_AUTO_TEST_SUITE_END()
