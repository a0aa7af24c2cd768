#include "http/message.h"

#include <algorithm>
#include <array>

#include "http/text.h"

namespace parse::http {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> kMethods{{{"GET", Method::kGet},
                                                                       {"POST", Method::kPost},
                                                                       {"PUT", Method::kPut},
                                                                       {"DELETE", Method::kDelete},
                                                                       {"HEAD", Method::kHead},
                                                                       {"OPTIONS", Method::kOptions},
                                                                       {"PATCH", Method::kPatch}}};

}  // namespace

Method parse_method(std::string_view text) {
  for (const auto& [name, method] : kMethods) {
    if (name == text) return method;
  }
  return Method::kOther;
}

std::string_view to_string(Method method) {
  for (const auto& [name, value] : kMethods) {
    if (value == method) return name;
  }
  return "OTHER";
}

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(fields_, [&](const Field& field) { return iequals(field.first, name); });
  fields_.emplace_back(std::string(name), std::move(value));
}

const std::string* Headers::find(std::string_view name) const {
  for (const auto& field : fields_) {
    if (iequals(field.first, name)) return &field.second;
  }
  return nullptr;
}

}  // namespace parse::http
