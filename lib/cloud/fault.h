#pragma once

#include <string_view>

#include "base/error.h"

namespace parse::cloud {

/// What a hook threw.
class Fault : public Error {
 public:
  Fault(ErrorCode code, std::string message, int status = 0) : Error(code, std::move(message)), status_(status) {}
  /// The HTTP status that the hook chose; 0: that of the code.
  int status() const { return status_; }

 private:
  int status_;
};

/// Reads `{"code","message","status"?}`; kScriptFailed (141) for anything else.
Fault read_fault(std::string_view json);

}  // namespace parse::cloud
