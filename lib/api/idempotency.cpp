#include "api/idempotency.h"

#include <algorithm>

#include "rest/idempotency.h"

namespace parse::api {
namespace {

bool is_watched_verb(http::Method method) { return method == http::Method::kPost || method == http::Method::kPut; }

/// The path without its first and last slash.
std::string bare_path(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  return std::string(path);
}

}  // namespace

void ensure_first_time(ApiRequest& request) {
  const IdempotencySettings& settings = request.services.settings.idempotency;
  if (settings.paths.empty() || !is_watched_verb(request.method)) return;
  const std::string* id = request.http.headers.find("X-Parse-Request-Id");
  if (id == nullptr || id->empty()) return;
  const std::string path = bare_path(request.path);
  const bool watched = std::any_of(settings.paths.begin(), settings.paths.end(),
                                   [&](const query::CompiledRegex& pattern) { return pattern.matches(path); });
  if (watched) rest::remember_request(request.context, *id, settings.ttl);
}

}  // namespace parse::api
