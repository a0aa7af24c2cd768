#pragma once

#include <string>
#include <utility>

#include "base/error.h"

namespace parse::storage {

/// The database cannot be reached: not there, not there yet, or without room for another client. Another try may work.
/// To a client it is kInternal (1) "The database cannot be reached.".
class Unavailable : public Error {
 public:
  explicit Unavailable(std::string cause)
      : Error(ErrorCode::kInternal, "The database cannot be reached.", std::move(cause)) {}
};

}  // namespace parse::storage
