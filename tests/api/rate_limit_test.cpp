#include <boost/test/unit_test.hpp>

#include "base/path_pattern.h"
#include "tests/api/test_app.h"

using namespace parse::api;
using parse::http::Method;
using parse::test::TestApp;
using namespace std::chrono_literals;

namespace {

struct Choice {
  std::string path = "/login";
  std::int64_t count = 2;
  std::vector<std::string> methods = {};
  RateLimitZone zone = RateLimitZone::kIp;
  bool include_master_key = false;
  bool include_internal = false;
};

Settings with(std::vector<Choice> choices) {
  Settings settings;
  for (const Choice& choice : choices) {
    RateLimitRule& rule =
        settings.rate_limits.emplace_back(RateLimitRule{.path = {parse::path_pattern_regex(choice.path), "i"}});
    rule.window = 60s;
    rule.count = choice.count;
    rule.message = "Too many requests.";
    rule.methods = choice.methods;
    rule.include_master_key = choice.include_master_key;
    rule.include_internal = choice.include_internal;
    rule.zone = choice.zone;
  }
  return settings;
}

/// The server as clients elsewhere see it.
struct Limited : TestApp {
  explicit Limited(Choice choice) : Limited(with({std::move(choice)})) {}
  explicit Limited(Settings settings) : TestApp({}, std::move(settings)) { client_ip = "198.51.100.7"; }

  parse::http::Response login() { return post("/login", kLogin); }
  bool limited(const parse::http::Response& response) { return response.status == 429; }

  /// Signs a user up and returns the fields of his session.
  Fields session(const std::string& name) {
    const auto response = post("/users", R"({"username":")" + name + R"(","password":"p"})");
    Fields fields = kPublic;
    fields.emplace_back("X-Parse-Session-Token", member(response, "sessionToken").as<std::string>());
    return fields;
  }
  static Fields token(const std::string& text) {
    Fields fields = kPublic;
    fields.emplace_back("X-Parse-Session-Token", text);
    return fields;
  }
  parse::http::Response batch(const std::string& method, const std::string& path, const std::string& body = "{}",
                              const Fields& fields = kPublic) {
    return post("/batch",
                R"({"requests":[{"method":")" + method + R"(","path":"/parse)" + path + R"(","body":)" + body + "}]}",
                fields);
  }

  static constexpr const char* kLogin = R"({"username":"nobody","password":"wrong"})";
};

}  // namespace

BOOST_AUTO_TEST_SUITE(rate_limit)

BOOST_AUTO_TEST_CASE(what_exceeds_the_limit_gets_429_with_code_100_and_says_when_to_come_back) {
  Limited app(Choice{});
  const auto first = app.login();
  BOOST_TEST(first.status == 404);
  BOOST_TEST(*first.headers.find("X-RateLimit-Limit") == "2");
  BOOST_TEST(*first.headers.find("X-RateLimit-Remaining") == "1");
  BOOST_TEST(first.headers.find("Retry-After") == nullptr);
  app.login();
  const auto refused = app.login();
  BOOST_TEST(refused.status == 429);
  BOOST_TEST(refused.body == R"({"code":100,"error":"Too many requests."})");
  BOOST_TEST(*refused.headers.find("Retry-After") == "60");
  BOOST_TEST(*refused.headers.find("X-RateLimit-Remaining") == "0");
}

BOOST_AUTO_TEST_CASE(the_window_begins_with_its_first_request_and_ends_after_its_time) {
  Limited app(Choice{});
  app.login();
  app.now += 59'999;
  app.login();
  BOOST_TEST(app.limited(app.login()));
  app.now += 1;
  BOOST_TEST(!app.limited(app.login()));
}

BOOST_AUTO_TEST_CASE(addresses_count_apart_but_a_whole_ipv6_network_counts_as_one) {
  Limited app(Choice{.count = 1});
  BOOST_TEST(!app.limited(app.login()));
  app.client_ip = "198.51.100.8";
  BOOST_TEST(!app.limited(app.login()));
  app.client_ip = "2001:db8::1";
  BOOST_TEST(!app.limited(app.login()));
  app.client_ip = "2001:db8::2";
  BOOST_TEST(app.limited(app.login()));
  app.client_ip = "2001:db8:0:1::1";
  BOOST_TEST(!app.limited(app.login()));
}

