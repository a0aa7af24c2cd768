#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parse::http {

enum class Method { kGet, kPost, kPut, kDelete, kHead, kOptions, kPatch, kOther };

/// "GET", "POST" …; kOther for what the server does not know. Case-sensitive, as HTTP is.
Method parse_method(std::string_view text);
std::string_view to_string(Method method);

/// Header fields in arrival order. Names compare without regard to case.
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  /// Replaces every field of that name.
  void set(std::string_view name, std::string value);
  /// The first value, or nullptr.
  const std::string* find(std::string_view name) const;
  bool empty() const { return fields_.empty(); }
  void reserve(std::size_t count) { fields_.reserve(count); }
  std::size_t size() const { return fields_.size(); }
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<Field> fields_;
};

/// One complete request; the body has been read and de-chunked.
struct Request {
  Method method = Method::kGet;
  /// Path as sent, percent-encoded, without the query string: "/parse/classes/Game".
  std::string path;
  /// Raw query string without the question mark.
  std::string query;
  Headers headers = {};
  std::string body = {};
  /// Address of the client: of the socket, or what `trustProxy` says when the peer is a trusted proxy. Never
  /// IPv4-mapped.
  std::string client_ip;
  /// True when the client speaks https: to this server, or to the trusted proxy before it.
  bool secure = false;
};

/// One complete response. `Content-Length`, `Date` and `Connection` are added by the connection.
struct Response {
  int status = 200;
  Headers headers = {};
  /// Fields shared by many responses, already formatted: each line ends with CRLF. The text must outlive the server
  /// (`Cors` keeps such text), so that nothing is copied for each request.
  std::string_view shared_fields = {};
  /// Value of Content-Type; empty sends none.
  std::string_view content_type = "application/json; charset=utf-8";
  std::string body = {};
};

/// Answers one request. Runs on a worker thread; must not throw.
using Handler = std::function<Response(const Request&)>;

}  // namespace parse::http
