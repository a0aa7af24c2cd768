#pragma once

namespace parse {

/// Makes one visitor of several lambdas, for std::visit.
template <typename... Functions>
struct overloaded : Functions... {
  using Functions::operator()...;
};
// clang 14 does not deduce aggregates by itself.
template <typename... Functions>
overloaded(Functions...) -> overloaded<Functions...>;

}  // namespace parse
