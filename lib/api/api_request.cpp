#include "api/api_request.h"

#include <algorithm>
#include <utility>

#include "api/http_error.h"
#include "query/find_options.h"
#include "rest/denial.h"

namespace parse::api {

object::Object ApiRequest::params() const {
  object::Object merged = body;
  for (auto& member : query::decode_query_params(query)) merged.set(member.key, std::move(member.value));
  return merged;
}

void ApiRequest::require_master_key() const {
  if (context.principal.is_master()) return;
  constexpr std::string_view kDetail = "unauthorized: master key is required";
  const bool hide = services.rest_settings.sanitize_errors;
  throw HttpError{403, std::string(hide ? "Permission denied" : kDetail), std::string(kDetail)};
}

void ApiRequest::require_writing_master_key(std::string_view action) const {
  require_master_key();
  if (!context.principal.is_read_only()) return;
  throw rest::denial(services.rest_settings, ErrorCode::kOperationForbidden,
                     "read-only masterKey isn't allowed to " + std::string(action) + ".");
}

void Routes::add(http::Method method, std::string_view pattern, ApiHandler handler) {
  router_.add(method, pattern, handlers_.size());
  patterns_.emplace_back(pattern);
  methods_.push_back(method);
  handlers_.push_back(std::move(handler));
}

std::vector<std::string> Routes::list() const {
  std::vector<std::string> routes;
  for (std::size_t i = 0; i < patterns_.size(); ++i)
    routes.push_back(std::string(http::to_string(methods_[i])) + " " + patterns_[i]);
  std::sort(routes.begin(), routes.end());
  return routes;
}

std::string Routes::known_path(http::Method method, std::string_view path) const {
  const http::RouteMatch match = router_.match(method, path);
  if (match.kind != http::RouteMatch::Kind::kFound) return std::string(path);
  std::string known;
  std::string_view rest = patterns_[match.route];
  while (!rest.empty()) {
    const std::size_t slash = std::min(rest.find('/', 1), rest.size());
    const std::string_view segment = rest.substr(1, slash - 1);
    const bool is_param = segment.starts_with(':') || segment.starts_with('*');
    known.append("/").append(is_param ? match.params.at(segment.substr(1)) : segment);
    rest.remove_prefix(slash);
  }
  return known;
}

}  // namespace parse::api
