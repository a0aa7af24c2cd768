#include "auth/account_lockout.h"

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "object/value_sink.h"
#include "query/where.h"
#include "schema/default_classes.h"
#include "storage/sqlite/sqlite_adapter.h"
#include "tests/schema/expect_error.h"

using namespace parse;
using namespace parse::auth;
using test::expect_error;

namespace {

constexpr Milliseconds kMinute = 60'000;
constexpr const char* kLocked =
    "Your account is locked due to multiple failed login attempts. Please try again after 5 minute(s)";

struct Fixture {
  Fixture() {
    schema.set(schema::default_class("_User"));
    storage->create_class(*schema.find("_User"));
    storage->create(schema, "_User",
                    {{"objectId", "ada"}, {"createdAt", object::Date{1}}, {"updatedAt", object::Date{1}}});
  }

  LoginAttempt attempt() { return {*storage, schema, "ada", now}; }
  void wrong() { count_wrong_password(lockout, attempt()); }
  void right() { count_right_password(lockout, attempt()); }
  void expect_locked(const std::function<void()>& action) { expect_error(ErrorCode::kObjectNotFound, kLocked, action); }
  object::Object user() {
    query::Find find;
    find.class_name = "_User";
    object::ValueBuilder builder;
    storage->find(schema, find, builder);
    return builder.take().as<object::Object>();
  }

  std::unique_ptr<storage::Adapter> storage = storage::sqlite::open_sqlite({});
  schema::Schema schema;
  AccountLockout lockout{3, std::chrono::minutes(5), false};
  Milliseconds now = 1'000'000;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(account_lockout, Fixture)

BOOST_AUTO_TEST_CASE(without_a_threshold_nothing_is_counted) {
  lockout.threshold = 0;
  for (int i = 0; i < 5; ++i) wrong();
  right();
  BOOST_TEST(!user().contains("_failed_login_count"));
}

BOOST_AUTO_TEST_CASE(after_the_threshold_even_the_right_password_is_refused) {
  for (int i = 0; i < 3; ++i) wrong();
  expect_locked([&] { right(); });
  expect_locked([&] { wrong(); });
}

BOOST_AUTO_TEST_CASE(a_right_password_in_between_begins_the_row_anew) {
  for (int i = 0; i < 2; ++i) wrong();
  right();
  for (int i = 0; i < 2; ++i) wrong();
  right();
}

BOOST_AUTO_TEST_CASE(the_lock_ends_after_its_minutes) {
  for (int i = 0; i < 3; ++i) wrong();
  now += 5 * kMinute - 1;
  expect_locked([&] { right(); });
  now += 1;
  right();
  for (int i = 0; i < 2; ++i) wrong();
}

BOOST_AUTO_TEST_CASE(one_more_failure_after_a_lock_locks_again) {
  for (int i = 0; i < 3; ++i) wrong();
  now += 5 * kMinute;
  expect_locked([&] { wrong(); });
  expect_locked([&] { right(); });
}

BOOST_AUTO_TEST_CASE(attempts_while_locked_do_not_prolong_the_lock) {
  for (int i = 0; i < 3; ++i) wrong();
  now += 4 * kMinute;
  expect_locked([&] { wrong(); });
  now += kMinute;
  right();
}

BOOST_AUTO_TEST_CASE(attempts_at_once_count_one_by_one) {
  lockout.threshold = 10;
  constexpr int kAttempts = 20;
  std::latch together(kAttempts);
  std::atomic<int> locked = 0;
  std::vector<std::jthread> callers;
  for (int i = 0; i < kAttempts; ++i) {
    callers.emplace_back([&] {
      together.arrive_and_wait();
      try {
        wrong();
      } catch (const Error&) {
        ++locked;
      }
    });
  }
  callers.clear();
  BOOST_TEST(locked == kAttempts - lockout.threshold);
  expect_locked([&] { right(); });
}

BOOST_AUTO_TEST_CASE(counting_does_not_touch_updated_at) {
  wrong();
  right();
  BOOST_TEST((user().at("updatedAt") == object::Value(object::Date{1})));
}

BOOST_AUTO_TEST_CASE(a_reset_ends_the_lock_only_when_told_to) {
  BOOST_TEST(unlock_changes(lockout).empty());
  lockout.unlock_on_password_reset = true;
  for (int i = 0; i < 3; ++i) wrong();
  storage->update(schema, {"_User", {}, unlock_changes(lockout), std::nullopt});
  right();
}

BOOST_AUTO_TEST_SUITE_END()
