#include "client/http_transport.h"

#include <fmt/format.h>

#include "net/poco_http_client.h"

namespace parse::client {
namespace {

/// A page of a thousand large objects.
constexpr std::size_t kMostResponseBytes = 256 * 1024 * 1024;

std::string without_last_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

class HttpTransport final : public Transport {
 public:
  explicit HttpTransport(HttpTransportSettings settings)
      : url_(without_last_slash(std::move(settings.server_url))),
        client_({.timeout = settings.timeout, .max_response_bytes = kMostResponseBytes}) {}

  Answer send(const Call& call) override {
    try {
      net::HttpResponse response = client_.send({.method = call.method,
                                                 .url = url_ + call.path,
                                                 .headers = call.headers,
                                                 .body = call.body,
                                                 .body_file = call.body_file});
      return {response.status, std::move(response.body), std::move(response.headers)};
    } catch (const Error& error) {
      throw Unreachable(fmt::format("cannot reach {}: {}", url_, error.cause()));
    }
  }
  std::string place() const override { return url_; }

 private:
  std::string url_;
  net::PocoHttpClient client_;
};

}  // namespace

std::unique_ptr<Transport> connect(HttpTransportSettings settings) {
  return std::make_unique<HttpTransport>(std::move(settings));
}

}  // namespace parse::client
