#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "client/transport.h"

namespace parse::client {

struct HttpTransportSettings {
  /// With the mount path: "http://localhost:1337/parse".
  std::string server_url;
  /// For one call.
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
};

/// Calls over HTTP or HTTPS.
std::unique_ptr<Transport> connect(HttpTransportSettings settings);

}  // namespace parse::client
