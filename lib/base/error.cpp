#include "base/error.h"

#include <utility>

namespace parse {

Error::Error(ErrorCode code, std::string message, std::string cause)
    : code_(code), message_(std::move(message)), cause_(std::move(cause)) {}

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::kObjectNotFound:
      return 404;
    case ErrorCode::kInternal:
      return 500;
    case ErrorCode::kConnectionFailed:
      return 429;
    case ErrorCode::kRequestLimitExceeded:
      return 503;
    default:
      return 400;
  }
}

}  // namespace parse
