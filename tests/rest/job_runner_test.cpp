#include "rest/job_runner.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <semaphore>
#include <thread>

#include "cloud/fault.h"
#include "storage/forwarding_adapter.h"
#include "storage/sqlite/sqlite_adapter.h"

using namespace parse;
using namespace std::chrono_literals;
using object::Object;
using rest::JobRunner;

namespace {

/// Whether what another thread does comes true, within a time that only a fault exceeds.
bool comes_true(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (std::chrono::steady_clock::now() < end) {
    if (condition()) return true;
    std::this_thread::yield();
  }
  return false;
}

/// Refuses as many updates as the test wants.
class RefusingStorage final : public storage::ForwardingAdapter {
 public:
  RefusingStorage() : ForwardingAdapter(storage::sqlite::open_sqlite({})) {}

  std::optional<Object> update(const schema::Schema& schema, const storage::UpdateRequest& request) override {
    if (refusals > 0) {
      --refusals;
      throw Error(ErrorCode::kInternal, "The database cannot be reached.");
    }
    return ForwardingAdapter::update(schema, request);
  }

  std::atomic<int> refusals{0};
};

/// Cloud Code of which the test says when its jobs end, and how.
class Jobs final : public cloud::Runner {
 public:
  cloud::Outcome run(cloud::Invocation invocation) override {
    if (!says.empty()) {
      invocation.on_message(says);
      on_message = invocation.on_message;
    }
    begun.release();
    go_on.acquire();
    if (is_broken) throw cloud::Fault(ErrorCode::kScriptFailed, "Cloud Code ended before it answered.");
    return outcome;
  }

  std::counting_semaphore<> begun{0};
  std::counting_semaphore<> go_on{0};
  /// Of the one job of a test in which something is said.
  std::function<void(std::string)> on_message;
  std::string says;
  cloud::Outcome outcome = "\n{\"status\":\"succeeded\"}";
  std::atomic<bool> is_broken{false};
};

struct Fixture {
  Fixture() { registry.set_code(code, R"({"hooks":[{"kind":"job","name":"work"}]})"); }
  ~Fixture() { code.go_on.release(1000); }

  JobRunner make_runner(rest::JobRunnerSettings settings = {.retry = 1ms}) {
    return {storage, schemas, registry, [this] { return now.load(); }, settings};
  }
  object::Array rows() {
    query::Find find;
    find.class_name = "_JobStatus";
    object::ValueBuilder builder;
    builder.begin_array();
    storage.find(*schemas.snapshot(), find, builder);
    builder.end_array();
    return builder.take().as<object::Array>();
  }
  Object row() {
    const object::Array all = rows();
    BOOST_REQUIRE(all.size() == 1u);
    return all.front().as<Object>();
  }
  std::string field(const char* name) {
    const Object one = row();
    const object::Value* value = one.find(name);
    return value ? value->as<std::string>() : "none";
  }
  void wait_for(const char* name, const std::string& text) {
    BOOST_REQUIRE(comes_true([&] { return field(name) == text; }));
  }

