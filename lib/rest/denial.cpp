#include "rest/denial.h"

#include <utility>

namespace parse::rest {

Error denial(const Settings& settings, ErrorCode code, std::string detail) {
  if (!settings.sanitize_errors) return Error(code, std::move(detail));
  return Error(code, "Permission denied", std::move(detail));
}

}  // namespace parse::rest
