#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/provider.h"
#include "auth/providers/factories.h"

namespace parse::auth {

/// What this server is to an OAuth 2.0 service.
struct CodeClient {
  std::string id = {};
  std::string secret = {};
  /// Clients may bring an access token themselves, which may have been made for another app.
  bool insecure = false;
};

/// Reads `clientId`, `clientSecret` and `enableInsecureAuth`, with which the first two may be missing.
CodeClient read_code_client(const ProviderSetup& setup);

/// Login by OAuth 2.0's authorisation code: authData `{"code", "redirect_uri"}` is exchanged for an access token before
/// users are looked up, and the service says whose it is. Then authData is `{"id", "access_token"}`; readers see the id
/// only. Errors: kValidationError (142) "<name> code is required.", kObjectNotFound (101), or what the service's own
/// steps throw. Source: parse-server BaseCodeAuthAdapter.js.
class CodeExchangeProvider : public Provider {
 public:
  /// `name` is what messages call the service.
  CodeExchangeProvider(std::string name, CodeClient client, const ProviderServices& services);

  void before_find(object::Object& auth_data) final;
  /// What before_find left behind is believed.
  ProviderResult validate(AuthPhase phase, const object::Object& auth_data, const ProviderRequest& request) final;
  object::Object after_find(object::Object stored, bool is_master) const final;

 protected:
  struct Tokens {
    std::string access_token;
    /// When the service names the user with the token; else "".
    std::string user_id = {};
  };

  /// Exchanges `auth_data.code`, which is not empty.
  virtual Tokens exchange_code(const object::Object& auth_data) = 0;
  /// The id of the user that `tokens` belongs to. `claimed_id` is what the client says, or "".
  virtual std::string find_user(const Tokens& tokens, const std::string& claimed_id,
                                const object::Object& auth_data) = 0;

  const std::string& name() const { return name_; }
  const CodeClient& client() const { return client_; }
  net::HttpClient& http() { return services_.http; }
  /// kObjectNotFound (101) "<name> auth is invalid for this user."
  Error invalid() const;

 private:
  const std::string name_;
  const CodeClient client_;
  const ProviderServices services_;
};

/// How fields travel to a service.
enum class SendFields { kForm, kJson, kQuery };

/// Sends `fields` with `method`, wanting JSON back.
net::HttpRequest send_fields(SendFields how, std::string_view url,
                             const std::vector<std::pair<std::string, std::string>>& fields);

/// A service that follows the standard: what differs is in the table.
struct CodeService {
  /// Where the value of a field of the token request comes from.
  enum class Source { kClientId, kClientSecret, kCode, kRedirectUri, kCodeVerifier, kGrantType };
  struct Field {
    std::string name;
    Source source;
  };
  struct Failure {
    ErrorCode code = ErrorCode::kObjectNotFound;
    std::string text;
  };

  std::string name;
  std::string token_url;
  SendFields send = SendFields::kForm;
  std::vector<Field> fields = standard_fields();
  /// Members of authData that must be there beside `code`.
  std::vector<std::string> needed = {};
  Failure needed_failure = {};
  Failure token_failure;
  /// The token goes there as a bearer, or as the field `access_token` of a POST or of the query.
  enum class TokenPlace { kBearer, kForm, kQuery };
  std::string user_url;
  TokenPlace token_place = TokenPlace::kBearer;
  net::Headers user_headers = {};
  std::string id_field = "id";
  Failure user_failure;
  /// When the answer names no user.
  Failure user_invalid = {};

  /// grant_type, code, redirect_uri, client_id, client_secret.
  static std::vector<Field> standard_fields();
};

ProviderPointer make_code_service(CodeService service, const ProviderSetup& setup);

}  // namespace parse::auth
