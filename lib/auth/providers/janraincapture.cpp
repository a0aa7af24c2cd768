#include "auth/providers/code_exchange.h"
#include "auth/providers/fields.h"
#include "net/url.h"

namespace parse::auth {
namespace {

/// authData: `{"id", "access_token"}`; the token is asked about at the app's own Capture host. Source: parse-server
/// janraincapture.js; Janrain Capture, "entity".
class JanrainCaptureProvider final : public Provider {
 public:
  JanrainCaptureProvider(std::string host, const ProviderServices& services)
      : host_(std::move(host)), http_(services.http) {}

  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    const Error failure = refused("Janrain capture auth is invalid for this user.");
    const std::string token = require_text(auth_data, "access_token", failure.message());
    const std::string claimed = require_text(auth_data, "id", failure.message());
    const object::Object answer = fetch_object(http_,
                                               send_fields(SendFields::kQuery, "https://" + host_ + "/entity",
                                                           {{"access_token", token}, {"attribute_name", "uuid"}}),
                                               failure);
    if (text_at(answer, "stat") != "ok" || text_at(answer, "result") != claimed) throw failure;
    return {};
  }

 private:
  const std::string host_;
  net::HttpClient& http_;
};

}  // namespace

ProviderPointer make_janraincapture(const ProviderSetup& setup) {
  const std::string host = setup.setting.text("janrain_capture_host");
  const auto url = net::parse_url("https://" + host);
  if (!host.empty() && (!url || url->target != "/" || host.find_first_of("/?#") != std::string::npos)) {
    setup.setting.add_problem("takes a host name as janrain_capture_host");
  }
  return std::make_unique<JanrainCaptureProvider>(host, setup.services);
}

}  // namespace parse::auth
