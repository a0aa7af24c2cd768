#include "auth/providers/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "auth/providers/factories.h"

namespace parse::auth {
namespace {

using Factory = ProviderPointer (*)(const ProviderSetup&);

constexpr std::array<std::pair<std::string_view, Factory>, 25> kBuiltIn = {{
    {"anonymous", make_anonymous},
    {"apple", make_apple},
    {"digits", make_twitter},
    {"facebook", make_facebook},
    {"gcenter", make_gcenter},
    {"github", make_github},
    {"google", make_google},
    {"gpgames", make_gpgames},
    {"instagram", make_instagram},
    {"janraincapture", make_janraincapture},
    {"janrainengage", make_janrainengage},
    {"keycloak", make_keycloak},
    {"ldap", make_ldap},
    {"line", make_line},
    {"linkedin", make_linkedin},
    {"meetup", make_meetup},
    {"mfa", make_mfa},
    {"microsoft", make_microsoft},
    {"phantauth", make_phantauth},
    {"qq", make_qq},
    {"spotify", make_spotify},
    {"twitter", make_twitter},
    {"vkontakte", make_vkontakte},
    {"wechat", make_wechat},
    {"weibo", make_weibo},
}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A letter, then letters, digits and underscores: the name becomes part of field names.
bool is_provider_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_true(const object::Object& setting, std::string_view key) {
  const object::Value* found = setting.find(key);
  return found != nullptr && *found == object::Value(true);
}

Factory built_in(std::string_view name) {
  const auto found =
      std::find_if(kBuiltIn.begin(), kBuiltIn.end(), [name](const auto& entry) { return entry.first == name; });
  return found == kBuiltIn.end() ? nullptr : found->second;
}

/// How `name` is made; nullptr when nothing says so.
Factory factory_for(std::string_view name, const object::Object& setting) {
  if (setting.contains("http")) return make_http;
  if (setting.contains("module")) return make_module;
  if (is_true(setting, "oauth2")) return make_oauth2;
  if (is_true(setting, "oidc")) return make_oidc;
  return built_in(name);
}

/// Adds the providers one by one, and what is wrong with them.
class Builder {
 public:
  Builder(const ProviderServices& services, const ProviderOptions& options) : services_(services), options_(options) {}

  void add(const object::Member& member) {
    const std::string option = "auth." + member.key;
    const auto* setting = member.value.get_if<object::Object>();
    if (!is_provider_name(member.key)) {
      problems_.push_back(fmt::format("'{}' is not a letter followed by letters, digits and underscores", option));
    } else if (setting == nullptr) {
      problems_.push_back(fmt::format("'{}' takes an object", option));
    } else {
      add_checked(member.key, *setting);
    }
  }

  Providers take() {
    if (!problems_.empty()) throw Error(ErrorCode::kOtherCause, fmt::format("{}", fmt::join(problems_, "\n")));
    return std::move(providers_);
  }

 private:
  void add_checked(const std::string& name, const object::Object& setting) {
    SettingReader reader("auth." + name, setting, problems_);
    const bool disabled = reader.has("enabled") && !reader.flag("enabled");
    if (disabled || (name == "anonymous" && !options_.enable_anonymous)) return;
    const Factory make = factory_for(name, setting);
    if (make == nullptr) {
      reader.add_problem("is no provider of this server; give it http, module, \"oauth2\": true or \"oidc\": true");
      return;
    }
    ProviderPointer made = make({name, reader, services_, options_.enable_insecure});
    reader.refuse_unknown_keys();
    providers_[name] = std::move(made);
  }

  const ProviderServices& services_;
  const ProviderOptions& options_;
  std::vector<std::string> problems_;
  Providers providers_;
};

}  // namespace

bool ProviderSetup::insecure() const {
  if (!setting.flag("enableInsecureAuth")) return false;
  if (!enable_insecure) {
    setting.add_problem("has enableInsecureAuth, which works only together with enableInsecureAuthAdapters");
  }
  return enable_insecure;
}

Providers make_providers(const object::Object& auth_option, const ProviderServices& services,
                         const ProviderOptions& options) {
  Builder builder(services, options);
  if (!auth_option.contains("anonymous")) builder.add({"anonymous", object::Object{}});
  for (const object::Member& member : auth_option) builder.add(member);
  return builder.take();
}

}  // namespace parse::auth
