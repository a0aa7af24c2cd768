#include "client/transport.h"

#include <algorithm>

#include "base/ascii.h"

namespace parse::client {

std::string Answer::header(std::string_view name) const {
  const auto is_named = [&](const auto& field) { return equal_ignoring_case(field.first, name); };
  const auto found = std::find_if(headers.begin(), headers.end(), is_named);
  return found == headers.end() ? "" : found->second;
}

}  // namespace parse::client