BOOST_AUTO_TEST_CASE(the_own_machine_and_the_master_key_are_counted_only_when_asked_for) {
  Limited app(with({{.path = "/login", .count = 1}, {.path = "/serverInfo", .count = 1, .include_master_key = true}}));
  app.client_ip = "127.0.0.1";
  app.login();
  BOOST_TEST(!app.limited(app.login()));
  BOOST_TEST(!app.limited(app.get("/serverInfo", TestApp::kMaster)));
  BOOST_TEST(!app.limited(app.get("/serverInfo", TestApp::kMaster)));
  Limited counted(Choice{.count = 1, .include_master_key = true, .include_internal = true});
  counted.client_ip = "127.0.0.1";
  counted.post("/login", Limited::kLogin, TestApp::kMaster);
  BOOST_TEST(counted.limited(counted.post("/login", Limited::kLogin, TestApp::kMaster)));
}

BOOST_AUTO_TEST_CASE(methods_narrow_a_limit_and_head_counts_as_get) {
  Limited app(Choice{.path = "/classes/:className", .count = 1, .methods = {"GET"}});
  app.post("/classes/Game", "{}");
  BOOST_TEST(!app.limited(app.post("/classes/Game", "{}")));
  BOOST_TEST(!app.limited(app.get("/classes/Game")));
  BOOST_TEST(app.limited(app.send(Method::kHead, "/classes/Game")));
}

BOOST_AUTO_TEST_CASE(users_and_sessions_count_apart_in_their_zones_and_everybody_together_in_the_global_one) {
  Limited by_user(Choice{.path = "/classes/*path", .count = 1, .zone = RateLimitZone::kUser});
  const auto ann = by_user.session("ann");
  BOOST_TEST(!by_user.limited(by_user.get("/classes/Game", ann)));
  BOOST_TEST(by_user.limited(by_user.get("/classes/Game", ann)));
  by_user.client_ip = "198.51.100.8";
  BOOST_TEST(by_user.limited(by_user.get("/classes/Game", ann)));
  BOOST_TEST(!by_user.limited(by_user.get("/classes/Game", by_user.session("bob"))));
  Limited global(Choice{.path = "/classes/*path", .count = 1, .zone = RateLimitZone::kGlobal});
  global.get("/classes/Game");
  global.client_ip = "198.51.100.8";
  BOOST_TEST(global.limited(global.get("/classes/Other")));
}

// GHSA-775h-3xrc-c228: limits did not hold for the parts of a batch.
BOOST_AUTO_TEST_CASE(a_part_of_a_batch_counts_like_a_request_of_its_own) {
  Limited app(Choice{});
  app.login();
  BOOST_TEST(app.batch("POST", "/login", Limited::kLogin).status == 200);
  const auto refused = app.batch("POST", "/login", Limited::kLogin);
  BOOST_TEST(refused.status == 429);
  BOOST_TEST(refused.body == R"({"code":100,"error":"Too many requests."})");
  BOOST_TEST(app.limited(app.login()));
}

// GHSA-775h-3xrc-c228: many parts in one batch.
BOOST_AUTO_TEST_CASE(parts_of_one_batch_add_up_and_nothing_of_it_is_done) {
  Limited app(Choice{.path = "/classes/Game", .count = 2});
  const std::string part = R"({"method":"POST","path":"/parse/classes/Game","body":{}})";
  BOOST_TEST(app.limited(app.post("/batch", R"({"requests":[)" + part + "," + part + "," + part + "]}")));
  app.client_ip = "127.0.0.1";
  BOOST_TEST(TestApp::member(app.get("/classes/Game", TestApp::kMaster), "results").as<parse::object::Array>().empty());
}

