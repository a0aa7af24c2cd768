#include "cloud/child_process.h"

#include <signal.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <thread>

#include "base/error.h"
#include "cloud/link.h"
#include "tests/support/temp_folder.h"

using namespace parse;
using namespace parse::cloud;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kLong = std::chrono::seconds(20);

/// Polls until a frame has come; nothing when the other end is closed before.
std::optional<Frame> next_frame(Link& link) {
  std::optional<Frame> got;
  const auto end = std::chrono::steady_clock::now() + kLong;
  while (!got && std::chrono::steady_clock::now() < end) {
    if (!link.poll(milliseconds(50), [&](Frame frame) { got = std::move(frame); })) break;
  }
  return got;
}

/// The number of a process that was written into `file`, once it is there.
std::string read_pid(const std::string& file) {
  std::string pid;
  const auto end = std::chrono::steady_clock::now() + kLong;
  for (bool is_whole = false; !is_whole && std::chrono::steady_clock::now() < end; std::this_thread::yield()) {
    std::ifstream in(file);
    is_whole = std::getline(in, pid) && !in.eof();
  }
  BOOST_REQUIRE(!pid.empty());
  return pid;
}

/// Whether the process is no more; one that nobody has waited for is none.
bool ends(const std::string& pid) {
  std::string state;
  const auto end = std::chrono::steady_clock::now() + kLong;
  do {
    std::ifstream in("/proc/" + pid + "/stat");
    std::string word;
    if (!(in >> word >> word >> state) || state == "Z") return true;
    std::this_thread::yield();
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

/// A program that sends back whatever it gets.
constexpr const char* kEcho = "exec cat <&3 >&3";

}  // namespace

BOOST_AUTO_TEST_SUITE(child_process)

BOOST_AUTO_TEST_CASE(it_tells_how_the_program_ended) {
  Link link;
  BOOST_CHECK_EQUAL(ChildProcess({"sh", "-c", "exit 7"}, link.peer()).wait(kLong).value_or("runs"), "exit code 7");
  BOOST_CHECK_EQUAL(ChildProcess({"sh", "-c", "kill -9 $$"}, link.peer()).wait(kLong).value_or("runs"), "signal 9");
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_there_is_named) {
  Link link;
  BOOST_CHECK_EXCEPTION(ChildProcess({"no-such-program"}, link.peer()), Error, [](const Error& error) {
    return error.message() == "cannot run no-such-program: No such file or directory";
  });
}

BOOST_AUTO_TEST_CASE(while_it_runs_there_is_no_outcome_and_its_end_is_ours) {
  Link link;
  pid_t pid = 0;
  {
    ChildProcess child({"sleep", "1000"}, link.peer());
    pid = child.pid();
    BOOST_CHECK(!child.wait(milliseconds(20)));
    BOOST_CHECK_EQUAL(kill(pid, 0), 0);
  }
  BOOST_CHECK_EQUAL(kill(pid, 0), -1);
}

BOOST_AUTO_TEST_CASE(what_it_has_started_ends_with_it) {
  const test::TempFolder folder;
  const std::string file = folder.file("pid");
  Link link;
  ChildProcess child({"sh", "-c", "sleep 1000 & echo $! > " + file + "; wait"}, link.peer());
  const std::string started = read_pid(file);
  child.end();
  BOOST_REQUIRE(child.wait(kLong));
  BOOST_TEST(ends(started));
}

BOOST_AUTO_TEST_CASE(what_it_has_started_ends_with_it_when_it_ends_by_itself) {
  const test::TempFolder folder;
  const std::string file = folder.file("pid");
  Link link;
  ChildProcess child({"sh", "-c", "sleep 1000 & echo $! > " + file}, link.peer());
  const std::string started = read_pid(file);
  BOOST_REQUIRE(child.wait(kLong));
  BOOST_TEST(ends(started));
}

BOOST_AUTO_TEST_CASE(frames_go_to_the_program_and_back) {
  Link link;
  ChildProcess child({"sh", "-c", kEcho}, link.peer());
  link.close_peer();
  BOOST_REQUIRE(link.send(FrameKind::kCall, 7, "hello"));
  const auto frame = next_frame(link);
  BOOST_REQUIRE(frame);
  BOOST_CHECK_EQUAL(frame->number, 7U);
  BOOST_CHECK_EQUAL(frame->payload, "hello");
}

BOOST_AUTO_TEST_CASE(a_frame_of_ten_megabytes_goes_there_and_back) {
  Link link;
  ChildProcess child({"sh", "-c", kEcho}, link.peer());
  link.close_peer();
  const std::string payload(10 * 1024 * 1024, 'x');
  BOOST_REQUIRE(link.send(FrameKind::kCall, 1, payload));
  const auto frame = next_frame(link);
  BOOST_REQUIRE(frame);
  BOOST_CHECK(frame->payload == payload);
}

BOOST_AUTO_TEST_CASE(a_program_that_reads_nothing_never_blocks_the_sender) {
  Link link;
  ChildProcess child({"sleep", "1000"}, link.peer());
  link.close_peer();
  const std::string payload(1024 * 1024, 'x');
  std::size_t taken = 0;
  while (taken < 100 && link.send(FrameKind::kCall, 1, payload)) ++taken;
  BOOST_CHECK_GE(taken, 60U);
  BOOST_CHECK_LE(taken, 65U);
}

BOOST_AUTO_TEST_CASE(a_link_knows_that_the_other_end_is_closed) {
  Link link;
  {
    ChildProcess child({"true"}, link.peer());
    link.close_peer();
    child.wait(kLong);
  }
  BOOST_CHECK(!next_frame(link));
  BOOST_CHECK(!link.poll(kLong, [](Frame) {}));
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_frame_are_refused) {
  Link link;
  ChildProcess child({"sh", "-c", R"(printf '\377\377\377\377' >&3; exec sleep 1000)"}, link.peer());
  link.close_peer();
  BOOST_CHECK_THROW(next_frame(link), Error);
}

BOOST_AUTO_TEST_SUITE_END()
