#include "rest/password_reset.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <latch>
#include <thread>
#include <vector>

#include "tests/rest/account_mail_fixture.h"

using namespace parse;
using namespace std::chrono_literals;
using object::Object;
using test::expect_error;

namespace {

constexpr const char* kBadToken = "Failed to reset password: username / email / token is invalid";

struct Fixture : test::AccountMailFixture {
  Fixture() {
    change({{"_hashed_password", object::SetValue{hasher.hash("old")}}});
    finish();
  }

  rest::PasswordReset reset() { return {mail(), users(), {hasher, policy, lockout, sessions, revoke_sessions}}; }
  void request(const std::string& email) { reset().request({{"email", email}}, now); }
  /// Asks for a link and takes its token out of the mail.
  std::string token() {
    request("ada@example.org");
    return mailer.take().value().token();
  }
  bool has_password(const std::string& password) { return hasher.matches(password, text("_hashed_password")); }
  void expect_bad_token(const std::string& token) {
    expect_error(ErrorCode::kOtherCause, kBadToken, [&] { reset().check_token(token, now); });
    expect_error(ErrorCode::kOtherCause, kBadToken, [&] { reset().set_password(token, "new", {}, now); });
  }
  void add_session(const std::string& session_token) {
    const auto schema = schemas.ensure_class("_Session");
    storage->create(*schema, "_Session",
                    {{"objectId", session_token},
                     {"createdAt", object::Date{1}},
                     {"updatedAt", object::Date{1}},
                     {"user", object::Pointer{"_User", "ada"}},
                     {"sessionToken", session_token}});
  }

