#include "http/cors.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace parse::http {
namespace {

std::string format_fields(const CorsSettings& settings, std::string_view origin) {
  std::string text = fmt::format("Access-Control-Allow-Origin: {}\r\nAccess-Control-Allow-Methods: {}\r\n", origin,
                                 fmt::join(settings.methods, ","));
  if (!settings.headers.empty()) {
    text += fmt::format("Access-Control-Allow-Headers: {}\r\n", fmt::join(settings.headers, ", "));
  }
  if (!settings.expose_headers.empty()) {
    text += fmt::format("Access-Control-Expose-Headers: {}\r\n", fmt::join(settings.expose_headers, ", "));
  }
  // Caches must not hand the answer for one origin to another.
  if (settings.origins.size() > 1) text += "Vary: Origin\r\n";
  return text;
}

}  // namespace

Cors::Cors(CorsSettings settings) {
  if (settings.origins.empty()) settings.origins.emplace_back("*");
  fallback_ = format_fields(settings, settings.origins.front());
  for (const auto& origin : settings.origins) by_origin_.emplace(origin, format_fields(settings, origin));
}

std::string_view Cors::fields(const Request& request) const {
  if (by_origin_.size() == 1) return fallback_;
  const std::string* origin = request.headers.find("origin");
  if (origin == nullptr) return fallback_;
  const auto found = by_origin_.find(*origin);
  return found == by_origin_.end() ? fallback_ : found->second;
}

Response Cors::preflight(const Request& request) const {
  Response response;
  response.shared_fields = fields(request);
  response.content_type = "text/plain; charset=utf-8";
  response.body = "OK";
  return response;
}

}  // namespace parse::http
