#include "auth/providers/factories.h"
#include "auth/providers/fields.h"

namespace parse::auth {
namespace {

/// Whoever knows the id is the user: clients make it up, at random, and keep it. Source: parse-server Auth index.
class AnonymousProvider final : public Provider {
 public:
  ProviderResult validate(AuthPhase, const object::Object& auth_data, const ProviderRequest&) override {
    require_text(auth_data, "id", "Anonymous auth is invalid for this user.");
    return {};
  }
};

}  // namespace

ProviderPointer make_anonymous(const ProviderSetup&) { return std::make_unique<AnonymousProvider>(); }

}  // namespace parse::auth
