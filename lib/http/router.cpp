#include "http/router.h"

#include <algorithm>
#include <cassert>

#include "base/error.h"
#include "http/query_string.h"
#include "http/text.h"

namespace parse::http {
namespace {

/// Orders like std::string, but as if `text` were lower case; literals of the tree already are.
int compare_lowered(std::string_view literal, std::string_view text) {
  const std::size_t common = std::min(literal.size(), text.size());
  for (std::size_t i = 0; i < common; ++i) {
    const char c = ascii_lower(text[i]);
    if (literal[i] != c) return literal[i] < c ? -1 : 1;
  }
  if (literal.size() == text.size()) return 0;
  return literal.size() < text.size() ? -1 : 1;
}

/// Splits off the first segment of "a/b/c"; `rest` keeps what follows the slash.
std::string_view take_segment(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view segment = rest.substr(0, slash);
  rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  return segment;
}

std::string_view without_outer_slashes(std::string_view path) {
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  if (!path.empty() && path.back() == '/') path.remove_suffix(1);
  return path;
}

}  // namespace

const std::string& PathParams::at(std::string_view name) const {
  const auto found = std::find_if(values_.begin(), values_.end(), [&](const auto& pair) { return pair.first == name; });
  assert(found != values_.end());
  return found->second;
}

Router::Router() : nodes_(1) {}

std::size_t Router::literal_child(std::size_t node, std::string_view segment) {
  std::string lowered = ascii_lower(segment);
  const auto at = std::lower_bound(nodes_[node].literals.begin(), nodes_[node].literals.end(), lowered,
                                   [](const auto& entry, const std::string& text) { return entry.first < text; });
  if (at != nodes_[node].literals.end() && at->first == lowered) return at->second;
  nodes_[node].literals.emplace(at, std::move(lowered), nodes_.size());
  nodes_.emplace_back();
  return nodes_.size() - 1;
}

void Router::add(Method method, std::string_view pattern, std::size_t route) {
  std::size_t node = 0;
  std::vector<std::string> names;
  bool wildcard = false;
  for (std::string_view rest = without_outer_slashes(pattern); !rest.empty() && !wildcard;) {
    const std::string_view segment = take_segment(rest);
    if (segment.starts_with(':')) {
      names.emplace_back(segment.substr(1));
      if (nodes_[node].param == 0) {
        nodes_[node].param = nodes_.size();
        nodes_.emplace_back();
      }
      node = nodes_[node].param;
    } else if (segment.starts_with('*')) {
      names.emplace_back(segment.substr(1));
      wildcard = true;
    } else {
      node = literal_child(node, segment);
    }
  }
  auto& table = wildcard ? nodes_[node].rest : nodes_[node].here;
  auto& slot = table[static_cast<std::size_t>(method)];
  if (slot) throw Error(ErrorCode::kInternal, "route added twice: " + std::string(pattern));
  slot = Endpoint{route, std::move(names)};
}

const Router::Endpoint* Router::endpoint_for(const std::array<std::optional<Endpoint>, kMethodCount>& table,
                                             Method method) {
  const auto& slot = table[static_cast<std::size_t>(method)];
  if (slot) return &*slot;
  if (method == Method::kHead) return endpoint_for(table, Method::kGet);
  return nullptr;
}

bool Router::has_any(const std::array<std::optional<Endpoint>, kMethodCount>& table) {
  return std::any_of(table.begin(), table.end(), [](const auto& slot) { return slot.has_value(); });
}

/// One lookup: walks the tree, remembering the raw text of captured segments.
struct Router::Search {
  const std::vector<Node>& nodes;
  Method method;
  std::array<std::string_view, 16> captured;
  std::size_t depth = 0;
  bool path_known = false;
  const Endpoint* found = nullptr;

  bool accept(const std::array<std::optional<Endpoint>, kMethodCount>& table) {
    found = endpoint_for(table, method);
    if (found == nullptr && has_any(table)) path_known = true;
    return found != nullptr;
  }

  bool visit(std::size_t index, std::string_view rest) {
    const Node& node = nodes[index];
    if (rest.empty()) return accept(node.here);
    std::string_view below = rest;
    const std::string_view segment = take_segment(below);
    if (segment.empty() || (below.empty() && rest.size() > segment.size())) return false;  // "a//b" fits no route
    const auto at = std::lower_bound(
        node.literals.begin(), node.literals.end(), segment,
        [](const auto& entry, std::string_view text) { return compare_lowered(entry.first, text) < 0; });
    if (at != node.literals.end() && compare_lowered(at->first, segment) == 0 && visit(at->second, below)) return true;
    if (depth == captured.size()) return false;
    captured[depth++] = segment;
    if (node.param != 0 && visit(node.param, below)) return true;
    captured[depth - 1] = rest;
    if (accept(node.rest)) return true;
    --depth;
    return false;
  }
};

RouteMatch Router::match(Method method, std::string_view path) const {
  RouteMatch match;
  Search search{nodes_, method, {}};
  if (!search.visit(0, without_outer_slashes(path))) {
    if (search.path_known) match.kind = RouteMatch::Kind::kMethodNotAllowed;
    return match;
  }
  match.kind = RouteMatch::Kind::kFound;
  match.route = search.found->route;
  for (std::size_t i = 0; i < search.found->names.size(); ++i) {
    std::optional<std::string> value = percent_decode(search.captured[i]);
    if (!value) {
      match.kind = RouteMatch::Kind::kBadEncoding;
      match.bad_segment = search.captured[i];
      return match;
    }
    match.params.add(search.found->names[i], *std::move(value));
  }
  return match;
}

}  // namespace parse::http
