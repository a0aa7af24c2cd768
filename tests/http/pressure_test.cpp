#include <sys/resource.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <fstream>
#include <vector>

#include "tests/http/running_server.h"
#include "tests/support/raw_client.h"

using namespace parse::http;
using namespace std::chrono_literals;
using parse::test::RawClient;
using parse::test::RunningServer;

namespace {

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

std::size_t resident_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
  }
  return 0;
}

/// Lowers the limit of open files to a few above those in use; restores it at the end.
class FewFiles {
 public:
  explicit FewFiles(rlim_t limit) {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit lowered = before_;
    lowered.rlim_cur = limit;
    setrlimit(RLIMIT_NOFILE, &lowered);
  }
  ~FewFiles() { setrlimit(RLIMIT_NOFILE, &before_); }
  FewFiles(const FewFiles&) = delete;
  FewFiles& operator=(const FewFiles&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(pressure_test)

BOOST_AUTO_TEST_CASE(a_normal_client_is_served_beside_two_thousand_half_sent_requests) {
  RunningServer server;
  std::vector<RawClient> slow;
  for (int i = 0; i < 2000; ++i) {
    slow.emplace_back(server.port());
    slow.back().send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000\r\n\r\nx");
  }
  RawClient normal(server.port());
  for (int i = 0; i < 300; ++i) BOOST_REQUIRE(normal.exchange(kGet).status == 200);
  BOOST_TEST(!slow.front().is_closed_by_server(0ms));
}

BOOST_AUTO_TEST_CASE(an_idle_connection_costs_no_buffers) {
  RunningServer server;
  std::vector<RawClient> idle;
  idle.reserve(2000);
  for (int i = 0; i < 200; ++i) idle.emplace_back(server.port()).exchange(kGet);
  const std::size_t before = resident_kilobytes();
  for (int i = 0; i < 1800; ++i) idle.emplace_back(server.port()).exchange(kGet);
  // Both ends are in this process; 4 KB each is far below one read buffer.
  BOOST_TEST(resident_kilobytes() - before < 1800 * 4);
}

BOOST_AUTO_TEST_CASE(running_out_of_files_neither_spins_nor_kills_the_server) {
  RunningServer server;
  RawClient early(server.port());
  BOOST_TEST(early.exchange(kGet).status == 200);
  std::vector<RawClient> clients;
  {
    const FewFiles limit(static_cast<rlim_t>(early.descriptor()) + 30);
    try {
      for (;;) clients.emplace_back(server.port());
    } catch (const std::exception&) {
      // No descriptor is left for a client, nor for the server to accept one.
    }
  }
  clients.clear();
  RawClient late(server.port());
  BOOST_TEST(late.exchange(kGet).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
