#include <algorithm>
#include <array>

#include "auth/providers/adapter_values.h"
#include "auth/providers/factories.h"
#include "auth/providers/fields.h"
#include "net/remote_adapter.h"

namespace parse::auth {
namespace {

constexpr std::array<std::string_view, 8> kMethods = {"validateAppId", "validateAuthData", "validateSetUp",
                                                      "validateLogin", "validateUpdate",   "beforeFind",
                                                      "challenge",     "afterFind"};

struct HttpProviderSettings {
  std::string name;
  net::RemoteAdapterSettings remote = {};
  ProviderPolicy policy = ProviderPolicy::kDefault;
  /// Goes with every call: the provider's options but `http`.
  object::Object options = {};
};

/// A provider in another process. Its methods get what the reference's modules get: `validateAuthData(authData,
/// options, request)` or `validateSetUp`, `validateLogin` and `validateUpdate` with the same arguments;
/// `validateAppId(appIds, authData, options, request)`; `beforeFind(authData)`, which answers the authData to go on
/// with, or nothing; `challenge(challengeData, authData, options, request)`; `afterFind(authData, options, request)`. A
/// validation may answer `{"doNotSave", "save", "response"}`. Source: parse-server AuthAdapter.js.
class HttpProvider final : public Provider {
 public:
  HttpProvider(HttpProviderSettings settings, net::HttpClient& http)
      : settings_(std::move(settings)), remote_(settings_.remote, http) {}

  ProviderPolicy policy(const object::Object*) const override { return settings_.policy; }
  bool identifies_users() const override { return settings_.policy != ProviderPolicy::kAdditional; }

  void before_find(object::Object& auth_data) override {
    if (!remote_.has("beforeFind")) return;
    const object::Value answer = remote_.call("beforeFind", {auth_data});
    if (answer.is_null()) return;
    const auto* replaced = answer.get_if<object::Object>();
    if (replaced == nullptr) throw bad_adapter_answer();
    auth_data = *replaced;
  }

  ProviderResult validate(AuthPhase phase, const object::Object& auth_data, const ProviderRequest& request) override {
    const object::Value sent = adapter_request(settings_.name, request);
    const object::Value* app_ids = settings_.options.find("appIds");
    if (app_ids != nullptr && remote_.has("validateAppId")) {
      remote_.call("validateAppId", {*app_ids, auth_data, settings_.options, sent});
    }
    return read_adapter_result(remote_.call(method_for(phase), {auth_data, settings_.options, sent}));
  }

  std::optional<object::Value> challenge(const object::Value& challenge_data, const object::Object* auth_data,
                                         const ProviderRequest& request) override {
    if (!remote_.has("challenge")) return std::nullopt;
    const object::Value given = auth_data == nullptr ? object::Value() : object::Value(*auth_data);
    return remote_.call("challenge",
                        {challenge_data, given, settings_.options, adapter_request(settings_.name, request)});
  }

  object::Object after_find(object::Object stored, bool is_master) const override {
    if (!remote_.has("afterFind")) return stored;
    const object::Value answer =
        remote_.call("afterFind", {stored, settings_.options, object::Object{{"master", is_master}}});
    const auto* seen = answer.get_if<object::Object>();
    return seen == nullptr ? std::move(stored) : *seen;
  }

 private:
  std::string_view method_for(AuthPhase phase) const {
    if (remote_.has("validateAuthData")) return "validateAuthData";
    if (phase == AuthPhase::kSetUp) return "validateSetUp";
    return phase == AuthPhase::kLogin ? "validateLogin" : "validateUpdate";
  }

  const HttpProviderSettings settings_;
  const net::RemoteAdapter remote_;
};

void check_methods(SettingReader& setting, const std::vector<std::string>& methods) {
  const auto has = [&methods](std::string_view name) {
    return std::find(methods.begin(), methods.end(), name) != methods.end();
  };
  for (const std::string& method : methods) {
    if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) {
      setting.add_problem("knows no method " + method);
    }
  }
  if (!has("validateAuthData") && !(has("validateSetUp") && has("validateLogin") && has("validateUpdate"))) {
    setting.add_problem(
        "needs validateAuthData, or validateSetUp, validateLogin and validateUpdate, among http.methods");
  }
}

}  // namespace

ProviderPointer make_http(const ProviderSetup& setup) {
  SettingReader& setting = setup.setting;
  HttpProviderSettings settings{.name = setup.name};
  const object::Value* http = setting.value("http");
  settings.remote =
      net::read_remote_adapter(http == nullptr ? object::Value() : *http, setting.option(), setting.problems());
  check_methods(setting, settings.remote.methods);
  settings.policy = read_adapter_policy(setting);
  settings.options = setting.rest();
  return std::make_unique<HttpProvider>(std::move(settings), setup.services.http);
}

}  // namespace parse::auth
