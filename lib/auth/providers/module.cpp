#include <utility>

#include "auth/providers/adapter_values.h"
#include "auth/providers/factories.h"

namespace parse::auth {
namespace {

std::string_view method_of(AuthPhase phase) {
  if (phase == AuthPhase::kSetUp) return "validateSetUp";
  return phase == AuthPhase::kLogin ? "validateLogin" : "validateUpdate";
}

/// A JavaScript module of the app, which runs beside its Cloud Code. Which of its functions answer a method is known
/// there. Source: parse-server Adapters/Auth/index.js, AuthAdapter.js.
class ModuleProvider final : public Provider {
 public:
  ModuleProvider(std::string name, ProviderPolicy policy, ModuleRunner run)
      : name_(std::move(name)), policy_(policy), run_(std::move(run)) {}

  ProviderPolicy policy(const object::Object*) const override { return policy_; }
  bool identifies_users() const override { return policy_ != ProviderPolicy::kAdditional; }

  void before_find(object::Object& auth_data) override {
    const auto answer = call("beforeFind", {{"authData", auth_data}});
    if (!answer || answer->is_null()) return;
    const auto* replaced = answer->get_if<object::Object>();
    if (replaced == nullptr) throw bad_adapter_answer();
    auth_data = *replaced;
  }

  ProviderResult validate(AuthPhase phase, const object::Object& auth_data, const ProviderRequest& request) override {
    const auto answer = call(method_of(phase), {{"authData", auth_data}, {"request", adapter_request(name_, request)}});
    if (!answer) throw bad_adapter_answer();
    return read_adapter_result(*answer);
  }

  std::optional<object::Value> challenge(const object::Value& challenge_data, const object::Object* auth_data,
                                         const ProviderRequest& request) override {
    object::Object arguments{{"challengeData", challenge_data}, {"request", adapter_request(name_, request)}};
    if (auth_data != nullptr) arguments.set("authData", *auth_data);
    return call("challenge", std::move(arguments));
  }

  object::Object after_find(object::Object stored, bool is_master) const override {
    const auto answer = call("afterFind", {{"authData", stored}, {"request", object::Object{{"master", is_master}}}});
    const auto* seen = answer ? answer->get_if<object::Object>() : nullptr;
    return seen == nullptr ? std::move(stored) : *seen;
  }

 private:
  std::optional<object::Value> call(std::string_view method, object::Object arguments) const {
    return run_({name_, method, std::move(arguments)});
  }

  const std::string name_;
  const ProviderPolicy policy_;
  const ModuleRunner run_;
};

}  // namespace

ProviderPointer make_module(const ProviderSetup& setup) {
  SettingReader& setting = setup.setting;
  setting.text("module");
  const ProviderPolicy policy = read_adapter_policy(setting);
  // The module judges the rest.
  setting.rest();
  if (!setup.services.modules) {
    setting.add_problem("has a module, which runs beside Cloud Code: the option cloud is needed too");
    return nullptr;
  }
  return std::make_unique<ModuleProvider>(setup.name, policy, setup.services.modules);
}

}  // namespace parse::auth
