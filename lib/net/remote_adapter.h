#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_client.h"
#include "object/value.h"

namespace parse::net {

/// Where an adapter in another process is reached, and what it can do.
struct RemoteAdapterSettings {
  std::string url;
  std::vector<std::string> methods;
  std::string secret;
  std::chrono::milliseconds timeout = std::chrono::seconds(5);
};

/// Longest `timeout` that a configuration may ask for.
inline constexpr std::chrono::milliseconds kMaxRemoteTimeout = std::chrono::minutes(1);

/// Reads `{"url":"https://…","methods":["name",…],"secret":"…","timeout":ms}`; timeout may be absent. Every mistake is
/// appended to `problems`, each beginning with `option` in single quotes.
RemoteAdapterSettings read_remote_adapter(const object::Value& setting, std::string_view option,
                                          std::vector<std::string>& problems);

/// An adapter in another process, in any language: each call is `POST <url>/<method>` with `{"args":[…]}` and the
/// secret in the field X-Parse-Adapter-Secret, answered with status 200 and `{"result":…}`, or with
/// `{"error":"text"}` or `{"error":{"code":n,"message":"text"}}`. Any thread; it blocks as HttpClient does.
class RemoteAdapter {
 public:
  /// `client` must outlive it.
  RemoteAdapter(RemoteAdapterSettings settings, HttpClient& client);

  /// Whether the configuration lists `method`.
  bool has(std::string_view method) const;

  /// The result of `method`; null when the answer has none. Throws the adapter's own error (code 141 when it gives only
  /// a text), or kScriptFailed (141) when there is no proper answer.
  object::Value call(std::string_view method, object::Array arguments) const;

 private:
  RemoteAdapterSettings settings_;
  HttpClient& client_;
};

}  // namespace parse::net
