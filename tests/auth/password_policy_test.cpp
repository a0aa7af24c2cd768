#include "auth/password_policy.h"

#include <fmt/format.h>

#include "tests/schema/expect_error.h"

using namespace parse;
using namespace parse::auth;
using test::expect_error;

namespace {

PasswordPolicy with_pattern(const char* pattern) {
  PasswordPolicy policy;
  policy.pattern = std::make_shared<query::CompiledRegex>(pattern, "");
  return policy;
}

PasswordPolicy with_history(std::size_t count) {
  PasswordPolicy policy;
  policy.history = count;
  return policy;
}

constexpr auto kRefused = ErrorCode::kValidationError;

/// A user who had the passwords "0" to "count - 1", one after the other.
struct UserWithHistory {
  UserWithHistory(const PasswordPolicy& policy, int count) {
    for (int i = 0; i < count; ++i) {
      if (i > 0) user.set("_password_history", next_password_history(policy, user));
      user.set("_hashed_password", hasher.hash(std::to_string(i)));
    }
  }
  PasswordHasher hasher{{.cost = 4, .threads = 1}};
  object::Object user;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(password_policy)

BOOST_AUTO_TEST_CASE(without_rules_any_password_is_fine) {
  check_password({}, "x", "x");
  BOOST_TEST(!is_password_too_old({}, {0}, 1'000'000'000'000));
}

BOOST_AUTO_TEST_CASE(the_pattern_must_match_some_part) {
  const PasswordPolicy policy = with_pattern("[0-9]{2}");
  check_password(policy, "ab12cd", "");
  expect_error(kRefused, "Password does not meet the Password Policy requirements.",
               [&] { check_password(policy, "a1b2", ""); });
}

BOOST_AUTO_TEST_CASE(the_text_of_a_refusal_can_be_chosen) {
  PasswordPolicy policy = with_pattern("^.{8,}$");
  policy.validation_error = "At least 8 characters.";
  expect_error(kRefused, "At least 8 characters.", [&] { check_password(policy, "short", ""); });
}

BOOST_AUTO_TEST_CASE(a_password_that_exhausts_the_pattern_is_refused) {
  expect_error(kRefused, "Password does not meet the Password Policy requirements.",
               [&] { check_password(with_pattern("^(a+)+$"), std::string(50, 'a') + "!", ""); });
}

BOOST_AUTO_TEST_CASE(the_username_may_not_be_part_of_the_password) {
  PasswordPolicy policy;
  policy.refuse_username = true;
  check_password(policy, "secret", "ada");
  check_password(policy, "secret", "");
  expect_error(kRefused, "Password cannot contain your username.", [&] { check_password(policy, "x-ada-1", "ada"); });
}

BOOST_AUTO_TEST_CASE(the_last_passwords_may_not_be_used_again) {
  const PasswordPolicy policy = with_history(3);
  UserWithHistory t(policy, 5);
  for (const char* used : {"4", "3", "2"}) {
    expect_error(kRefused, "New password should not be the same as last 3 passwords.",
                 [&] { check_password_history(policy, t.hasher, used, t.user); });
  }
  check_password_history(policy, t.hasher, "1", t.user);
  check_password_history(policy, t.hasher, "new", t.user);
}

BOOST_AUTO_TEST_CASE(a_history_of_one_is_the_current_password) {
  const PasswordPolicy policy = with_history(1);
  UserWithHistory t(policy, 2);
  expect_error(kRefused, "New password should not be the same as last 1 passwords.",
               [&] { check_password_history(policy, t.hasher, "1", t.user); });
  check_password_history(policy, t.hasher, "0", t.user);
}

BOOST_AUTO_TEST_CASE(without_a_history_the_current_password_may_stay) {
  UserWithHistory t({}, 1);
  check_password_history({}, t.hasher, "0", t.user);
}

BOOST_AUTO_TEST_CASE(the_history_never_grows_beyond_what_counts) {
  const PasswordPolicy policy = with_history(4);
  UserWithHistory t(policy, 9);
  BOOST_TEST(t.user.at("_password_history").as<object::Array>().size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_user_without_a_password_has_no_history) {
  const PasswordPolicy policy = with_history(5);
  PasswordHasher hasher({.cost = 4, .threads = 1});
  check_password_history(policy, hasher, "first", {});
  BOOST_TEST(next_password_history(policy, {}).empty());
}

BOOST_AUTO_TEST_CASE(a_password_grows_old_after_its_days) {
  PasswordPolicy policy;
  policy.max_age = std::chrono::days(90);
  constexpr Milliseconds kDay = 86'400'000;
  BOOST_TEST(!is_password_too_old(policy, {0}, 90 * kDay));
  BOOST_TEST(is_password_too_old(policy, {0}, 90 * kDay + 1));
}

BOOST_AUTO_TEST_SUITE_END()
