#include "mail/mail_queue.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <memory>

using namespace parse::mail;
using namespace std::chrono_literals;
using Outcome = Attempt::Outcome;

namespace {

MailQueueSettings quick() { return {.threads = 2, .capacity = 100, .delays = {1ms, 1ms}, .grace = 5s}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(mail_queue)

BOOST_AUTO_TEST_CASE(what_is_queued_is_delivered_before_the_end) {
  std::atomic<int> delivered = 0;
  {
    MailQueue queue(quick());
    for (int i = 0; i < 50; ++i)
      queue.post("mail", [&] {
        ++delivered;
        return Attempt{};
      });
  }
  BOOST_TEST(delivered == 50);
}

BOOST_AUTO_TEST_CASE(a_mail_is_tried_again_after_each_delay_and_then_given_up) {
  std::atomic<int> attempts = 0;
  std::promise<void> third;
  MailQueue queue(quick());
  queue.post("mail", [&]() -> Attempt {
    if (++attempts == 3) third.set_value();
    return {Outcome::kTryAgain, "busy"};
  });
  third.get_future().wait();
  std::promise<void> next;
  queue.post("next", [&] {
    next.set_value();
    return Attempt{};
  });
  next.get_future().wait();
  BOOST_TEST(attempts == 3);
}

BOOST_AUTO_TEST_CASE(a_refused_mail_is_tried_once) {
  std::atomic<int> attempts = 0;
  {
    MailQueue queue(quick());
    queue.post("mail", [&]() -> Attempt {
      ++attempts;
      return {Outcome::kRefused, "no"};
    });
  }
  BOOST_TEST(attempts == 1);
}

BOOST_AUTO_TEST_CASE(a_slow_server_does_not_hold_up_who_posts) {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::atomic<int> delivered = 0;
  {
    MailQueue queue(quick());
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i)
      queue.post("mail", [&] {
        released.wait();
        ++delivered;
        return Attempt{};
      });
    BOOST_TEST((std::chrono::steady_clock::now() - start < 2s));
    release.set_value();
  }
  BOOST_TEST(delivered == 20);
}

BOOST_AUTO_TEST_CASE(mails_beyond_the_capacity_are_dropped) {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::atomic<int> delivered = 0;
  {
    MailQueueSettings settings = quick();
    settings.threads = 1;
    settings.capacity = 5;
    MailQueue queue(settings);
    std::promise<void> busy;
    queue.post("first", [&] {
      busy.set_value();
      released.wait();
      return Attempt{};
    });
    busy.get_future().wait();
    for (int i = 0; i < 10; ++i)
      queue.post("mail", [&] {
        ++delivered;
        return Attempt{};
      });
    release.set_value();
  }
  BOOST_TEST(delivered == 5);
}

BOOST_AUTO_TEST_CASE(the_end_does_not_wait_for_another_attempt) {
  MailQueueSettings settings = quick();
  settings.delays = {1h};
  std::promise<void> tried;
  const auto start = std::chrono::steady_clock::now();
  {
    MailQueue queue(settings);
    queue.post("mail", [&]() -> Attempt {
      tried.set_value();
      return {Outcome::kTryAgain, "busy"};
    });
    tried.get_future().wait();
  }
  BOOST_TEST((std::chrono::steady_clock::now() - start < 1min));
}

BOOST_AUTO_TEST_SUITE_END()
