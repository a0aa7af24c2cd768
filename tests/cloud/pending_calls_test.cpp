#include "cloud/pending_calls.h"

#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

using namespace parse;
using namespace parse::cloud;
using std::chrono::steady_clock;

namespace {

PendingCalls::Limits limits(std::chrono::milliseconds patience = std::chrono::seconds(30), int depth = 1) {
  return {steady_clock::now() + patience, depth, false};
}

bool says(const Error& error, const std::string& message) {
  return error.code() == ErrorCode::kScriptFailed && error.message() == message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pending_calls)

BOOST_AUTO_TEST_CASE(a_call_gets_its_own_outcome) {
  PendingCalls calls;
  PendingCalls::Call first(calls, limits());
  PendingCalls::Call second(calls, limits());
  calls.succeed(second.number(), "of the second");
  calls.succeed(first.number(), "of the first");
  BOOST_CHECK_EQUAL(first.wait(), "of the first");
  BOOST_CHECK_EQUAL(second.wait(), "of the second");
}

BOOST_AUTO_TEST_CASE(a_fault_is_thrown_with_its_code_and_status) {
  PendingCalls calls;
  PendingCalls::Call call(calls, limits());
  calls.fail(call.number(), read_fault(R"({"code":101,"message":"gone","status":404})"));
  BOOST_CHECK_EXCEPTION(call.wait(), Fault, [](const Fault& fault) {
    return fault.code() == ErrorCode::kObjectNotFound && fault.message() == "gone" && fault.status() == 404;
  });
}

BOOST_AUTO_TEST_CASE(a_fault_that_cannot_be_read_is_141) {
  for (const char* text : {"", "7", "{", R"({"code":"ENOENT"})"})
    BOOST_CHECK(read_fault(text).code() == ErrorCode::kScriptFailed);
}

BOOST_AUTO_TEST_CASE(without_an_answer_a_call_fails_at_its_deadline) {
  PendingCalls calls;
  PendingCalls::Call call(calls, limits(std::chrono::milliseconds(20)));
  BOOST_CHECK_EXCEPTION(call.wait(), Error,
                        [](const Error& error) { return says(error, "Cloud Code did not answer in time."); });
}

BOOST_AUTO_TEST_CASE(the_end_of_the_process_fails_what_waits_and_keeps_what_is_answered) {
  PendingCalls calls;
  PendingCalls::Call answered(calls, limits());
  PendingCalls::Call waiting(calls, limits());
  calls.succeed(answered.number(), "in time");
  calls.fail_all("it ended");
  BOOST_CHECK_EQUAL(answered.wait(), "in time");
  BOOST_CHECK_EXCEPTION(waiting.wait(), Error, [](const Error& error) { return says(error, "it ended"); });
}

BOOST_AUTO_TEST_CASE(only_the_first_answer_counts_and_one_for_nobody_is_dropped) {
  PendingCalls calls;
  PendingCalls::Call call(calls, limits());
  calls.succeed(call.number(), "first");
  calls.succeed(call.number(), "second");
  calls.succeed(call.number() + 1000, "nobody's");
  BOOST_CHECK_EQUAL(call.wait(), "first");
}

BOOST_AUTO_TEST_CASE(limits_are_known_while_the_call_waits) {
  PendingCalls calls;
  std::uint32_t number = 0;
  {
    PendingCalls::Call call(calls, limits(std::chrono::seconds(1), 3));
    number = call.number();
    BOOST_REQUIRE(calls.limits_of(number));
    BOOST_CHECK_EQUAL(calls.limits_of(number)->depth, 3);
    BOOST_CHECK_EQUAL(calls.size(), 1U);
  }
  BOOST_CHECK(!calls.limits_of(number));
  BOOST_CHECK_EQUAL(calls.size(), 0U);
}

BOOST_AUTO_TEST_CASE(a_job_is_heard_while_it_runs) {
  PendingCalls calls;
  std::vector<std::string> said;
  PendingCalls::Call call(calls, limits(), [&](std::string text) { said.push_back(std::move(text)); });
  calls.message(call.number(), "half");
  calls.message(call.number() + 1, "another's");
  BOOST_REQUIRE_EQUAL(said.size(), 1U);
  BOOST_CHECK_EQUAL(said.front(), "half");
}

BOOST_AUTO_TEST_CASE(calls_of_many_threads_do_not_mix_up) {
  constexpr int kThreads = 8;
  PendingCalls calls;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) {
        PendingCalls::Call call(calls, limits());
        std::thread answering([&, number = call.number()] { calls.succeed(number, std::to_string(number)); });
        if (call.wait() != std::to_string(call.number())) ++wrong;
        answering.join();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  BOOST_CHECK_EQUAL(wrong.load(), 0);
}

BOOST_AUTO_TEST_SUITE_END()
