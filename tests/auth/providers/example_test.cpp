// The example of docs/login.md, as it stands in examples/.
#include "tests/auth/providers/world.h"
#include "tests/support/process.h"

using namespace parse;
using namespace parse::test;

namespace {

struct Example : World {
  Process process{{"/usr/bin/python3", PARSE_EXAMPLES "/login-adapter/adapter.py", "0"},
                  PARSE_EXAMPLES,
                  {"ADAPTER_SECRET=s3cret", "TICKET_KEY=k3y"}};

  auth::Provider& provider(const std::string& secret) {
    if (!process.wait_for(".\n")) throw std::runtime_error("the example does not start: " + process.seen());
    const std::string port = process.seen().substr(process.seen().find("on ") + 3);
    return set_up("example", fmt::format(R"({{"http":{{"url":"http://127.0.0.1:{}","methods":["validateAuthData"],)"
                                         R"("secret":"{}"}}}})",
                                         port.substr(0, port.find('.')), secret));
  }
};

// HMAC-SHA256 of "anna" with the key "k3y".
const std::string kTicket = "9b7dde215ba2545f4d5d1d2ec2b4f7d7d45bf92106300cd22f7fd5872c68b1da";

}  // namespace

BOOST_AUTO_TEST_SUITE(login_adapter_example)

BOOST_AUTO_TEST_CASE(a_good_ticket_logs_in_and_is_not_stored) {
  Example example;
  const auto stored = log_in(example.provider("s3cret"), R"({"id":"anna","ticket":")" + kTicket + "\"}");
  BOOST_TEST(object::to_json(stored) == R"({"id":"anna"})");
}

BOOST_AUTO_TEST_CASE(other_tickets_are_refused) {
  Example example;
  auth::Provider& provider = example.provider("s3cret");
  BOOST_TEST(login_failure(provider, R"({"id":"bert","ticket":")" + kTicket + "\"}") == "101 The ticket is not valid.");
  BOOST_TEST(login_failure(provider, R"({"id":"anna"})") == "101 id and ticket are needed.");
}

BOOST_AUTO_TEST_CASE(only_the_server_may_ask) {
  Example example;
  BOOST_TEST(login_failure(example.provider("wrong"), R"({"id":"anna","ticket":")" + kTicket + "\"}") ==
             "141 Only the server may ask.");
}

BOOST_AUTO_TEST_SUITE_END()
