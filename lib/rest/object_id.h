#pragma once

#include <string>

namespace parse::rest {

/// Names one object of one class.
struct ObjectId {
  std::string class_name;
  std::string id;
};

}  // namespace parse::rest
