#include "apps/parsectl/index_name.h"

#include <fmt/format.h>

#include "apps/parsectl/output.h"

namespace parse::ctl {

std::string default_index_name(const object::Object& keys) {
  std::string name;
  for (const auto& [field, kind] : keys) name += fmt::format("{}{}_{}", name.empty() ? "" : "_", field, cell(&kind));
  return name;
}

}  // namespace parse::ctl
