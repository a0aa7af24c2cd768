#include "net/http_client.h"

#include <algorithm>
#include <cctype>

namespace parse::net {
namespace {

bool equal_names(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

}  // namespace

const std::string* HttpResponse::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [name](const auto& field) { return equal_names(field.first, name); });
  return found == headers.end() ? nullptr : &found->second;
}

}  // namespace parse::net