// GHSA-4jj8-x76w-v7h7, GHSA-jmvh-84q9-vvrc: an unknown token must not open a counter of its own.
BOOST_AUTO_TEST_CASE(a_rotating_invalid_token_counts_for_its_address) {
  for (const RateLimitZone zone : {RateLimitZone::kUser, RateLimitZone::kSession}) {
    Limited app(Choice{.path = "/classes/Game", .count = 2, .zone = zone});
    BOOST_TEST(TestApp::code(app.get("/classes/Game", Limited::token("r:1"))) == 209);
    BOOST_TEST(TestApp::code(app.get("/classes/Game", Limited::token("r:2"))) == 209);
    BOOST_TEST(app.limited(app.get("/classes/Game", Limited::token("r:3"))));
    BOOST_TEST(app.limited(app.batch("GET", "/classes/Game")));
    BOOST_TEST(app.limited(app.get("/classes/Game")));
  }
}

// GHSA-vpvj-hfh8-388m: the verb that is carried out counts, wherever it stands.
BOOST_AUTO_TEST_CASE(the_verb_counts_alike_plain_by_method_and_in_a_batch) {
  const auto count_left = [](auto call) {
    Limited app(Choice{.path = "/classes/Game", .count = 5, .methods = {"GET"}});
    call(app);
    return *app.get("/classes/Game").headers.find("X-RateLimit-Remaining");
  };
  BOOST_TEST(count_left([](Limited& app) { app.get("/classes/Game"); }) == "3");
  BOOST_TEST(count_left([](Limited& app) { app.post("/classes/Game", R"({"_method":"GET"})"); }) == "3");
  BOOST_TEST(count_left([](Limited& app) { app.post("/classes/Game", R"({"_method":"get"})"); }) == "3");
  BOOST_TEST(count_left([](Limited& app) { app.batch("GET", "/classes/Game"); }) == "3");
  BOOST_TEST(count_left([](Limited& app) { app.post("/classes/Game", R"({"a":1})"); }) == "4");
  BOOST_TEST(count_left([](Limited& app) { app.batch("POST", "/classes/Game", R"({"_method":"GET"})"); }) == "4");
}

// parse-server #10349: a login in a batch counted for the token of the batch, not for the address.
BOOST_AUTO_TEST_CASE(a_login_counts_for_its_address_whoever_is_logged_in) {
  for (const RateLimitZone zone : {RateLimitZone::kUser, RateLimitZone::kSession}) {
    Limited app(Choice{.zone = zone});
    const auto ann = app.session("ann");
    const auto bob = app.session("bob");
    app.batch("POST", "/login", Limited::kLogin, ann);
    app.batch("POST", "/login", Limited::kLogin, bob);
    BOOST_TEST(app.limited(app.login()));
    BOOST_TEST(app.limited(app.post("/login", Limited::kLogin, ann)));
  }
}

// parse-server #10500, and the list of security.md: one counter for every spelling of a path.
BOOST_AUTO_TEST_CASE(every_spelling_of_a_path_counts_together) {
  for (const auto* spelling : {"/login?x=1", "/login/", "//login", "/LOGIN", "/LogIn/?a"}) {
    Limited app(Choice{.count = 1});
    BOOST_TEST(!app.limited(app.post(spelling, Limited::kLogin)), spelling);
    BOOST_TEST(app.limited(app.login()), spelling);
    BOOST_TEST(app.limited(app.post(spelling, Limited::kLogin)), spelling);
  }
  for (const auto* spelling : {"/login/", "//login", "/./login", "/x/../login", "/login?x=1", "/LOGIN"}) {
    Limited app(Choice{.count = 1});
    BOOST_TEST(app.batch("POST", spelling, Limited::kLogin).status == 200, spelling);
    BOOST_TEST(app.limited(app.login()), spelling);
  }
  for (const auto* spelling : {"/classes/%47ame", "/classes/G%61me/", "/CLASSES/Game"}) {
    Limited app(Choice{.path = "/classes/Game", .count = 1});
    BOOST_TEST(app.get(spelling).status == 200, spelling);
    BOOST_TEST(app.limited(app.get("/classes/Game")), spelling);
  }
}

