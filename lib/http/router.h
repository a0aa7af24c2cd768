#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"

namespace parse::http {

/// Segments captured from a path, percent-decoded, in pattern order.
class PathParams {
 public:
  void add(std::string_view name, std::string value) { values_.emplace_back(name, std::move(value)); }
  /// The value of ":name" or "*name". The route must have that segment.
  const std::string& at(std::string_view name) const;
  bool empty() const { return values_.empty(); }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::vector<std::pair<std::string_view, std::string>> values_;  // names belong to the router
};

/// What `Router::match` found.
struct RouteMatch {
  enum class Kind {
    kFound,
    kNotFound,          ///< no pattern fits the path
    kMethodNotAllowed,  ///< a pattern fits, but not for this method
    kBadEncoding        ///< a captured segment is not valid percent-encoding; `bad_segment` holds it
  };
  Kind kind = Kind::kNotFound;
  /// The number given to `Router::add`.
  std::size_t route = 0;
  PathParams params;
  std::string_view bad_segment;
};

/// Maps method and path to a route number, which the owner uses as an index into its own table. Patterns look like
/// "/classes/:class/:id" or "/files/*path"; a literal segment wins over ":name", which wins over "*name". As in
/// Express, literals compare without regard to case and one trailing slash is ignored; ":name" needs at least one
/// character. Filled before the server starts; `match` is then safe from any thread.
class Router {
 public:
  Router();
  /// Throws Error when the same method and pattern shape are added twice.
  void add(Method method, std::string_view pattern, std::size_t route);
  /// HEAD falls back to GET. `path` carries no query string; the result's views live as long as the router and `path`.
  RouteMatch match(Method method, std::string_view path) const;

 private:
  static constexpr std::size_t kMethodCount = 8;
  struct Endpoint {
    std::size_t route = 0;
    std::vector<std::string> names;
  };
  struct Node {
    std::vector<std::pair<std::string, std::size_t>> literals;  // sorted, lower case
    std::size_t param = 0;                                      // index of the ":" child; 0 means none
    std::array<std::optional<Endpoint>, kMethodCount> here;
    std::array<std::optional<Endpoint>, kMethodCount> rest;  // "*name" below this node
  };
  struct Search;

  std::size_t literal_child(std::size_t node, std::string_view segment);
  static const Endpoint* endpoint_for(const std::array<std::optional<Endpoint>, kMethodCount>& table, Method method);
  static bool has_any(const std::array<std::optional<Endpoint>, kMethodCount>& table);

  std::vector<Node> nodes_;
};

}  // namespace parse::http
