#include "tests/auth/providers/world.h"

using namespace parse;
using namespace parse::test;

namespace {

/// One service: what it is asked and what it answers when all is well, for user "u".
struct Service {
  std::string name;
  /// What messages call it.
  std::string title;
  std::string token_url;
  std::string token_answer;
  std::string user_url;
  std::string user_answer;
  /// Where the last request carries the access token: the field Authorization, or a form or query field.
  bool bearer = true;
  std::string invalid_token = {};
};

const std::string kToken = R"({"access_token":"at","token_type":"bearer"})";

const std::vector<Service> kServices = {
    {"linkedin", "LinkedIn", "www.linkedin.com/oauth/v2/accessToken", kToken, "api.linkedin.com/v2/me", R"({"id":"u"})",
     true, "101 LinkedIn API request failed."},
    {"microsoft", "Microsoft", "login.microsoftonline.com/common/oauth2/v2.0/token", kToken,
     "graph.microsoft.com/v1.0/me", R"({"id":"u"})", true, "101 Microsoft API request failed."},
    {"github", "GitHub", "github.com/login/oauth/access_token", kToken, "api.github.com/user",
     R"({"id":"u","login":"x"})", true, "142 Failed to exchange code for token."},
    {"spotify", "spotify", "accounts.spotify.com/api/token", kToken, "api.spotify.com/v1/me", R"({"id":"u"})", true,
     "101 Spotify API request failed."},
    {"line", "Line", "api.line.me/oauth2/v2.1/token", kToken, "api.line.me/v2/profile", R"({"userId":"u"})", true,
     "101 Failed to exchange code for token."},
    {"instagram", "Instagram", "api.instagram.com/oauth/access_token", R"({"access_token":"at","user_id":1})",
     "graph.instagram.com/me", R"({"id":"u"})", false, "101 Instagram API request failed."},
    {"weibo", "Weibo", "api.weibo.com/oauth2/access_token", kToken, "api.weibo.com/oauth2/get_token_info",
     R"({"uid":"u"})", false, "101 Weibo auth is invalid for this user."},
    {"gpgames", "gpgames", "oauth2.googleapis.com/token", kToken, "www.googleapis.com/games/v1/players/me",
     R"({"playerId":"u"})", true, "142 Failed to exchange code for token."},
    {"wechat", "WeChat", "api.weixin.qq.com/sns/oauth2/access_token", R"({"access_token":"at","openid":"u"})",
     "api.weixin.qq.com/sns/auth", R"({"errcode":0,"errmsg":"ok"})", false,
     "101 WeChat auth is invalid for this user."},
    {"qq", "qq", "graph.qq.com/oauth2.0/token", R"(callback( {"access_token":"at"} );)", "graph.qq.com/oauth2.0/me",
     R"(callback( {"client_id":"cid","openid":"u"} );)", false, "101 qq API request failed."},
};

constexpr const char* kOptions = R"({"clientId":"cid","clientSecret":"sec"})";
constexpr const char* kInsecure = R"({"enableInsecureAuth":true})";
constexpr const char* kCode = R"({"code":"c+1","redirect_uri":"https://app/cb","code_verifier":"ver"})";

struct Running : World {
  Service service;
  auth::Provider& provider;

