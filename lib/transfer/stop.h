#pragma once

#include "base/error.h"

namespace parse::transfer {

/// Somebody asked the work to stop; what was done is kept. Code kOtherCause (-1).
class Interrupted : public Error {
 public:
  Interrupted() : Error(ErrorCode::kOtherCause, "interrupted") {}
};

}  // namespace parse::transfer
