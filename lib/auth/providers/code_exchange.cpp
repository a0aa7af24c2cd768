#include "auth/providers/code_exchange.h"

#include <fmt/format.h>

#include "auth/providers/fields.h"
#include "net/url.h"
#include "object/json.h"

namespace parse::auth {
namespace {

class CodeServiceProvider final : public CodeExchangeProvider {
 public:
  CodeServiceProvider(CodeService service, CodeClient client, const ProviderServices& services)
      : CodeExchangeProvider(service.name, std::move(client), services), service_(std::move(service)) {}

 protected:
  Tokens exchange_code(const object::Object& auth_data) override {
    for (const std::string& name : service_.needed) {
      if (text_at(auth_data, name).empty()) throw error_of(service_.needed_failure);
    }
    std::vector<std::pair<std::string, std::string>> fields;
    for (const CodeService::Field& field : service_.fields) {
      std::string value = value_of(field.source, auth_data);
      if (!value.empty()) fields.emplace_back(field.name, std::move(value));
    }
    const Error failure = error_of(service_.token_failure);
    const object::Object answer = fetch_object(http(), send_fields(service_.send, service_.token_url, fields), failure);
    refuse_error(answer);
    std::string token = text_at(answer, "access_token");
    if (token.empty()) throw failure;
    return {.access_token = std::move(token)};
  }

  std::string find_user(const Tokens& tokens, const std::string&, const object::Object&) override {
    const object::Object user =
        fetch_object(http(), user_request(tokens.access_token), error_of(service_.user_failure));
    return require_id(user);
  }

 private:
  static Error error_of(const CodeService::Failure& failure) { return Error(failure.code, failure.text); }

  std::string value_of(CodeService::Source source, const object::Object& auth_data) const {
    switch (source) {
      case CodeService::Source::kClientId:
        return client().id;
      case CodeService::Source::kClientSecret:
        return client().secret;
      case CodeService::Source::kCode:
        return text_at(auth_data, "code");
      case CodeService::Source::kRedirectUri:
        return text_at(auth_data, "redirect_uri");
      case CodeService::Source::kCodeVerifier:
        return text_at(auth_data, "code_verifier");
      case CodeService::Source::kGrantType:
        return "authorization_code";
    }
    return {};
  }

  net::HttpRequest user_request(const std::string& token) const {
    const std::vector<std::pair<std::string, std::string>> field{{"access_token", token}};
    net::HttpRequest request{.url = service_.user_url};
    if (service_.token_place == CodeService::TokenPlace::kForm) {
      request = send_fields(SendFields::kForm, service_.user_url, field);
    } else if (service_.token_place == CodeService::TokenPlace::kQuery) {
      request.url += (request.url.find('?') == std::string::npos ? "?" : "&") + net::form_encode(field);
    } else {
      request.headers = bearer(token);
    }
    request.headers.insert(request.headers.end(), service_.user_headers.begin(), service_.user_headers.end());
    return request;
  }

  /// Some services answer a bad code with status 200 and an error.
  static void refuse_error(const object::Object& answer) {
    const std::string error = text_at(answer, "error");
    if (error.empty()) return;
    const std::string description = text_at(answer, "error_description");
    throw refused(description.empty() ? error : description);
  }

  std::string require_id(const object::Object& user) const {
    std::string id = id_at(user, service_.id_field);
    if (id.empty()) throw error_of(service_.user_invalid.text.empty() ? service_.user_failure : service_.user_invalid);
    return id;
  }

  const CodeService service_;
};

}  // namespace

std::vector<CodeService::Field> CodeService::standard_fields() {
  return {{"grant_type", Source::kGrantType},
          {"code", Source::kCode},
          {"redirect_uri", Source::kRedirectUri},
          {"client_id", Source::kClientId},
          {"client_secret", Source::kClientSecret}};
}

CodeClient read_code_client(const ProviderSetup& setup) {
  const bool insecure = setup.insecure();
  if (insecure && !setup.setting.has("clientId") && !setup.setting.has("clientSecret")) return {.insecure = true};
  return {.id = setup.setting.text("clientId"), .secret = setup.setting.text("clientSecret"), .insecure = insecure};
}

CodeExchangeProvider::CodeExchangeProvider(std::string name, CodeClient client, const ProviderServices& services)
    : name_(std::move(name)), client_(std::move(client)), services_(services) {}

Error CodeExchangeProvider::invalid() const { return refused(fmt::format("{} auth is invalid for this user.", name_)); }

void CodeExchangeProvider::before_find(object::Object& auth_data) {
  const std::string claimed = text_at(auth_data, "id");
  const bool has_code = !text_at(auth_data, "code").empty();
  if (!has_code && client_.insecure) {
    const Tokens tokens{.access_token = require_text(auth_data, "access_token", invalid().message())};
    if (claimed.empty() || find_user(tokens, claimed, auth_data) != claimed) throw invalid();
    return;
  }
  if (!has_code || client_.id.empty()) {
    throw Error(ErrorCode::kValidationError, fmt::format("{} code is required.", name_));
  }
  const Tokens tokens = exchange_code(auth_data);
  const std::string user = find_user(tokens, claimed, auth_data);
  if (user.empty() || (auth_data.contains("id") && user != claimed)) throw invalid();
  auth_data = object::Object{{"id", user}, {"access_token", tokens.access_token}};
}

ProviderResult CodeExchangeProvider::validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) {
  const bool exchanged = !text_at(auth_data, "id").empty() && !text_at(auth_data, "access_token").empty();
  if (!exchanged || auth_data.contains("code")) throw invalid();
  return {};
}

object::Object CodeExchangeProvider::after_find(object::Object stored, bool) const {
  object::Object seen;
  if (const object::Value* id = stored.find("id")) seen.set("id", *id);
  return seen;
}

net::HttpRequest send_fields(SendFields how, std::string_view url,
                             const std::vector<std::pair<std::string, std::string>>& fields) {
  net::HttpRequest request{.url = std::string(url), .headers = {{"Accept", "application/json"}}};
  if (how == SendFields::kQuery) {
    request.url += "?" + net::form_encode(fields);
    return request;
  }
  request.method = "POST";
  if (how == SendFields::kForm) {
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = net::form_encode(fields);
    return request;
  }
  object::Object body;
  for (const auto& [name, value] : fields) body.set(name, value);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = object::to_json(body);
  return request;
}

ProviderPointer make_code_service(CodeService service, const ProviderSetup& setup) {
  return std::make_unique<CodeServiceProvider>(std::move(service), read_code_client(setup), setup.services);
}

}  // namespace parse::auth
