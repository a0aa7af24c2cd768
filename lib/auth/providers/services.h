#pragma once

#include <functional>

#include "base/iso_date.h"
#include "net/http_client.h"

namespace parse::auth {

/// What every provider works with. Both must outlive the providers.
struct ProviderServices {
  net::HttpClient& http;
  /// The time of day: tokens and one-time passwords hold for a while.
  std::function<Milliseconds()> clock;
};

}  // namespace parse::auth
