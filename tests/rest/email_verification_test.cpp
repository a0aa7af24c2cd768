#include "rest/email_verification.h"

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "tests/rest/account_mail_fixture.h"

using namespace parse;
using namespace std::chrono_literals;
using object::Object;
using test::expect_error;

namespace {

struct Fixture : test::AccountMailFixture {
  rest::EmailVerification verification() { return rest::EmailVerification(mail(), users()); }
  /// As a signup or an update does it; returns the token.
  std::string begin() {
    object::Update changes;
    rest::begin_verification(mail(), changes, now);
    change(changes);
    return text("_email_verify_token");
  }
  bool is_verified() { return user().at("emailVerified").as<bool>(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(email_verification, Fixture)

BOOST_AUTO_TEST_CASE(a_new_address_gets_a_token_and_is_not_verified) {
  settings.verify_token_life = 60s;
  BOOST_TEST(begin().size() == 25U);
  BOOST_TEST(!is_verified());
  BOOST_TEST((user().at("_email_verify_token_expires_at") == object::Value(object::Date{now + 60'000})));
}

BOOST_AUTO_TEST_CASE(a_client_cannot_call_his_address_verified) {
  object::Update changes{{"emailVerified", object::SetValue{true}}};
  rest::begin_verification(mail(), changes, now);
  change(changes);
  BOOST_TEST(!is_verified());
}

BOOST_AUTO_TEST_CASE(without_the_option_nothing_is_asked) {
  settings.verify_emails = false;
  BOOST_TEST(!rest::may_verify(mail(), {}));
  verification().resend("ada", "", {}, now);
  BOOST_TEST(mailer.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(the_mail_carries_the_link_and_no_secret) {
  const std::string token = begin();
  rest::send_verification(mail(), {}, user());
  const auto sent = mailer.take().value();
  BOOST_TEST(sent.kind == "verification");
  BOOST_TEST(sent.account.app_name == "Chess");
  BOOST_TEST(sent.account.link == "https://chess.example/parse/apps/app/verify_email?token=" + token);
  BOOST_TEST(sent.account.user.at("email").as<std::string>() == "ada@example.org");
  for (const auto& [key, value] : sent.account.user) BOOST_TEST((key[0] != '_' && key != "authData"), key);
}

BOOST_AUTO_TEST_CASE(a_frame_page_gets_the_way_to_the_page) {
  settings.frame_url = "https://chess.example/frame";
  const std::string token = begin();
  rest::send_verification(mail(), {}, user());
  BOOST_TEST(mailer.take().value().account.link ==
             "https://chess.example/frame?link=%2Fapps%2Fapp%2Fverify_email&token=" + token);
}

BOOST_AUTO_TEST_CASE(apps_that_send_their_own_mails_are_left_to_it) {
  settings.send_verification = false;
  begin();
  rest::send_verification(mail(), {}, user());
  BOOST_TEST(mailer.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(following_the_link_verifies_once) {
  const std::string token = begin();
  BOOST_TEST(verification().verify(token, {}, now));
  BOOST_TEST(is_verified());
  BOOST_TEST(!verification().verify(token, {}, now));
}

BOOST_AUTO_TEST_CASE(other_tokens_verify_nobody) {
  begin();
  BOOST_TEST(!verification().verify("", {}, now));
  BOOST_TEST(!verification().verify("other", {}, now));
  BOOST_TEST(!is_verified());
}

BOOST_AUTO_TEST_CASE(an_expired_token_verifies_nobody) {
  settings.verify_token_life = 60s;
  const std::string token = begin();
  BOOST_TEST(!verification().verify(token, {}, now + 60'000));
  BOOST_TEST(verification().verify(token, {}, now + 59'999));
}

BOOST_AUTO_TEST_CASE(of_many_uses_of_one_token_at_once_one_succeeds) {
  const std::string token = begin();
  constexpr int kUses = 20;
  std::latch together(kUses);
  std::atomic<int> good = 0;
  std::vector<std::jthread> callers;
  for (int i = 0; i < kUses; ++i) {
    callers.emplace_back([&] {
      together.arrive_and_wait();
      good += verification().verify(token, {}, now) ? 1 : 0;
    });
  }
  callers.clear();
  BOOST_TEST(good == 1);
}

BOOST_AUTO_TEST_CASE(a_request_sends_a_new_token) {
  const std::string old_token = begin();
  verification().request("ada@example.org", {}, now);
  const std::string token = mailer.take().value().token();
  BOOST_TEST(token != old_token);
  BOOST_TEST(!verification().verify(old_token, {}, now));
  BOOST_TEST(verification().verify(token, {}, now));
}

BOOST_AUTO_TEST_CASE(a_token_that_is_good_may_be_sent_again) {
  settings.verify_token_life = 60s;
  settings.reuse_verify_token = true;
  const std::string token = begin();
  verification().request("ada@example.org", {}, now + 59'000);
  BOOST_TEST(mailer.take().value().token() == token);
  verification().request("ada@example.org", {}, now + 60'000);
  BOOST_TEST(mailer.take().value().token() != token);
}

// GHSA-w54v-hf9p-8856
BOOST_AUTO_TEST_CASE(unknown_and_verified_addresses_are_answered_like_others) {
  BOOST_TEST(verification().verify(begin(), {}, now));
  verification().request("ada@example.org", {}, now);
  verification().request("nobody@example.org", {}, now);
  finish();
  BOOST_TEST(mailer.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(the_app_may_choose_to_tell) {
  settings.hide_unknown_on_verification = false;
  BOOST_TEST(verification().verify(begin(), {}, now));
  expect_error(ErrorCode::kEmailNotFound, "No user found with email nobody@example.org",
               [&] { verification().request("nobody@example.org", {}, now); });
  expect_error(ErrorCode::kOtherCause, "Email ada@example.org is already verified.",
               [&] { verification().request("ada@example.org", {}, now); });
}

// GHSA-vgjh-hmwf-c588
BOOST_AUTO_TEST_CASE(an_address_must_be_a_text) {
  expect_error(ErrorCode::kEmailMissing, "you must provide an email", [&] { verification().request({}, {}, now); });
  expect_error(ErrorCode::kEmailMissing, "you must provide an email", [&] { verification().request("", {}, now); });
  for (const object::Value& email : {object::Value(Object{{"$ne", nullptr}}), object::Value(7), object::Value(true),
                                     object::Value(object::Array{"ada@example.org"})}) {
    expect_error(ErrorCode::kInvalidEmailAddress, "you must provide a valid email string",
                 [&] { verification().request(email, {}, now); });
  }
}

BOOST_AUTO_TEST_CASE(requests_need_the_configuration) {
  settings.app_name.clear();
  expect_error(ErrorCode::kInternal,
               "An appName, publicServerURL, and emailAdapter are required for password reset and email verification "
               "functionality.",
               [&] { verification().request("ada@example.org", {}, now); });
}

BOOST_AUTO_TEST_CASE(a_mail_is_sent_again_by_username_or_by_old_token) {
  begin();
  BOOST_TEST(verification().resend("ada", "", {}, now));
  const std::string token = mailer.take().value().token();
  BOOST_TEST(verification().resend("", token, {}, now));
  BOOST_TEST(mailer.take().value().token() != token);
}

// GHSA-h29g-q5c2-9h4f
BOOST_AUTO_TEST_CASE(sending_again_does_not_tell_whether_a_user_exists) {
  begin();
  BOOST_TEST(verification().resend("nobody", "", {}, now));
  BOOST_TEST(verification().resend("", "other", {}, now));
  BOOST_TEST(verification().resend("ada", "other", {}, now));
  finish();
  BOOST_TEST(mailer.waiting() == 0U);
  settings.hide_unknown_on_verification = false;
  BOOST_TEST(!verification().resend("nobody", "", {}, now));
}

BOOST_AUTO_TEST_SUITE_END()
