#include "net/http_client.h"

#include <algorithm>

#include "base/ascii.h"

namespace parse::net {
const std::string* HttpResponse::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [name](const auto& field) { return equal_ignoring_case(field.first, name); });
  return found == headers.end() ? nullptr : &found->second;
}

}  // namespace parse::net
