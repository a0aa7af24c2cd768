#include "server/storage_keeper.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "storage/unavailable.h"

using namespace parse;
using server::StorageKeeper;

namespace {

/// What the keeper did and told, in order; waits until something has been seen.
class Diary {
 public:
  void add(std::string entry) {
    const std::lock_guard lock(mutex_);
    entries_.push_back(std::move(entry));
    changed_.notify_all();
  }
  bool wait_for(const std::string& entry, std::size_t times = 1) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return count(entry) >= times; });
  }
  std::size_t times(const std::string& entry) {
    const std::lock_guard lock(mutex_);
    return count(entry);
  }

 private:
  std::size_t count(const std::string& entry) const { return std::count(entries_.begin(), entries_.end(), entry); }

  std::mutex mutex_;  // guards entries_
  std::condition_variable changed_;
  std::vector<std::string> entries_;
};

/// A database that is away as long as the test wants.
struct Away {
  Diary diary;
  std::atomic<bool> is_there{false};
  std::atomic<bool> is_hopeless{false};

  void ask(const char* entry) {
    diary.add(entry);
    if (is_hopeless) throw Error(ErrorCode::kInternal, "The database refuses the connection.", "wrong password");
    if (!is_there) throw storage::Unavailable("connection refused");
  }
  server::StorageKeeperSteps steps() {
    return {.open =
                [this] {
                  ask("open");
                  diary.add("opened");
                },
            .check =
                [this] {
                  ask("check");
                  diary.add("checked");
                },
            .changed = [this](bool now_there) { diary.add(now_there ? "back" : "away"); },
            .failed =
                [this] {
                  try {
                    throw;
                  } catch (const Error& error) {
                    diary.add("failed: " + error.cause());
                  }
                }};
  }
};

constexpr server::StorageKeeperSettings kQuick{std::chrono::milliseconds(1), std::chrono::milliseconds(4),
                                               std::chrono::milliseconds(1)};
constexpr server::StorageKeeperSettings kSlow{std::chrono::hours(1), std::chrono::hours(1), std::chrono::hours(1)};

}  // namespace

BOOST_AUTO_TEST_SUITE(server_storage_keeper)

BOOST_AUTO_TEST_CASE(it_tries_until_the_database_is_there_and_opens_it_once) {
  Away database;
  StorageKeeper keeper(database.steps(), kQuick);
  keeper.start();
  BOOST_TEST(database.diary.wait_for("open", 3));
  BOOST_TEST(database.diary.times("opened") == 0u);
  database.is_there = true;
  BOOST_TEST(database.diary.wait_for("checked", 2));
  BOOST_TEST(database.diary.times("opened") == 1u);
}

BOOST_AUTO_TEST_CASE(what_no_further_try_can_mend_ends_it) {
  Away database;
  database.is_hopeless = true;
  StorageKeeper keeper(database.steps(), kQuick);
  keeper.start();
  BOOST_TEST(database.diary.wait_for("failed: wrong password"));
  keeper.stop();
  BOOST_TEST(database.diary.times("open") == 1u);
}

BOOST_AUTO_TEST_CASE(a_database_that_goes_away_and_comes_back_is_told_once_each) {
  Away database;
  database.is_there = true;
  StorageKeeper keeper(database.steps(), kQuick);
  keeper.start();
  BOOST_TEST(database.diary.wait_for("checked"));
  database.is_there = false;
  BOOST_TEST(database.diary.wait_for("away"));
  const std::size_t checks = database.diary.times("check");
  BOOST_TEST(database.diary.wait_for("check", checks + 3));
  database.is_there = true;
  BOOST_TEST(database.diary.wait_for("back"));
  BOOST_TEST(database.diary.times("away") == 1u);
  BOOST_TEST(database.diary.times("back") == 1u);
}

BOOST_AUTO_TEST_CASE(an_error_of_a_database_that_answers_is_not_its_absence) {
  Away database;
  database.is_there = true;
  StorageKeeper keeper(database.steps(), kQuick);
  keeper.start();
  BOOST_TEST(database.diary.wait_for("checked"));
  database.is_hopeless = true;
  const std::size_t checks = database.diary.times("check");
  BOOST_TEST(database.diary.wait_for("check", checks + 3));
  BOOST_TEST(database.diary.times("away") == 0u);
}

BOOST_AUTO_TEST_CASE(it_stops_at_once_while_it_waits_for_the_next_try) {
  Away database;
  StorageKeeper keeper(database.steps(), kSlow);
  keeper.start();
  BOOST_TEST(database.diary.wait_for("open"));
  keeper.stop();
  BOOST_TEST(database.diary.times("open") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
