#pragma once

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <map>
#include <string>

#include "auth/providers/registry.h"
#include "net/poco_http_client.h"
#include "net/url.h"
#include "object/json.h"
#include "tests/support/local_server.h"
#include "tests/support/signing.h"

namespace parse::test {

/// Sends every request for another host to a server on the loopback address, where the host is the first part of the
/// path: so providers speak their real protocol to their real URLs, and nothing leaves the machine.
class RoutedHttpClient final : public net::HttpClient {
 public:
  explicit RoutedHttpClient(const LocalServer& server) : server_(server) {}

  net::HttpResponse send(const net::HttpRequest& request) override {
    const auto url = net::parse_url(request.url);
    if (!url || url->host == "127.0.0.1") return client_.send(request);
    net::HttpRequest routed = request;
    routed.url = server_.url("/" + url->host + url->target);
    return client_.send(routed);
  }

 private:
  const LocalServer& server_;
  net::PocoHttpClient client_{{.timeout = std::chrono::seconds(5)}};
};

/// The services that providers ask, on the loopback address, and the providers that an option sets up.
struct World {
  using Route = LocalServer::Handler;

  /// By host and path: "api.github.com/user". Everything else is status 404. Filled before the first request.
  std::map<std::string, Route> routes;
  LocalServer server{[this](const SeenRequest& request) {
    const auto found = routes.find(request.path().substr(1));
    return found == routes.end() ? Reply{.status = 404, .body = "{}"} : found->second(request);
  }};
  RoutedHttpClient http{server};
  Milliseconds now = 1'700'000'000'000;
  auth::ProviderServices services{http, [this] { return now; }};
  auth::Providers providers;

  /// Sets up `name` by its options, a JSON text.
  auth::Provider& set_up(const std::string& name, const std::string& options, bool insecure = false) {
    providers = auth::make_providers(object::Object{{name, object::parse_json(options)}}, services,
                                     {.enable_insecure = insecure});
    return *providers.at(name);
  }

  void answer(const std::string& host_and_path, const std::string& json) {
    routes[host_and_path] = [json](const SeenRequest&) { return Reply{.body = json}; };
  }
  void answer(const std::string& host_and_path, Reply reply) {
    routes[host_and_path] = [reply](const SeenRequest&) { return reply; };
  }
  /// The last request for that host and path.
  SeenRequest last(const std::string& host_and_path) const {
    SeenRequest found;
    for (const SeenRequest& request : server.seen()) {
      if (request.path() == "/" + host_and_path) found = request;
    }
    return found;
  }
  int count(const std::string& host_and_path) const { return server.count("/" + host_and_path); }
};

inline object::Object object_of(const std::string& json) { return object::parse_json(json).as<object::Object>(); }

/// What `call` ends with, as "code message"; "" when it does not throw.
template <typename Call>
std::string failure_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return fmt::format("{} {}", static_cast<int>(error.code()), error.message());
  }
  return "";
}

/// What happens to authData at a login: before_find, then validate. Returns the authData as it would be stored.
inline object::Object log_in(auth::Provider& provider, const std::string& auth_data,
                             const auth::ProviderRequest& request = {}) {
  object::Object data = object_of(auth_data);
  provider.before_find(data);
  const auth::ProviderResult result = provider.validate(auth::AuthPhase::kLogin, data, request);
  return result.save.value_or(data);
}

inline std::string login_failure(auth::Provider& provider, const std::string& auth_data) {
  return failure_of([&] { log_in(provider, auth_data); });
}

/// An issuer of identity tokens: two key pairs, one published as "key-1", and tokens of any kind.
struct Issuer {
  SigningKey key = SigningKey::rsa_number(0);
  SigningKey other = SigningKey::rsa_number(1);

  std::string jwks(const std::string& kid = "key-1") const { return "{\"keys\":[" + key.jwk(kid) + "]}"; }
  std::string token(const std::string& payload) const {
    return make_jwt(R"({"alg":"RS256","kid":"key-1"})", payload, &key);
  }
};

}  // namespace parse::test
