#include <netinet/in.h>
#include <sys/socket.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <thread>
#include <utility>

#include "tests/support/process.h"
#include "tests/support/temp_folder.h"

using parse::test::Process;
using parse::test::read_text;
using parse::test::TempFolder;

namespace {

const std::string kReady = " is ready at ";

/// The program of this build, or the one that the environment names.
std::string program() {
  const char* named = std::getenv("PARSE_SERVER_BINARY");
  return named != nullptr ? named : PARSE_SERVER_BINARY;
}

/// The real program in a folder of its own; port 0, so that tests do not meet.
struct Fixture {
  TempFolder folder;
  std::vector<std::string> environment;

  std::vector<std::string> command(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), program());
    return arguments;
  }
  /// The exit code and the output of a run that ends by itself.
  std::pair<int, std::string> run(std::vector<std::string> arguments) const {
    Process process(command(std::move(arguments)), folder.path(), environment);
    const int code = process.wait();
    return {code, process.seen()};
  }
};

/// What stands between `from` and the end of its line.
std::string line_after(const std::string& text, const std::string& from) {
  const auto begin = text.find(from);
  if (begin == std::string::npos) return "";
  return text.substr(begin + from.size(), text.find_first_of(",\n", begin + from.size()) - begin - from.size());
}

/// A request whose header the server has read, and whose body never comes.
class HalfRequest {
 public:
  explicit HalfRequest(const std::string& port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    BOOST_REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    const std::string head =
        "POST /parse/classes/Game HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n";
    BOOST_REQUIRE(::write(socket_, head.data(), head.size()) == static_cast<ssize_t>(head.size()));
    char first = 0;
    BOOST_REQUIRE(::read(socket_, &first, 1) == 1);
  }
  ~HalfRequest() { ::close(socket_); }
  HalfRequest(const HalfRequest&) = delete;
  HalfRequest& operator=(const HalfRequest&) = delete;

 private:
  int socket_;
};

std::string port_of(const std::string& output) {
  const std::string url = line_after(output, kReady + "http://localhost:");
  return url.substr(0, url.find('/'));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(parse_server, Fixture)

BOOST_AUTO_TEST_CASE(without_options_it_prints_a_curl_line_that_works_and_keeps_its_keys) {
  std::string master_key;
  for (int start = 0; start < 2; ++start) {
    Process server(command({"--port", "0"}), folder.path(), environment);
    BOOST_REQUIRE(server.wait_for("/classes/GameScore\n"));
    const std::string key = line_after(server.seen(), "masterKey  ");
    BOOST_TEST(key.size() == 40u);
    if (start == 1) BOOST_TEST(key == master_key);
    master_key = key;
    const auto begin = server.seen().find("curl -X POST");
    Process curl({"/bin/sh", "-c", server.seen().substr(begin)}, folder.path());
    BOOST_TEST(curl.wait() == 0);
    BOOST_TEST(curl.seen().find("\"objectId\":\"") != std::string::npos);
    server.send(SIGTERM);
    BOOST_TEST(server.wait() == 0);
  }
}

BOOST_AUTO_TEST_CASE(sigterm_and_sigint_end_it_cleanly) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Process server(command({"--port", "0", "--appId", "a", "--masterKey", "m"}), folder.path(), environment);
    BOOST_REQUIRE(server.wait_for(kReady));
    server.send(signal);
    BOOST_TEST(server.wait() == 0);
    BOOST_TEST(server.seen().find("info: stopped\n") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_second_signal_ends_it_at_once_with_130) {
  Process server(command({"--port", "0", "--appId", "a", "--masterKey", "m"}), folder.path(), environment);
  BOOST_REQUIRE(server.wait_for("allowClientClassCreation"));
  // A request that never gets its body keeps the server in its ten seconds of grace.
  const HalfRequest request(port_of(server.seen()));
  server.send(SIGTERM);
  BOOST_REQUIRE(server.wait_for("stopping"));
  server.send(SIGTERM);
  BOOST_TEST(server.wait() == 130);
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_ends_the_start_with_2_and_its_number) {
  Process server(command({"--port", "0", "--appId", "a", "--masterKey", "m"}), folder.path(), environment);
  BOOST_REQUIRE(server.wait_for("allowClientClassCreation"));
  const std::string port = port_of(server.seen());
  const auto [code, output] = run({"--port", port, "--appId", "a", "--masterKey", "m", "--databaseURI", "other.db"});
  BOOST_TEST(code == 2);
  BOOST_TEST(output.find(port) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(mistakes_end_the_start_with_1_and_leave_nothing_behind) {
  const auto [code, output] = run({"--port", "x", "--fileKey", "k"});
  BOOST_TEST(code == 1);
  BOOST_TEST(output ==
             "'port' has invalid value 'x', a whole number is needed (--port)\n"
             "'fileKey' needs file storage, which this version does not have yet (--fileKey)\n");
  BOOST_TEST(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(silent_prints_nothing_and_logs_to_files) {
  environment = {"SILENT=1"};
  Process server(command({"--port", "0", "--verbose", "--appId", "a", "--masterKey", "very-secret"}), folder.path(),
                 environment);
  const auto log = [&] {
    std::string text;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder.file("logs"), ignored))
      text += read_text(entry.path().string());
    return text;
  };
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (log().find(kReady) == std::string::npos && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
  BOOST_TEST(log().find(kReady) != std::string::npos);
  server.send(SIGTERM);
  BOOST_TEST(server.wait() == 0);
  BOOST_TEST(server.seen() == "");
}

BOOST_AUTO_TEST_CASE(json_logs_are_one_object_a_line) {
  Process server(command({"--port", "0", "--jsonLogs", "--appId", "a", "--masterKey", "m"}), folder.path(),
                 environment);
  BOOST_REQUIRE(server.wait_for("allowClientClassCreation"));
  server.send(SIGTERM);
  BOOST_TEST(server.wait() == 0);
  std::istringstream lines(server.seen());
  for (std::string line; std::getline(lines, line);)
    BOOST_TEST((line.starts_with("{\"level\":\"") && line.ends_with("\"}")));
}

BOOST_AUTO_TEST_SUITE_END()
