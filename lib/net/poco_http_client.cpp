#include "net/poco_http_client.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <vector>

#include "base/error.h"
#include "base/worker_pool.h"
#include "net/deadline_watch.h"
#include "net/host_lookup.h"
#include "net/tls_client.h"
#include "net/url.h"

namespace parse::net {
namespace {

constexpr int kMaxFields = 200;
constexpr std::size_t kPartBytes = 64 * 1024;

Poco::Timespan timespan(std::chrono::steady_clock::duration duration) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
  return Poco::Timespan(std::max<Poco::Timespan::TimeDiff>(micros, 1000));
}

/// What one exchange has to keep to.
struct Limits {
  Deadline deadline;
  std::chrono::milliseconds connect_timeout;
  std::size_t max_response_bytes;

  Poco::Timespan left() const { return timespan(deadline - std::chrono::steady_clock::now()); }
  Poco::Timespan for_connect() const { return std::min(left(), timespan(connect_timeout)); }
};

bool is_clean(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

Poco::Net::StreamSocket connect(const Url& url, const Limits& limits) {
  std::string problem = "no address";
  for (const auto& address : look_up_host(url.host, url.port, limits.deadline)) {
    try {
      Poco::Net::StreamSocket socket;
      socket.connect(address, limits.for_connect());
      socket.setNoDelay(true);
      socket.setSendTimeout(limits.left());
      socket.setReceiveTimeout(limits.left());
      return socket;
    } catch (const Poco::Exception& error) {
      problem = error.displayText();
    }
  }
  throw std::runtime_error(problem);
}

Poco::Net::HTTPRequest make_head(const HttpRequest& request, const Url& url) {
  Poco::Net::HTTPRequest head(request.method, url.target, Poco::Net::HTTPMessage::HTTP_1_1);
  head.set("Host", url.authority());
  head.set("User-Agent", "parse-server");
  for (const auto& [name, value] : request.headers) {
    if (!is_clean(name) || !is_clean(value)) throw std::runtime_error("control character in a header");
    head.set(name, value);
  }
  head.setKeepAlive(false);
  if (!request.body_file.empty()) {
    head.setContentLength64(static_cast<Poco::Int64>(std::filesystem::file_size(request.body_file)));
  } else if (!request.body.empty() || (request.method != "GET" && request.method != "HEAD")) {
    head.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
  }
  return head;
}

void send_body(const HttpRequest& request, std::ostream& out) {
  if (request.body_file.empty()) {
    out.write(request.body.data(), static_cast<std::streamsize>(request.body.size()));
  } else {
    std::ifstream file(request.body_file, std::ios::binary);
    std::vector<char> part(kPartBytes);
    while (out && file.read(part.data(), static_cast<std::streamsize>(part.size())).gcount() > 0)
      out.write(part.data(), file.gcount());
  }
  if (!out.flush()) throw std::runtime_error("the connection was closed while sending");
}

/// Reads block by block from the buffer itself: a stream would swallow what goes wrong below it. Returns the length.
template <typename Take>
std::size_t read_body(std::istream& in, std::size_t limit, const Take& take) {
  std::streambuf& buffer = *in.rdbuf();
  std::size_t length = 0;
  std::string part;
  while (buffer.sgetc() != std::streambuf::traits_type::eof()) {
    part.resize(static_cast<std::size_t>(buffer.in_avail()));
    length += part.size();
    if (length > limit) throw std::runtime_error("the response is too large");
    buffer.sgetn(part.data(), static_cast<std::streamsize>(part.size()));
    take(part);
  }
  return length;
}

HttpResponse exchange(Poco::Net::HTTPClientSession& session, const HttpRequest& request, Poco::Net::HTTPRequest& head,
                      std::size_t limit) {
  session.setTimeout(session.socket().getReceiveTimeout());
  std::ostream& out = session.sendRequest(head);
  send_body(request, out);
  Poco::Net::HTTPResponse answer;
  answer.setFieldLimit(kMaxFields);
  std::istream& in = session.receiveResponse(answer);
  HttpResponse response{.status = answer.getStatus(), .headers = {answer.begin(), answer.end()}};
  const bool has_length = answer.hasContentLength() && request.method != "HEAD";
  const auto length = has_length ? static_cast<std::uint64_t>(answer.getContentLength64()) : 0;
  const bool is_streamed = request.take_body && response.ok();
  const std::size_t most = is_streamed ? std::numeric_limits<std::size_t>::max() : limit;
  if (length > most) throw std::runtime_error("the response is too large");
  const std::size_t read = read_body(in, most, [&](std::string_view part) {
    if (is_streamed)
      request.take_body(part);
    else
      response.body += part;
  });
  if (has_length && read < length) throw std::runtime_error("the response was cut off");
  return response;
}

}  // namespace

struct PocoHttpClient::State {
  explicit State(HttpClientSettings given) : settings(std::move(given)), tls(settings.extra_ca_file) {}

  const HttpClientSettings settings;
  TlsClient tls;
  DeadlineWatch watch;

  HttpResponse run(const HttpRequest& request) {
    const auto url = parse_url(request.url);
    if (!url) throw std::runtime_error("not an http or https URL: " + request.url);
    Poco::Net::HTTPRequest head = make_head(request, *url);
    const Limits limits{std::chrono::steady_clock::now() + request.timeout.value_or(settings.timeout),
                        settings.connect_timeout, request.max_response_bytes.value_or(settings.max_response_bytes)};
    Poco::Net::StreamSocket socket = connect(*url, limits);
    DeadlineWatch::Guard guard(watch, socket.impl()->sockfd(), limits.deadline);
    try {
      // A plain session works over either kind of socket; Poco's HTTPS session cannot take one that is connected.
      if (url->secure) socket = tls.secure(socket, url->host);
      Poco::Net::HTTPClientSession session(socket);
      HttpResponse response = exchange(session, request, head, limits.max_response_bytes);
      // Poco takes the end of the stream for the end of the head.
      if (guard.expired()) throw std::runtime_error("timed out");
      return response;
    } catch (...) {
      if (guard.expired()) throw std::runtime_error("timed out");
      throw;
    }
  }
};

PocoHttpClient::PocoHttpClient(HttpClientSettings settings) : state_(std::make_unique<State>(std::move(settings))) {}
PocoHttpClient::~PocoHttpClient() = default;

HttpResponse PocoHttpClient::send(const HttpRequest& request) {
  const BlockingSection waiting;
  const auto fail = [&request](const std::string& reason) {
    const auto url = parse_url(request.url);
    return Error(ErrorCode::kScriptFailed, "An external service could not be reached.",
                 fmt::format("{} {}: {}", request.method, url ? url->authority() : "?", reason));
  };
  try {
    return state_->run(request);
  } catch (const Poco::Exception& error) {
    throw fail(error.displayText());
  } catch (const std::exception& error) {
    throw fail(error.what());
  }
}

}  // namespace parse::net
