#include "rest/schema_follower.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <semaphore>
#include <thread>

#include "storage/forwarding_adapter.h"
#include "storage/sqlite/sqlite_adapter.h"

using namespace parse;
using rest::SchemaFollower;
using rest::SchemaService;

namespace {

/// A storage that other servers share: the test says when the schema has changed, and how long it takes to read.
class SharedStorage final : public storage::ForwardingAdapter {
 public:
  SharedStorage() : ForwardingAdapter(storage::sqlite::open_sqlite({})) {}

  void watch_schema(std::function<void()> on_change) override { on_change_ = std::move(on_change); }
  schema::Schema load_schema() override {
    ++loads;
    loads.notify_all();
    if (is_slow) go_on.acquire();
    if (failures > 0) {
      --failures;
      throw Error(ErrorCode::kInternal, "The database cannot be reached.");
    }
    return ForwardingAdapter::load_schema();
  }

  void tell() {
    if (on_change_) on_change_();
  }
  bool is_watched() const { return static_cast<bool>(on_change_); }
  void wait_for_load(int number) {
    for (int seen = loads; seen < number; seen = loads) loads.wait(seen);
  }

  std::atomic<int> loads{0};
  std::atomic<int> failures{0};
  std::atomic<bool> is_slow{false};
  std::counting_semaphore<> go_on{0};

 private:
  std::function<void()> on_change_;
};

struct Server {
  explicit Server(storage::Adapter& storage) : service(storage, cache, {}) {}
  void wait_for_class(const std::string& name) {
    while (service.snapshot()->find(name) == nullptr) std::this_thread::yield();
  }
  schema::SchemaCache cache;
  SchemaService service;
};

struct Fixture {
  SharedStorage storage;
  Server other{storage};
  Server server{storage};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(schema_follower, Fixture)

BOOST_AUTO_TEST_CASE(what_another_server_makes_is_there_after_a_notice) {
  const SchemaFollower follower(storage, server.service);
  other.service.ensure_class("Game");
  BOOST_TEST(server.service.snapshot()->find("Game") == nullptr);
  storage.tell();
  server.wait_for_class("Game");
}

BOOST_AUTO_TEST_CASE(a_class_that_another_server_deleted_is_gone_after_a_notice) {
  other.service.ensure_class("Game");
  server.service.reload();
  const SchemaFollower follower(storage, server.service);
  other.service.delete_class("Game");
  storage.tell();
  while (server.service.snapshot()->find("Game") != nullptr) std::this_thread::yield();
}

BOOST_AUTO_TEST_CASE(notices_that_come_during_a_reload_share_the_next_one) {
  const SchemaFollower follower(storage, server.service);
  const int before = storage.loads;
  storage.is_slow = true;
  storage.tell();
  storage.wait_for_load(before + 1);
  for (int i = 0; i < 100; ++i) storage.tell();
  storage.go_on.release();
  storage.wait_for_load(before + 2);
  storage.is_slow = false;
  storage.go_on.release();
  other.service.ensure_class("Game");
  storage.tell();
  server.wait_for_class("Game");
  // The last notice may have come during the second reload, or after it.
  BOOST_TEST(storage.loads <= before + 3);
}

BOOST_AUTO_TEST_CASE(a_failed_reload_is_tried_again) {
  using std::chrono::milliseconds;
  const SchemaFollower follower(storage, server.service, {milliseconds(1), milliseconds(2)});
  other.service.ensure_class("Game");
  storage.failures = 3;
  storage.tell();
  server.wait_for_class("Game");
}

BOOST_AUTO_TEST_CASE(another_notice_ends_the_wait_after_a_failure) {
  const SchemaFollower follower(storage, server.service, {std::chrono::hours(1), std::chrono::hours(1)});
  other.service.ensure_class("Game");
  const int before = storage.loads;
  storage.failures = 1;
  storage.tell();
  storage.wait_for_load(before + 1);
  while (storage.failures > 0) std::this_thread::yield();
  storage.tell();
  server.wait_for_class("Game");
}

BOOST_AUTO_TEST_CASE(it_ends_while_the_schema_cannot_be_read) {
  {
    const SchemaFollower follower(storage, server.service, {std::chrono::hours(1), std::chrono::hours(1)});
    storage.failures = 1;
    storage.tell();
    while (storage.failures > 0) std::this_thread::yield();
  }
  BOOST_TEST(!storage.is_watched());
}

BOOST_AUTO_TEST_CASE(requests_that_make_fields_and_notices_do_not_disturb_each_other) {
  const SchemaFollower follower(storage, server.service);
  const auto add = [&](Server& target, const char* prefix) {
    for (int i = 0; i < 20; ++i) {
      target.service.add_fields("Game", {{prefix + std::to_string(i), {schema::FieldKind::kNumber, {}}, false, {}}});
      storage.tell();
    }
  };
  {
    std::jthread mine([&] { add(server, "mine"); });
    std::jthread theirs([&] { add(other, "theirs"); });
  }
  storage.tell();
  const auto all = [&] {
    const auto snapshot = server.service.snapshot();
    return snapshot->find("Game")->fields.size() == 4 + 40;
  };
  while (!all()) std::this_thread::yield();
}

BOOST_AUTO_TEST_SUITE_END()
