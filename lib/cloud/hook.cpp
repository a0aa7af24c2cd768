#include "cloud/hook.h"

#include <algorithm>

namespace parse::cloud {
namespace {

constexpr std::array<std::string_view, kHookKinds> kNames{
    "function",   "job",       "beforeSave",  "afterSave",  "beforeDelete", "afterDelete",
    "beforeFind", "afterFind", "beforeLogin", "afterLogin", "afterLogout",  "beforePasswordResetRequest",
    "authModule", "option"};

}  // namespace

std::string_view to_string(HookKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<HookKind> hook_kind_named(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<HookKind>(found - kNames.begin());
}

}  // namespace parse::cloud