// The list of security.md: an encoded dot or letter in a literal leads nowhere, so there is nothing to count.
BOOST_AUTO_TEST_CASE(an_encoded_literal_reaches_no_endpoint) {
  Limited app(Choice{.count = 1});
  for (const auto* spelling : {"/%6cogin", "/%2e/login", "/%2e%2e/parse/login", "/login%2f", "/login%00"})
    BOOST_TEST(TestApp::member(app.post(spelling, Limited::kLogin), "error").as<std::string>().starts_with("Cannot"));
}

BOOST_AUTO_TEST_CASE(both_addresses_of_a_built_in_class_count_together) {
  Limited app(Choice{.path = "/users", .count = 1, .methods = {"POST"}});
  app.session("ann");
  BOOST_TEST(app.limited(app.post("/classes/_User", R"({"username":"b","password":"p"})")));
  BOOST_TEST(!app.limited(app.get("/users")));
}

BOOST_AUTO_TEST_CASE(the_counter_gives_up_its_oldest_windows_when_it_is_full) {
  RequestCounter counter(60s, 2);
  counter.hit("a", 0);
  counter.hit("b", 1);
  BOOST_TEST(counter.hit("a", 2).hits == 2);
  counter.hit("c", 3);
  BOOST_TEST(counter.hit("b", 4).hits == 2);
  BOOST_TEST(counter.hit("a", 5).hits == 1);
  BOOST_TEST(counter.hit("a", 60'005).hits == 1);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

Settings allowing(const std::vector<std::string>& patterns) {
  Settings settings;
  settings.route_allow_list.emplace();
  for (const std::string& pattern : patterns) settings.route_allow_list->emplace_back("^(?:" + pattern + ")$", "");
  return settings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(route_allow_list)

BOOST_AUTO_TEST_CASE(only_listed_paths_need_no_key_of_the_operator) {
  TestApp app({}, allowing({"classes/Open.*"}));
  BOOST_TEST(app.get("/classes/Open").status == 200);
  BOOST_TEST(app.get("/classes/Open/?limit=1").status == 200);
  BOOST_TEST(TestApp::code(app.get("/classes/Closed")) == 119);
  BOOST_TEST(TestApp::code(app.get("/nowhere")) == 119);
  for (const auto& key : {TestApp::kMaster, TestApp::kReadOnly, TestApp::kMaintenance})
    BOOST_TEST(app.get("/classes/Closed", key).status == 200);
}

BOOST_AUTO_TEST_CASE(an_empty_list_leaves_nothing_to_clients) {
  TestApp app({}, allowing({}));
  BOOST_TEST(TestApp::code(app.get("/classes/Game")) == 119);
}

// GHSA-p84r-h6rx-f2xr (CVE-2026-50008): a batch reached what the list left out.
BOOST_AUTO_TEST_CASE(parts_of_a_batch_are_held_to_the_list) {
  TestApp app({}, allowing({"batch", "classes/Open"}));
  const auto part = [](const char* path) {
    return std::string(R"({"method":"POST","path":"/parse)") + path + R"(","body":{}})";
  };
  BOOST_TEST(app.post("/batch", R"({"requests":[)" + part("/classes/Open") + "]}").status == 200);
  const auto refused =
      app.post("/batch", R"({"requests":[)" + part("/classes/Open") + "," + part("/classes/Closed") + "]}");
  BOOST_TEST(TestApp::code(refused) == 119);
  BOOST_TEST(TestApp::member(app.get("/classes/Open", TestApp::kMaster), "results").as<parse::object::Array>().size() ==
             1U);
}

// GHSA-p84r-h6rx-f2xr: patterns see the path that is served, not the one that was written.
BOOST_AUTO_TEST_CASE(no_other_spelling_slips_through) {
  TestApp app({}, allowing({"(?!classes/Secret).*"}));
  BOOST_TEST(app.get("/classes/Game").status == 200);
  for (const auto* spelling : {"/classes/Secret", "/classes/%53ecret", "/CLASSES/Secret", "//classes/Secret",
                               "/classes/Secret/", "/Classes/Secre%74?x=1"})
    BOOST_TEST(TestApp::code(app.get(spelling)) == 119, spelling);
  BOOST_TEST(TestApp::code(app.post("/classes/%53ecret", R"({"_method":"GET"})")) == 119);
}

BOOST_AUTO_TEST_SUITE_END()
