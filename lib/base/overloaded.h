#pragma once

namespace parse {

/// Makes one visitor of several lambdas, for std::visit.
template <typename... Functions>
struct overloaded : Functions... {
  using Functions::operator()...;
};

}  // namespace parse
