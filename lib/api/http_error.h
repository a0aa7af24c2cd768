#pragma once

#include <string>
#include <utility>

namespace parse::api {

/// A refusal that carries no Parse code: the body is `{"error": message}`. Source: REST spec, "Errors".
struct HttpError {
  int status = 400;
  std::string message;
  /// For the log only.
  std::string detail = {};
};

/// 403 `{"error":"unauthorized"}`: wrong app id or key.
inline HttpError unauthorized(std::string detail = {}) { return {403, "unauthorized", std::move(detail)}; }

}  // namespace parse::api