  RefusingStorage storage;
  schema::SchemaCache cache;
  rest::SchemaService schemas{storage, cache, {}};
  Jobs code;
  cloud::Registry registry;
  std::atomic<Milliseconds> now{1'457'740'308'050};
};

bool is_busy(const Error& error) { return error.code() == ErrorCode::kRequestLimitExceeded; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(job_runner, Fixture)

BOOST_AUTO_TEST_CASE(a_run_has_a_row_before_its_job_begins) {
  JobRunner runner = make_runner();
  const std::string id = runner.start({.name = "work", .params = {{"a", 1}}});
  BOOST_TEST(field("objectId") == id);
  BOOST_TEST(field("status") == "running");
  BOOST_TEST((*row().find("params") == object::Value(Object{{"a", 1}})));
  code.go_on.release();
  wait_for("status", "succeeded");
}

BOOST_AUTO_TEST_CASE(a_message_that_comes_late_changes_nothing) {
  JobRunner runner = make_runner();
  code.says = "half";
  runner.start({.name = "work"});
  wait_for("message", "half");
  code.outcome = "\n{\"status\":\"succeeded\",\"message\":\"whole\"}";
  code.go_on.release();
  wait_for("status", "succeeded");
  code.on_message("too late");
  runner.stop();
  BOOST_TEST(field("message") == "whole");
}

BOOST_AUTO_TEST_CASE(the_last_message_stays_when_the_job_ends_without_one) {
  JobRunner runner = make_runner();
  code.says = "half";
  code.go_on.release();
  runner.start({.name = "work"});
  wait_for("status", "succeeded");
  BOOST_TEST(field("message") == "half");
}

BOOST_AUTO_TEST_CASE(how_a_run_ended_is_written_when_storage_is_back) {
  JobRunner runner = make_runner();
  runner.start({.name = "work"});
  storage.refusals = 5;
  code.go_on.release();
  wait_for("status", "succeeded");
  BOOST_TEST(storage.refusals == 0);
}

BOOST_AUTO_TEST_CASE(no_more_jobs_run_than_are_allowed) {
  JobRunner runner = make_runner({.most = 2});
  runner.start({.name = "work"});
  runner.start({.name = "work"});
  BOOST_CHECK_EXCEPTION(runner.start({.name = "work"}), Error, is_busy);
  BOOST_TEST(rows().size() == 2u);
  code.go_on.release();
  // The place is free once the row of the run says that it ended.
  BOOST_REQUIRE(comes_true([&] {
    try {
      runner.start({.name = "work"});
      return true;
    } catch (const Error& error) {
      BOOST_REQUIRE(is_busy(error));
      return false;
    }
  }));
  code.go_on.release(2);
}

BOOST_AUTO_TEST_CASE(a_run_that_is_not_claimed_leaves_no_row_and_no_place_taken) {
  JobRunner runner = make_runner({.most = 1});
  BOOST_TEST(!runner.start_if({.name = "work"}, [](storage::Operations&) { return false; }));
  const auto broken = [](storage::Operations&) -> bool { throw Error(ErrorCode::kInternal, "broken"); };
  BOOST_CHECK_THROW(runner.start_if({.name = "work"}, broken), Error);
  BOOST_TEST(rows().empty());
  BOOST_TEST(runner.start_if({.name = "work"}, [](storage::Operations&) { return true; }).has_value());
  BOOST_TEST(rows().size() == 1u);
  code.go_on.release();
}

BOOST_AUTO_TEST_CASE(a_stop_is_the_reason_of_jobs_that_it_ends) {
  JobRunner runner = make_runner();
  runner.start({.name = "work"});
  code.begun.acquire();
  runner.begin_stop();
  BOOST_CHECK_THROW(runner.start({.name = "work"}), Error);
  code.is_broken = true;
  code.go_on.release();
  runner.stop();
  BOOST_TEST(field("status") == "failed");
  BOOST_TEST(field("message") == "The server was stopped.");
}

BOOST_AUTO_TEST_CASE(a_stop_does_not_wait_for_a_database_that_is_away) {
  JobRunner runner = make_runner({.retry = 10min});
  runner.start({.name = "work"});
  storage.refusals = 1000;
  code.go_on.release();
  runner.stop();
  BOOST_TEST(storage.refusals < 1000);
  BOOST_TEST(field("status") == "running");
}

BOOST_AUTO_TEST_CASE(rows_are_touched_while_their_jobs_run_and_others_fail) {
  rest::create_running({storage, schemas, now}, {.id = "ofAnother1", .job_name = "work"});
  now += 120'000;
  JobRunner runner = make_runner({.beat = 1ms});
  const std::string id = runner.start({.name = "work"});
  now += 120'000;
  const auto is_touched = [&] {
    for (const object::Value& value : rows()) {
      const auto& one = value.as<Object>();
      if (one.at("objectId") == object::Value(id))
        return one.at("updatedAt") == object::Value(to_iso_date(now)) ||
               one.at("updatedAt") == object::Value(object::Date{now});
    }
    return false;
  };
  BOOST_REQUIRE(comes_true(is_touched));
  BOOST_TEST(rest::fail_abandoned({storage, schemas, now}, now - 60'000) == 1);
  for (const object::Value& value : rows()) {
    const auto& one = value.as<Object>();
    const bool is_ours = one.at("objectId") == object::Value(id);
    BOOST_TEST(one.at("status").as<std::string>() == (is_ours ? "running" : "failed"));
  }
  code.go_on.release();
}

BOOST_AUTO_TEST_CASE(an_unknown_job_is_refused) {
  JobRunner runner = make_runner();
  BOOST_CHECK_EXCEPTION(runner.start({.name = "other"}), Error,
                        [](const Error& error) { return error.message() == "Invalid job."; });
  BOOST_TEST(runner.has_jobs());
  BOOST_TEST(!runner.has("other"));
}

BOOST_AUTO_TEST_SUITE_END()
