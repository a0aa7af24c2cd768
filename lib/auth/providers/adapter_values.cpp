#include "auth/providers/adapter_values.h"

namespace parse::auth {
namespace {

const object::Value* own_auth_data(const std::string& name, const object::Object& user) {
  const object::Value* all = user.find("authData");
  const auto* by_provider = all == nullptr ? nullptr : all->get_if<object::Object>();
  return by_provider == nullptr ? nullptr : by_provider->find(name);
}

}  // namespace

object::Value adapter_request(const std::string& name, const ProviderRequest& request) {
  object::Object value{{"ip", request.client_ip}, {"master", request.is_master}};
  if (!request.installation_id.empty()) value.set("installationId", request.installation_id);
  if (request.user == nullptr) return value;
  object::Object user;
  for (const object::Member& member : *request.user) {
    if (!member.key.starts_with('_') && member.key != "authData" && member.key != "sessionToken" &&
        member.key != "password") {
      user.set(member.key, member.value);
    }
  }
  if (const object::Value* own = own_auth_data(name, *request.user)) user.set("authData", object::Object{{name, *own}});
  value.set("user", std::move(user));
  return value;
}

ProviderResult read_adapter_result(const object::Value& answer) {
  ProviderResult result;
  const auto* given = answer.get_if<object::Object>();
  if (given == nullptr) {
    // A validation that answers false did not throw where it should have; it must not pass for a yes.
    if (!answer.is_null() && !(answer == object::Value(true))) throw bad_adapter_answer();
    return result;
  }
  const object::Value* do_not_save = given->find("doNotSave");
  result.do_not_save = do_not_save != nullptr && do_not_save->truthy();
  const object::Value* save = given->find("save");
  if (save != nullptr && !save->is_null()) {
    if (!save->is<object::Object>()) throw bad_adapter_answer();
    result.save = *save->get_if<object::Object>();
  }
  if (const object::Value* response = given->find("response")) result.response = *response;
  return result;
}

Error bad_adapter_answer() { return Error(ErrorCode::kScriptFailed, "An adapter gave no proper answer."); }

ProviderPolicy read_adapter_policy(SettingReader& setting) {
  const std::string policy = setting.optional_text("policy").value_or("default");
  if (policy == "solo") return ProviderPolicy::kSolo;
  if (policy == "additional") return ProviderPolicy::kAdditional;
  if (policy != "default") setting.add_problem("takes default, solo or additional as policy");
  return ProviderPolicy::kDefault;
}

}  // namespace parse::auth
