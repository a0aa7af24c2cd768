#include "mail/http_mailer.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <mutex>
#include <thread>

#include "base/error.h"
#include "object/json.h"

using namespace parse;

namespace {

/// Answers every call and keeps it.
class FakeClient : public net::HttpClient {
 public:
  net::HttpResponse send(const net::HttpRequest& request) override {
    const std::lock_guard lock(mutex_);
    calls.push_back(request);
    ++count;
    if (failures-- > 0) throw Error(ErrorCode::kScriptFailed, "An external service could not be reached.", "down");
    return {200, {}, R"({"result":null})"};
  }
  std::vector<net::HttpRequest> calls;
  int failures = 0;
  std::atomic<int> count = 0;

 private:
  std::mutex mutex_;  // guards calls and failures
};

net::RemoteAdapterSettings adapter(std::vector<std::string> methods) {
  return {"https://mail.example.org/adapter", std::move(methods), "secret"};
}

const mail::AccountMail kMail{"Chess", "https://x.org/?token=1", {{"username", "ada"}, {"email", "ada@example.org"}}};

object::Object argument(const net::HttpRequest& call) {
  return object::parse_json(call.body).as<object::Object>().at("args").as<object::Array>().at(0).as<object::Object>();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_mailer)

BOOST_AUTO_TEST_CASE(the_adapter_gets_link_app_and_user) {
  FakeClient client;
  {
    mail::HttpMailer mailer(adapter({"sendVerificationEmail", "sendPasswordResetEmail"}), client);
    mailer.send_verification(kMail);
  }
  BOOST_TEST(client.calls.at(0).url == "https://mail.example.org/adapter/sendVerificationEmail");
  BOOST_TEST(argument(client.calls.at(0)).at("link").as<std::string>() == kMail.link);
  BOOST_TEST(argument(client.calls.at(0)).at("user").as<object::Object>().at("username").as<std::string>() == "ada");
}

BOOST_AUTO_TEST_CASE(an_adapter_that_only_sends_mails_gets_the_finished_text) {
  FakeClient client;
  {
    mail::HttpMailer mailer(adapter({"sendMail"}), client);
    mailer.send_password_reset(kMail);
  }
  BOOST_TEST(client.calls.at(0).url == "https://mail.example.org/adapter/sendMail");
  BOOST_TEST(argument(client.calls.at(0)).at("to").as<std::string>() == "ada@example.org");
  BOOST_TEST(argument(client.calls.at(0)).at("text").as<std::string>().find(kMail.link) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_call_that_fails_is_made_again) {
  FakeClient client;
  client.failures = 1;
  {
    mail::HttpMailer mailer(adapter({"sendMail"}), client, {.threads = 1, .delays = {std::chrono::milliseconds(0)}});
    mailer.send({.to = "a@x.org", .subject = "s", .text = "t"});
    mailer.send({.to = "b@x.org", .subject = "s", .text = "t"});
    while (client.count < 3) std::this_thread::yield();
  }
  BOOST_TEST(client.calls.size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
