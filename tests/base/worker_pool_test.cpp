#include "base/worker_pool.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <latch>

using parse::BlockingSection;
using parse::WorkerPool;

BOOST_AUTO_TEST_SUITE(worker_pool)

BOOST_AUTO_TEST_CASE(every_task_runs_once) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool({.active = 2, .max_threads = 4, .queue_capacity = 1000});
    for (int i = 0; i < 1000; ++i) BOOST_TEST(pool.try_post([&] { ++done; }));
  }
  BOOST_TEST(done == 1000);
}

BOOST_AUTO_TEST_CASE(no_more_tasks_run_at_once_than_allowed) {
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  {
    WorkerPool pool({.active = 2, .max_threads = 16, .queue_capacity = 1000});
    for (int i = 0; i < 200; ++i) {
      pool.try_post([&] {
        const int now = ++running;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        std::this_thread::yield();
        --running;
      });
    }
  }
  BOOST_TEST(most <= 2);
}

BOOST_AUTO_TEST_CASE(task_that_waits_makes_room_for_another) {
  constexpr int kTasks = 8;
  std::latch all_arrived(kTasks);
  std::atomic<int> done = 0;
  WorkerPool pool({.active = 1, .max_threads = kTasks, .queue_capacity = 100});
  for (int i = 0; i < kTasks; ++i) {
    pool.try_post([&] {
      const BlockingSection waiting;
      all_arrived.arrive_and_wait();  // never ends unless all of them run side by side
      ++done;
    });
  }
  all_arrived.wait();
  pool.stop();
  BOOST_TEST(done == kTasks);
}

BOOST_AUTO_TEST_CASE(a_task_that_waits_inside_of_waiting_makes_room_for_one_other_only) {
  WorkerPool pool({.active = 1, .max_threads = 8, .queue_capacity = 64});
  std::latch all_wait(3);
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  const auto wait_twice = [&] {
    {
      const BlockingSection outer;
      const BlockingSection inner;
      all_wait.arrive_and_wait();
    }
  };
  for (int i = 0; i < 3; ++i) BOOST_REQUIRE(pool.try_post(wait_twice));
  all_wait.wait();
  for (int i = 0; i < 20; ++i) {
    BOOST_REQUIRE(pool.try_post([&] {
      most = std::max(most.load(), ++running);
      std::this_thread::yield();
      --running;
    }));
  }
  pool.stop();
  BOOST_CHECK_EQUAL(most.load(), 1);
}

BOOST_AUTO_TEST_CASE(no_task_begins_while_all_slots_are_taken_and_one_does_when_one_is_free) {
  WorkerPool pool({.active = 4, .max_threads = 8, .queue_capacity = 64});
  std::latch both_in(2);
  std::promise<void> let_go;
  const std::shared_future<void> may_go = let_go.get_future().share();
  std::atomic<bool> third_began = false;
  for (int i = 0; i < 2; ++i) {
    BOOST_REQUIRE(pool.try_post([&] {
      const BlockingSection section(2);
      both_in.count_down();
      may_go.wait();
    }));
  }
  both_in.wait();
  BOOST_REQUIRE(pool.try_post([&] { third_began = true; }));
  std::this_thread::yield();
  BOOST_CHECK(!third_began);
  let_go.set_value();
  pool.stop();
  BOOST_CHECK(third_began);
}

BOOST_AUTO_TEST_CASE(a_task_that_no_sleeping_thread_is_woken_for_runs_when_the_running_one_ends_or_waits) {
  for (const bool waits : {false, true}) {
    WorkerPool pool({.active = 2, .max_threads = 8, .queue_capacity = 64});
    std::latch in_slot(1);
    std::latch is_running(1);
    std::promise<void> leave_slot;
    std::promise<void> go_on;
    std::promise<void> end;
    std::promise<void> done;
    BOOST_REQUIRE(pool.try_post([&] {
      const BlockingSection section(2);
      in_slot.count_down();
      leave_slot.get_future().wait();
    }));
    in_slot.wait();
    BOOST_REQUIRE(pool.try_post([&] {
      is_running.count_down();
      go_on.get_future().wait();
      if (!waits) return;
      const BlockingSection section;
      end.get_future().wait();
    }));
    is_running.wait();
    BOOST_REQUIRE(pool.try_post([&] { done.set_value(); }));
    go_on.set_value();
    BOOST_CHECK(done.get_future().wait_for(std::chrono::seconds(10)) == std::future_status::ready);
    end.set_value();
    leave_slot.set_value();
    pool.stop();
  }
}

BOOST_AUTO_TEST_CASE(tasks_posted_in_one_go_run_side_by_side) {
  std::latch both_arrived(2);
  WorkerPool pool({.active = 2, .max_threads = 4, .queue_capacity = 10});
  std::latch idle(2);
  for (int i = 0; i < 2; ++i) pool.try_post([&] { idle.count_down(); });
  idle.wait();
  std::atomic<int> done = 0;
  for (int i = 0; i < 2; ++i) {
    pool.try_post([&] {
      both_arrived.arrive_and_wait();  // never ends unless both run side by side
      ++done;
    });
  }
  both_arrived.wait();
  pool.stop();
  BOOST_TEST(done == 2);
}

BOOST_AUTO_TEST_CASE(full_queue_refuses) {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::latch started(1);
  WorkerPool pool({.active = 1, .max_threads = 1, .queue_capacity = 2});
  pool.try_post([&] {
    started.count_down();
    released.wait();
  });
  started.wait();
  BOOST_TEST(pool.try_post([] {}));
  BOOST_TEST(pool.try_post([] {}));
  BOOST_TEST(!pool.try_post([] {}));
  release.set_value();
}

BOOST_AUTO_TEST_CASE(stopping_runs_what_is_queued_and_refuses_more) {
  std::atomic<int> done = 0;
  WorkerPool pool({.active = 2, .max_threads = 4, .queue_capacity = 100});
  for (int i = 0; i < 50; ++i) pool.try_post([&] { ++done; });
  pool.stop();
  BOOST_TEST(done == 50);
  BOOST_TEST(!pool.try_post([&] { ++done; }));
  pool.stop();
  BOOST_TEST(done == 50);
}

BOOST_AUTO_TEST_CASE(tasks_may_post_tasks) {
  std::promise<int> result;
  auto future = result.get_future();
  WorkerPool pool({.active = 1, .max_threads = 2, .queue_capacity = 10});
  pool.try_post([&] { pool.try_post([&] { result.set_value(7); }); });
  BOOST_TEST(future.get() == 7);
}

BOOST_AUTO_TEST_CASE(blocking_section_outside_a_pool_does_nothing) { BOOST_CHECK_NO_THROW(BlockingSection()); }

BOOST_AUTO_TEST_SUITE_END()
