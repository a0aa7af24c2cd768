#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "base/error.h"
#include "transfer/import_state.h"
#include "transfer/object_group.h"
#include "transfer/rejects.h"
#include "transfer/source.h"
#include "transfer/target.h"

namespace parse::transfer {

struct CopyParts {
  Source& source;
  Target& target;
  ImportState& state;
  Rejects& rejects;
  /// Becomes true when somebody asks the work to stop.
  const std::atomic<bool>& is_stopped;
  /// Called after each group.
  std::function<void(const Counts&)> on_progress;
};

struct CopySettings {
  OnConflict on_conflict = OnConflict::kFail;
  /// Rows go as they are, from a database into a database. Otherwise they are prepared as those of a file are.
  bool is_exact = false;
  /// Hashes of passwords go along; other internal columns do so in exact copies only.
  bool keeps_hashes = false;
  Milliseconds now = 0;
};

/// Brings the rows of one class, or of the join table of a relation, from the source to the target, which has the class
/// already; group by group, from where an earlier copy was cut short. The state has the counts, also when this throws:
/// Interrupted; Error kDuplicateValue (137) for a row whose id is taken when OnConflict is kFail; those of Source,
/// Target, Rejects and ImportState.
void copy_class(const CopyParts& parts, const CopySettings& settings, const std::string& class_name);

}  // namespace parse::transfer
