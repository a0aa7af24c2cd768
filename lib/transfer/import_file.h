#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "base/error.h"
#include "transfer/import_state.h"
#include "transfer/object_group.h"
#include "transfer/rejects.h"
#include "transfer/stop.h"
#include "transfer/target.h"

namespace parse::transfer {

/// A row's object exists and OnConflict is kFail; the message names the line. Code kDuplicateValue (137).
class Conflict : public Error {
 public:
  explicit Conflict(std::string message) : Error(ErrorCode::kDuplicateValue, std::move(message)) {}
};

struct ImportParts {
  Target& target;
  ImportState& state;
  Rejects& rejects;
  /// Becomes true when somebody asks the work to stop.
  const std::atomic<bool>& is_stopped;
  /// Called after each group.
  std::function<void(const Counts&)> on_progress;
  /// May change what was read of an object before it is stored; may be empty.
  std::function<void(object::Object&)> change = {};
};

struct ImportSettings {
  OnConflict on_conflict = OnConflict::kFail;
  /// createdAt of rows that say nothing of it.
  Milliseconds now = 0;
};

struct ImportInput {
  /// "-" is standard input.
  std::string path;
  /// A class, or the join table of a relation.
  std::string class_name;
  Format format = Format::kNdjson;
};

/// Brings one file into the target, group by group, from where an earlier import of it was cut short. The state has the
/// counts, also when this throws: Conflict; Interrupted; kInvalidClassName (103); kInvalidKeyName (105) for a relation
/// that does not exist; those of RowReader, Rejects, ImportState and Target.
void import_file(const ImportParts& parts, const ImportSettings& settings, const ImportInput& input);

/// What tells whether a file is still the same: its size and time.
std::string fingerprint_of(const std::string& path);

}  // namespace parse::transfer
