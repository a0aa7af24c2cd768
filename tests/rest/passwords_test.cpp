#include "rest/passwords.h"

#include "tests/schema/expect_error.h"

using namespace parse;
using test::expect_error;

namespace {

struct Fixture {
  object::Object changes_of(const rest::NewPassword& change) {
    object::Object fields{{"_perishable_token", "token"}};
    for (const auto& [path, op] : rest::password_changes(policy, hasher, change)) {
      object::apply_update_at(fields, path, op);
    }
    return fields;
  }

  auth::PasswordPolicy policy;
  auth::PasswordHasher hasher{{.cost = 4, .threads = 1}};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(passwords, Fixture)

BOOST_AUTO_TEST_CASE(a_signup_gets_the_hash_alone) {
  const object::Object fields = changes_of({.password = "secret", .username = "ada", .now = 7});
  BOOST_TEST(hasher.matches("secret", fields.at("_hashed_password").as<std::string>()));
  BOOST_TEST(fields.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_change_ends_the_reset_token) {
  const object::Object stored{{"username", "ada"}};
  const object::Object fields = changes_of({.password = "secret", .username = "ada", .stored = &stored, .now = 7});
  BOOST_TEST(!fields.contains("_perishable_token"));
}

BOOST_AUTO_TEST_CASE(the_time_of_the_change_is_kept_when_passwords_grow_old) {
  policy.max_age = std::chrono::days(1);
  const object::Object fields = changes_of({.password = "secret", .username = "ada", .now = 7});
  BOOST_TEST((fields.at("_password_changed_at") == object::Value(object::Date{7})));
}

BOOST_AUTO_TEST_CASE(the_old_hash_goes_into_the_history) {
  policy.history = 2;
  const std::string old_hash = hasher.hash("old");
  const object::Object stored{{"_hashed_password", old_hash}};
  const object::Object fields = changes_of({.password = "new", .username = "ada", .stored = &stored, .now = 7});
  BOOST_TEST((fields.at("_password_history") == object::Value(object::Array{old_hash})));
  expect_error(ErrorCode::kValidationError, "New password should not be the same as last 2 passwords.",
               [&] { changes_of({.password = "old", .username = "ada", .stored = &stored, .now = 7}); });
}

BOOST_AUTO_TEST_CASE(the_policy_is_asked_before_anything_is_hashed) {
  policy.refuse_username = true;
  expect_error(ErrorCode::kValidationError, "Password cannot contain your username.",
               [&] { changes_of({.password = "ada1", .username = "ada", .now = 7}); });
}

BOOST_AUTO_TEST_SUITE_END()
