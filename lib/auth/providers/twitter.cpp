#include <algorithm>

#include "auth/providers/factories.h"
#include "auth/providers/fields.h"
#include "auth/providers/oauth1.h"
#include "crypto/random.h"
#include "net/url.h"

namespace parse::auth {
namespace {

struct Consumer {
  std::string key;
  std::string secret;
};

constexpr const char* kRefusal = "Twitter auth is invalid for this user.";
constexpr const char* kExchangeUrl = "https://api.twitter.com/oauth/access_token";
constexpr const char* kVerifyUrl = "https://api.twitter.com/1.1/account/verify_credentials.json";

/// `name=value&…`, as this service answers; "" when the name is missing.
std::string form_field(const std::string& body, const std::string& name) {
  for (std::size_t start = 0; start < body.size();) {
    const std::size_t end = std::min(body.find('&', start), body.size());
    if (body.compare(start, name.size() + 1, name + "=") == 0) {
      start += name.size() + 1;
      return body.substr(start, end - start);
    }
    start = end + 1;
  }
  return {};
}

/// Login by OAuth 1.0a. authData is either `{"oauth_token", "oauth_verifier"}`, exchanged here for the user's id and
/// token; or `{"id", "auth_token", "auth_token_secret"}`, which Twitter itself checks: the call is signed with this
/// app's secret, so the tokens of another app do not hold. Source: parse-server twitter.js; Twitter, "GET
/// account/verify_credentials".
class TwitterProvider final : public Provider {
 public:
  TwitterProvider(std::vector<Consumer> consumers, const ProviderServices& services)
      : consumers_(std::move(consumers)), services_(services) {}

  void before_find(object::Object& auth_data) override {
    const std::string verifier = text_at(auth_data, "oauth_verifier");
    if (!verifier.empty()) {
      exchange(auth_data, verifier);
    } else {
      verify(auth_data);
    }
  }

  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    require_text(auth_data, "id", kRefusal);
    require_text(auth_data, "auth_token", kRefusal);
    if (auth_data.contains("oauth_verifier")) throw refused(kRefusal);
    return {};
  }

  object::Object after_find(object::Object stored, bool) const override {
    object::Object seen;
    if (const object::Value* id = stored.find("id")) seen.set("id", *id);
    return seen;
  }

 private:
  void exchange(object::Object& auth_data, const std::string& verifier) {
    const Consumer& consumer = consumer_of(auth_data);
    const std::string token = require_text(auth_data, "oauth_token", kRefusal);
    const net::HttpResponse answer =
        send({.method = "POST", .url = kExchangeUrl, .fields = {{"oauth_verifier", verifier}}}, consumer, token, "");
    const std::string user = form_field(answer.body, "user_id");
    const std::string access = form_field(answer.body, "oauth_token");
    if (!answer.ok() || user.empty() || access.empty()) throw refused(kRefusal);
    if (auth_data.contains("id") && text_at(auth_data, "id") != user) throw refused(kRefusal);
    auth_data = object::Object{
        {"id", user}, {"auth_token", access}, {"auth_token_secret", form_field(answer.body, "oauth_token_secret")}};
  }

  void verify(object::Object& auth_data) {
    const std::string user = require_text(auth_data, "id", kRefusal);
    const std::string token = either(auth_data, "auth_token", "oauth_token");
    const std::string secret = either(auth_data, "auth_token_secret", "oauth_token_secret");
    const net::HttpResponse answer = send({.method = "GET", .url = kVerifyUrl}, consumer_of(auth_data), token, secret);
    if (!answer.ok() || id_at(read_object(answer, refused(kRefusal)), "id_str") != user) throw refused(kRefusal);
    auth_data = object::Object{{"id", user}, {"auth_token", token}, {"auth_token_secret", secret}};
  }

  net::HttpResponse send(OAuth1Request request, const Consumer& consumer, const std::string& token,
                         const std::string& secret) {
    request.nonce = crypto::random_alphanumeric(30);
    request.timestamp = std::to_string(services_.clock() / 1000);
    const OAuth1Signer signer{
        .consumer_key = consumer.key, .consumer_secret = consumer.secret, .token = token, .token_secret = secret};
    return services_.http.send({.method = request.method,
                                .url = request.url,
                                .headers = {{"Authorization", oauth1_authorization(signer, request)},
                                            {"Content-Type", "application/x-www-form-urlencoded"}},
                                .body = net::form_encode(request.fields)});
  }

  /// With several apps, the client says by `consumer_key` which one it is.
  const Consumer& consumer_of(const object::Object& auth_data) const {
    if (consumers_.size() == 1) return consumers_.front();
    const std::string key = text_at(auth_data, "consumer_key");
    const auto found = std::find_if(consumers_.begin(), consumers_.end(),
                                    [&key](const Consumer& consumer) { return consumer.key == key; });
    if (found == consumers_.end()) throw refused(kRefusal);
    return *found;
  }

  static std::string either(const object::Object& auth_data, std::string_view first, std::string_view second) {
    const std::string text = text_at(auth_data, first);
    return text.empty() ? require_text(auth_data, second, kRefusal) : text;
  }

  const std::vector<Consumer> consumers_;
  const ProviderServices services_;
};

std::vector<Consumer> read_consumers(const ProviderSetup& setup) {
  const object::Value* apps = setup.setting.value("apps");
  if (apps == nullptr) return {{setup.setting.text("consumer_key"), setup.setting.text("consumer_secret")}};
  std::vector<Consumer> consumers;
  const auto* list = apps->get_if<object::Array>();
  for (const object::Value& entry : list == nullptr ? object::Array{} : *list) {
    const auto* app = entry.get_if<object::Object>();
    const Consumer consumer =
        app == nullptr ? Consumer{} : Consumer{text_at(*app, "consumer_key"), text_at(*app, "consumer_secret")};
    if (!consumer.key.empty() && !consumer.secret.empty()) consumers.push_back(consumer);
  }
  if (list == nullptr || consumers.empty() || consumers.size() != list->size()) {
    setup.setting.add_problem("takes a list of objects with consumer_key and consumer_secret as apps");
  }
  return consumers;
}

}  // namespace

ProviderPointer make_twitter(const ProviderSetup& setup) {
  return std::make_unique<TwitterProvider>(read_consumers(setup), setup.services);
}

}  // namespace parse::auth