  auth::PasswordHasher hasher{{.cost = 4, .threads = 1}};
  auth::PasswordPolicy policy;
  auth::AccountLockout lockout;
  auth::Sessions sessions{*storage, {}};
  bool revoke_sessions = true;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(password_reset, Fixture)

BOOST_AUTO_TEST_CASE(the_link_of_the_mail_sets_a_new_password_once) {
  request("ada@example.org");
  const auto sent = mailer.take().value();
  BOOST_TEST(sent.kind == "password reset");
  BOOST_TEST(sent.account.link ==
             "https://chess.example/parse/apps/app/request_password_reset?token=" + text("_perishable_token"));
  reset().check_token(sent.token(), now);
  reset().set_password(sent.token(), "new", {}, now);
  BOOST_TEST(has_password("new"));
  BOOST_TEST(!user().contains("_perishable_token"));
  expect_bad_token(sent.token());
}

BOOST_AUTO_TEST_CASE(a_user_without_an_address_is_found_by_his_username) {
  add_user("bob", {{"username", "bob@example.org"}});
  request("bob@example.org");
  BOOST_TEST(mailer.take().value().account.user.at("objectId").as<std::string>() == "bob");
}

BOOST_AUTO_TEST_CASE(a_user_with_an_address_is_not_found_by_his_username) {
  settings.hide_unknown_on_reset = false;
  expect_error(ErrorCode::kObjectNotFound, "A user with that email does not exist.", [&] { request("ada"); });
}

BOOST_AUTO_TEST_CASE(an_unknown_address_is_answered_like_a_known_one) {
  request("nobody@example.org");
  finish();
  BOOST_TEST(mailer.waiting() == 0U);
}

// The writing happens in the background, so that only the known address costs a write there, not before the answer.
BOOST_AUTO_TEST_CASE(the_time_of_the_answer_does_not_tell_whether_an_address_is_known) {
  const auto median_of = [&](const std::string& email) {
    std::vector<std::chrono::nanoseconds> times;
    for (int i = 0; i < 200; ++i) {
      const auto start = std::chrono::steady_clock::now();
      request(email);
      times.push_back(std::chrono::steady_clock::now() - start);
    }
    std::nth_element(times.begin(), times.begin() + 100, times.end());
    return times[100];
  };
  const auto known = median_of("ada@example.org");
  finish();
  const auto unknown = median_of("nobody@example.org");
  BOOST_TEST(std::chrono::abs(known - unknown).count() < std::chrono::nanoseconds(2ms).count());
}

// GHSA-vgjh-hmwf-c588
BOOST_AUTO_TEST_CASE(addresses_and_tokens_must_be_texts) {
  const auto expect = [&](ErrorCode code, const char* message, const Object& body) {
    expect_error(code, message, [&] { reset().request(body, now); });
  };
  expect(ErrorCode::kEmailMissing, "you must provide an email", {});
  expect(ErrorCode::kEmailMissing, "you must provide an email", {{"email", ""}, {"token", nullptr}});
  expect(ErrorCode::kInvalidEmailAddress, "you must provide a valid email string",
         {{"email", Object{{"$regex", "."}}}});
  expect(ErrorCode::kInvalidEmailAddress, "you must provide a valid email string", {{"email", 7}});
  expect(ErrorCode::kInvalidValue, "token must be a string", {{"token", Object{{"$ne", nullptr}}}});
  expect(ErrorCode::kInvalidValue, "token must be a string", {{"token", 7}});
}

BOOST_AUTO_TEST_CASE(requests_need_the_configuration) {
  settings.public_url.clear();
  expect_error(ErrorCode::kInternal,
               "An appName, publicServerURL, and emailAdapter are required for password reset and email verification "
               "functionality.",
               [&] { request("ada@example.org"); });
}

BOOST_AUTO_TEST_CASE(unknown_tokens_are_refused) {
  token();
  expect_bad_token("");
  expect_bad_token("other");
  BOOST_TEST(has_password("old"));
}

BOOST_AUTO_TEST_CASE(a_link_ends_after_its_time_and_can_be_asked_for_again) {
  settings.reset_token_life = 60s;
  const std::string old_token = token();
  now += 60'001;
  expect_error(ErrorCode::kOtherCause, "The password reset link has expired",
               [&] { reset().set_password(old_token, "new", {}, now); });
  reset().request({{"token", old_token}}, now);
  reset().set_password(mailer.take().value().token(), "new", {}, now);
  BOOST_TEST(has_password("new"));
}

BOOST_AUTO_TEST_CASE(a_token_that_is_good_or_unknown_gives_no_new_link) {
  settings.reset_token_life = 60s;
  const std::string good = token();
  for (const std::string& given : {good, std::string("other")}) {
    expect_error(ErrorCode::kInvalidEmailAddress, "you must provide a valid email string", [&] {
      reset().request({{"token", given}}, now);
    });
  }
}

BOOST_AUTO_TEST_CASE(a_token_that_is_good_may_be_sent_again) {
  settings.reset_token_life = 60s;
  settings.reuse_reset_token = true;
  const std::string first = token();
  now += 59'000;
  BOOST_TEST(token() == first);
  now += 1'000;
  BOOST_TEST(token() != first);
}

BOOST_AUTO_TEST_CASE(the_policy_holds_and_the_link_stays_good) {
  policy.refuse_username = true;
  const std::string good = token();
  expect_error(ErrorCode::kValidationError, "Password cannot contain your username.",
               [&] { reset().set_password(good, "ada1", {}, now); });
  reset().set_password(good, "other", {}, now);
}

BOOST_AUTO_TEST_CASE(a_new_password_ends_the_sessions_of_the_user) {
  add_session("r:1");
  sessions.authenticate(*schemas.snapshot(), "r:1", now);
  reset().set_password(token(), "new", {}, now);
  expect_error(ErrorCode::kInvalidSessionToken, "Invalid session token",
               [&] { sessions.authenticate(*schemas.snapshot(), "r:1", now); });
}

BOOST_AUTO_TEST_CASE(sessions_stay_when_the_app_wants_them_to) {
  revoke_sessions = false;
  add_session("r:1");
  reset().set_password(token(), "new", {}, now);
  BOOST_TEST(sessions.authenticate(*schemas.snapshot(), "r:1", now)->user_id == "ada");
}

BOOST_AUTO_TEST_CASE(a_new_password_ends_the_lock_when_told_to) {
  lockout = {1, std::chrono::minutes(5), true};
  auth::count_wrong_password(lockout, {*storage, *schemas.snapshot(), "ada", now});
  reset().set_password(token(), "new", {}, now);
  auth::count_right_password(lockout, {*storage, *schemas.snapshot(), "ada", now});
}

BOOST_AUTO_TEST_CASE(asking_for_a_link_does_not_touch_updated_at_and_a_new_password_does) {
  const std::string good = token();
  BOOST_TEST((user().at("updatedAt") == object::Value(object::Date{1})));
  reset().set_password(good, "new", {}, now);
  BOOST_TEST((user().at("updatedAt") == object::Value(object::Date{now})));
}

// GHSA-r3xq-68wh-gwvh
BOOST_AUTO_TEST_CASE(of_many_uses_of_one_token_at_once_one_succeeds) {
  const std::string good = token();
  constexpr int kUses = 20;
  std::latch together(kUses);
  std::atomic<int> winner = -1;
  std::atomic<int> successes = 0;
  std::vector<std::jthread> callers;
  for (int i = 0; i < kUses; ++i) {
    callers.emplace_back([&, i] {
      together.arrive_and_wait();
      try {
        reset().set_password(good, "password" + std::to_string(i), {}, now);
        winner = i;
        ++successes;
      } catch (const Error&) {
      }
    });
  }
  callers.clear();
  BOOST_TEST(successes == 1);
  BOOST_TEST(has_password("password" + std::to_string(winner.load())));
}

BOOST_AUTO_TEST_SUITE_END()
