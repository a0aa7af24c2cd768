#include "storage/postgres/schema_watch.h"

#include <condition_variable>
#include <mutex>

#include "schema/default_classes.h"
#include "storage/postgres/class_changes.h"
#include "tests/storage/postgres/database.h"

using namespace parse;
using namespace parse::storage::postgres;

BOOST_AUTO_TEST_SUITE(postgres_schema_watch, *boost::unit_test::precondition(test::needs_postgres))

namespace {

/// Counts calls and waits for them.
class Calls {
 public:
  std::function<void()> counter() {
    return [this] {
      const std::lock_guard lock(mutex_);
      ++count_;
      changed_.notify_all();
    };
  }
  bool reach(int wanted) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return count_ >= wanted; });
  }
  int count() {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

schema::ClassSchema game() { return schema::default_class("Game"); }

}  // namespace

BOOST_FIXTURE_TEST_CASE(changes_by_other_servers_are_heard_of, PreparedDatabase) {
  Calls calls;
  const SchemaWatch watch(settings_of(database.uri()), "me", calls.counter());
  BOOST_REQUIRE(calls.reach(1));
  make_class(connection, game(), "another");
  BOOST_CHECK(calls.reach(2));
  run("SELECT pg_notify('schema.change', '{\"senderId\":\"a node server\"}')");
  BOOST_CHECK(calls.reach(3));
}

BOOST_FIXTURE_TEST_CASE(own_changes_and_failed_ones_are_not_told, PreparedDatabase) {
  make_class(connection, game(), "another");
  Calls calls;
  const SchemaWatch watch(settings_of(database.uri()), "me", calls.counter());
  BOOST_REQUIRE(calls.reach(1));
  drop_class(connection, game(), "me");
  make_class(connection, game(), "me");
  BOOST_CHECK_THROW(make_class(connection, game(), "another"), Error);
  drop_class(connection, game(), "another");
  BOOST_CHECK(calls.reach(2));
  BOOST_CHECK_EQUAL(calls.count(), 2);
}

BOOST_FIXTURE_TEST_CASE(a_lost_connection_is_made_again_and_told, PreparedDatabase) {
  Calls calls;
  const SchemaWatch watch(settings_of(database.uri()), "me", calls.counter());
  BOOST_REQUIRE(calls.reach(1));
  BOOST_CHECK_EQUAL(
      run("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query "
          "LIKE 'LISTEN%'"),
      "1");
  BOOST_REQUIRE(calls.reach(2));
  make_class(connection, game(), "another");
  BOOST_CHECK(calls.reach(3));
}

BOOST_FIXTURE_TEST_CASE(a_watch_over_no_database_ends_when_it_is_told_to, Database) {
  ConnectionSettings nowhere = settings_of(database.uri());
  for (auto& [name, value] : nowhere.parameters) {
    if (name == "port") value = "1";
  }
  Calls calls;
  { const SchemaWatch watch(nowhere, "me", calls.counter()); }
  BOOST_CHECK_EQUAL(calls.count(), 0);
}

BOOST_AUTO_TEST_SUITE_END()
