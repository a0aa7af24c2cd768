#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;

namespace {

struct Service {
  std::string name;
  std::string options;
  std::string url;
  std::string answer;
  std::string token_field;
  std::string failure;
};

const std::vector<Service> kServices = {
    {"meetup", R"({"enableInsecureAuth":true})", "api.meetup.com/2/member/self", R"({"id":7})", "access_token",
     "101 Meetup auth is invalid for this user."},
    {"phantauth", R"({"enableInsecureAuth":true})", "phantauth.net/auth/userinfo", R"({"sub":"7"})", "access_token",
     "101 PhantAuth auth is invalid for this user."},
    {"janrainengage", R"({"enableInsecureAuth":true,"api_key":"k"})", "rpxnow.com/api/v2/auth_info",
     R"({"stat":"ok","profile":{"identifier":"7"}})", "auth_token",
     "101 Janrain engage auth is invalid for this user."},
    {"vkontakte", R"({"enableInsecureAuth":true,"appIds":"a","appSecret":"s"})", "api.vk.com/method/users.get",
     R"({"response":[{"id":7}]})", "access_token", "101 Vk auth is invalid for this user."},
    {"janraincapture", R"({"janrain_capture_host":"my.janraincapture.com"})", "my.janraincapture.com/entity",
     R"({"stat":"ok","result":"7"})", "access_token", "101 Janrain capture auth is invalid for this user."},
};

struct Running : World {
  Service service;
  auth::Provider& provider;

  explicit Running(const Service& given) : service(given), provider(set_up(given.name, given.options, true)) {
    answer(service.url, service.answer);
    answer("oauth.vk.com/access_token", R"({"access_token":"app"})");
  }
  std::string failure(const std::string& id, const std::string& token) {
    return login_failure(provider, "{\"id\":" + id + ",\"" + service.token_field + "\":" + token + "}");
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(insecure_token)

BOOST_AUTO_TEST_CASE(the_token_of_the_user_logs_in) {
  for (const Service& service : kServices) {
    Running running(service);
    BOOST_TEST(running.failure("\"7\"", "\"t\"") == "", service.name);
    const SeenRequest seen = running.last(service.url);
    const bool in_field = seen.field("access_token") == "t" || seen.field("token") == "t";
    BOOST_TEST((in_field || seen.header("authorization") == "Bearer t"), service.name);
  }
}

BOOST_AUTO_TEST_CASE(other_users_and_bad_tokens_are_refused) {
  for (const Service& service : kServices) {
    Running running(service);
    BOOST_TEST(running.failure("\"8\"", "\"t\"") == service.failure, service.name);
    for (const char* answer : {"{}", "[]", "x", R"({"stat":"fail","result":"7","profile":{"identifier":"7"}})",
                               R"({"response":[]})", R"({"stat":"ok","profile":[]})"}) {
      running.answer(service.url, answer);
      BOOST_TEST(running.failure("\"7\"", "\"t\"") == service.failure, service.name << " " << answer);
    }
    running.answer(service.url, Reply{.status = 401, .body = service.answer});
    BOOST_TEST(running.failure("\"7\"", "\"t\"") == service.failure, service.name);
  }
}

// GHSA-pfj7-wv7c-22pr
BOOST_AUTO_TEST_CASE(authdata_without_token_or_id_is_refused_without_asking) {
  for (const Service& service : kServices) {
    Running running(service);
    BOOST_TEST(running.failure("\"7\"", "null") == service.failure, service.name);
    BOOST_TEST(running.failure("\"7\"", R"({"$ne":""})") == service.failure, service.name);
    BOOST_TEST(running.failure("\"\"", "\"t\"") == service.failure, service.name);
    BOOST_TEST(running.server.seen().empty(), service.name);
  }
}

// GHSA-837q-jhwx-cmpv: such tokens may have been made for another app.
BOOST_AUTO_TEST_CASE(they_work_only_where_that_is_allowed_twice) {
  for (const Service& service : kServices) {
    if (service.name == "janraincapture") continue;
    World world;
    BOOST_TEST(failure_of([&] {
                 world.set_up(service.name, service.options);
               }).find("works only together with enableInsecureAuthAdapters") != std::string::npos,
               service.name);
    std::string without = service.options;
    without.replace(without.find("\"enableInsecureAuth\":true"), 25,
                    without.find(',') == std::string::npos ? "" : "\"x\":1");
    BOOST_TEST(failure_of([&] {
                 world.set_up(service.name, without, true);
               }).find("works only with enableInsecureAuth:") != std::string::npos,
               service.name);
  }
}

BOOST_AUTO_TEST_CASE(vk_checks_the_app_first) {
  Running running(kServices[3]);
  running.answer("oauth.vk.com/access_token", R"({"error":"invalid_client"})");
  BOOST_TEST(running.failure("\"7\"", "\"t\"") == "101 Vk appIds or appSecret is incorrect.");
}

BOOST_AUTO_TEST_CASE(the_capture_host_is_a_host) {
  for (const char* host : {"a/b", "a?b", "a#b", "user@a", "a b", "http://a"}) {
    World world;
    BOOST_TEST(failure_of([&] {
                 world.set_up("janraincapture", "{\"janrain_capture_host\":\"" + std::string(host) + "\"}");
               }) == "-1 'auth.janraincapture' takes a host name as janrain_capture_host",
               host);
  }
}

BOOST_AUTO_TEST_SUITE_END()