  explicit Running(const Service& given, const std::string& options = kOptions, bool insecure = false)
      : service(given), provider(set_up(given.name, options, insecure)) {
    answer(service.token_url, service.token_answer);
    answer(service.user_url, service.user_answer);
  }
  std::string failure(const std::string& data) { return login_failure(provider, data); }
  std::string invalid() const { return "101 " + service.title + " auth is invalid for this user."; }
};

Service named(const std::string& name) {
  return *std::find_if(kServices.begin(), kServices.end(),
                       [&](const Service& service) { return service.name == name; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(code_exchange)

BOOST_AUTO_TEST_CASE(a_code_is_exchanged_for_the_user_and_an_access_token) {
  for (const Service& service : kServices) {
    Running running(service);
    const auto stored = log_in(running.provider, kCode);
    BOOST_TEST(object::to_json(stored) == R"({"id":"u","access_token":"at"})", service.name);
    BOOST_TEST(running.count(service.token_url) == 1, service.name);
  }
}

BOOST_AUTO_TEST_CASE(the_service_gets_the_code_and_who_this_app_is) {
  for (const Service& service : kServices) {
    Running running(service);
    running.failure(kCode);
    const SeenRequest request = running.last(service.token_url);
    const auto sent = [&](const std::string& name) {
      const auto json = object::try_parse_json(request.body);
      const auto* body = json ? json->get_if<object::Object>() : nullptr;
      if (body == nullptr) return request.field(name);
      const object::Value* value = body->find(name);
      return value == nullptr ? std::string() : value->as<std::string>();
    };
    BOOST_TEST(sent("code") == "c+1", service.name);
    BOOST_TEST(sent(service.name == "wechat" ? "appid" : "client_id") == "cid", service.name);
    // The flow with PKCE proves itself by the verifier instead.
    const std::string secret = sent(service.name == "wechat" ? "secret" : "client_secret");
    BOOST_TEST(secret == (service.name == "spotify" ? "" : "sec"), service.name);
    if (service.name != "github" && service.name != "wechat") {
      BOOST_TEST(sent("redirect_uri") == "https://app/cb", service.name);
    }
    BOOST_TEST(sent("code_verifier") == (service.name == "spotify" ? "ver" : ""), service.name);
  }
}

BOOST_AUTO_TEST_CASE(the_user_is_asked_for_with_the_new_token) {
  for (const Service& service : kServices) {
    Running running(service);
    running.failure(kCode);
    const SeenRequest request = running.last(service.user_url);
    if (service.bearer) {
      BOOST_TEST(request.header("authorization") == "Bearer at", service.name);
    } else {
      BOOST_TEST(request.field("access_token") == "at", service.name);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_code_of_one_user_does_not_log_another_in) {
  for (const Service& service : kServices) {
    Running running(service);
    std::string data(kCode);
    data.insert(1, R"("id":"victim",)");
    const std::string expected =
        service.name == "gpgames" ? "142 Invalid Google Play Games Services user data received." : running.invalid();
    BOOST_TEST(running.failure(data) == expected, service.name);
  }
}

BOOST_AUTO_TEST_CASE(an_id_that_is_no_text_never_equals_the_users) {
  for (const Service& service : kServices) {
    Running running(service);
    std::string data(kCode);
    data.insert(1, R"("id":{"$gt":""},)");
    BOOST_TEST(running.failure(data) != "", service.name);
  }
}

BOOST_AUTO_TEST_CASE(a_code_that_the_service_refuses_is_refused) {
  for (const Service& service : kServices) {
    Running running(service);
    running.answer(service.token_url, Reply{.status = 400, .body = "{}"});
    BOOST_TEST(running.failure(kCode) == service.invalid_token, service.name);
  }
}

BOOST_AUTO_TEST_CASE(an_answer_without_token_or_without_user_logs_nobody_in) {
  for (const Service& service : kServices) {
    Running no_token(service);
    no_token.answer(service.token_url, "{}");
    BOOST_TEST(no_token.failure(kCode) != "", service.name);
    BOOST_TEST(no_token.count(service.user_url) == 0, service.name);
    for (const char* user : {"{}", "[]", "", R"({"id":null,"userId":"","uid":false,"playerId":[],"openid":{}})"}) {
      Running no_user(service);
      no_user.answer(service.user_url, user);
      BOOST_TEST(no_user.failure(kCode) != "", service.name << " " << user);
    }
    Running refused(service);
    refused.answer(service.user_url, Reply{.status = 401, .body = service.user_answer});
    BOOST_TEST(refused.failure(kCode) != "", service.name);
  }
}

BOOST_AUTO_TEST_CASE(an_error_with_status_200_is_told_to_the_client) {
  for (const std::string name : {"github", "line", "instagram"}) {
    Running running(named(name));
    running.answer(running.service.token_url, R"({"error":"bad_code","error_description":"The code has expired."})");
    BOOST_TEST(running.failure(kCode) == "101 The code has expired.", name);
  }
}

// GHSA-pfj7-wv7c-22pr (CVE-2026-33409): the id of another user, alone or with anything but a code.
// GHSA-837q-jhwx-cmpv: an access token, which may have been made for another app.
BOOST_AUTO_TEST_CASE(without_a_code_nobody_is_logged_in) {
  for (const Service& service : kServices) {
    Running running(service);
    for (const char* data : {R"({"id":"u"})", "{}", R"({"id":"u","access_token":"at"})", R"({"id":"u","code":""})",
                             R"({"id":"u","code":{"$ne":""}})", R"({"id":"u","code":null})"}) {
      BOOST_TEST(running.failure(data) == "142 " + service.title + " code is required.", service.name << " " << data);
    }
    BOOST_TEST(running.server.seen().empty(), service.name);
  }
}

BOOST_AUTO_TEST_CASE(validation_believes_only_what_the_exchange_left) {
  Running running(named("github"));
  const auto validate = [&](const std::string& data) {
    return failure_of([&] { running.provider.validate(auth::AuthPhase::kSetUp, object_of(data), {}); });
  };
  BOOST_TEST(validate(R"({"id":"u"})") == running.invalid());
  BOOST_TEST(validate(R"({"id":"u","code":"c","access_token":"at"})") == running.invalid());
}

BOOST_AUTO_TEST_CASE(readers_see_the_id_only) {
  Running running(named("github"));
  for (const bool is_master : {false, true}) {
    const auto seen = running.provider.after_find(object_of(R"({"id":"u","access_token":"at"})"), is_master);
    BOOST_TEST(object::to_json(seen) == R"({"id":"u"})");
  }
}

BOOST_AUTO_TEST_CASE(numbers_as_ids_become_texts) {
  Running github(named("github"));
  github.answer("api.github.com/user", R"({"id":583231,"login":"x"})");
  BOOST_TEST(object::to_json(log_in(github.provider, kCode)) == R"({"id":"583231","access_token":"at"})");
  Running weibo(named("weibo"));
  weibo.answer("api.weibo.com/oauth2/get_token_info", R"({"uid":1073880650})");
  BOOST_TEST(object::to_json(log_in(weibo.provider, kCode)) == R"({"id":"1073880650","access_token":"at"})");
}

BOOST_AUTO_TEST_CASE(what_a_flow_needs_beside_the_code_must_be_there) {
  Running spotify(named("spotify"));
  BOOST_TEST(spotify.failure(R"({"code":"c","redirect_uri":"r"})") ==
             "101 Spotify auth needs authData.code, authData.redirect_uri and authData.code_verifier.");
  Running weibo(named("weibo"));
  BOOST_TEST(weibo.failure(R"({"code":"c"})") == "101 Weibo auth requires code and redirect_uri to be sent.");
}

BOOST_AUTO_TEST_CASE(wechat_and_qq_tokens_belong_to_this_app_and_user) {
  Running wechat(named("wechat"));
  wechat.answer("api.weixin.qq.com/sns/auth", R"({"errcode":40003,"errmsg":"invalid openid"})");
  BOOST_TEST(wechat.failure(kCode) == wechat.invalid());
  Running qq(named("qq"));
  qq.answer("graph.qq.com/oauth2.0/me", R"({"client_id":"other","openid":"u"})");
  BOOST_TEST(qq.failure(kCode) == qq.invalid());
}

BOOST_AUTO_TEST_CASE(a_bare_access_token_works_only_where_that_is_allowed_twice) {
  for (const Service& service : kServices) {
    Running running(service, kInsecure, true);
    BOOST_TEST(running.failure(R"({"id":"u","access_token":"at"})") == "", service.name);
    BOOST_TEST(running.failure(R"({"id":"u"})") == running.invalid(), service.name);
    if (service.name != "wechat") {
      BOOST_TEST(running.failure(R"({"id":"victim","access_token":"at"})") != "", service.name);
    }
    BOOST_TEST(running.failure(R"({"access_token":"at"})") == running.invalid(), service.name);
    BOOST_TEST(running.failure(kCode) == "142 " + service.title + " code is required.", service.name);
    World world;
    BOOST_TEST(failure_of([&] {
                 world.set_up(service.name, kInsecure);
               }).starts_with("-1 'auth." + service.name + "' has enableInsecureAuth, which works only together with"));
  }
}

BOOST_AUTO_TEST_CASE(missing_client_settings_stop_the_start) {
  for (const Service& service : kServices) {
    World world;
    BOOST_TEST(failure_of([&] { world.set_up(service.name, "{}"); }) ==
               fmt::format("-1 'auth.{0}' needs clientId\n'auth.{0}' needs clientSecret", service.name));
  }
}

// GHSA-2cjm-2gwv-m892: state of one provider leaking into another.
BOOST_AUTO_TEST_CASE(providers_set_up_side_by_side_do_not_mix) {
  World world;
  world.answer("github.com/login/oauth/access_token", kToken);
  world.answer("api.github.com/user", R"({"id":"u"})");
  world.answer("api.line.me/oauth2/v2.1/token", kToken);
  world.answer("api.line.me/v2/profile", R"({"userId":"u"})");
  world.providers = auth::make_providers(object_of(R"({"github":{"clientId":"g","clientSecret":"gs"},
                                                       "line":{"clientId":"l","clientSecret":"ls"}})"),
                                         world.services, {});
  log_in(*world.providers.at("line"), kCode);
  log_in(*world.providers.at("github"), kCode);
  BOOST_TEST(world.last("api.line.me/oauth2/v2.1/token").field("client_id") == "l");
  BOOST_TEST(world.last("github.com/login/oauth/access_token").body.find("\"client_id\":\"g\"") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
