#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "transfer/target.h"

namespace parse::transfer {

/// What happens with a row whose objectId an object has.
enum class OnConflict { kFail, kSkip, kReplace };

/// What was done with one object of a group.
enum class Deed {
  kStored,
  kReplaced,
  /// An object has its id, and stays as it is.
  kSkipped,
  /// `reason` says why.
  kRefused,
  /// An object has its id, and OnConflict is kFail: none of the group was stored now. `reason` is the id.
  kConflict,
};
struct Result {
  Deed deed = Deed::kStored;
  std::string reason = {};
};

struct GroupRules {
  OnConflict on_conflict = OnConflict::kFail;
  /// So many of the group, from its first on, a run that was cut short may have stored: they are not in their own way.
  std::size_t maybe_stored = 0;
};

/// Stores objects of a class, as prepare() left them, together; one result for each. Errors: those of Target.
std::vector<Result> store_group(Target& target, const std::string& class_name, std::vector<object::Object> objects,
                                const GroupRules& rules);

}  // namespace parse::transfer
