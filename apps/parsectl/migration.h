#pragma once

#include <string>
#include <vector>

#include "apps/parsectl/migration_end.h"
#include "apps/parsectl/session.h"

namespace parse::ctl {

/// What the command line says of a migration.
struct MigrateFlags {
  EndFlags from;
  EndFlags to;
  std::string maintenance_key;
  std::vector<std::string> classes;
  /// "skip" or "replace"; empty: the target must have no objects.
  std::string on_conflict;
  /// Files; empty: in this folder, called after both ends.
  std::string rejects;
  std::string state;
  bool restarts = false;
  bool only_verifies = false;
};

/// Moves schema and data from one end to the other, or compares them, and prints how they are. Throws Failure.
void run_migration(Session& session, const MigrateFlags& flags);

}  // namespace parse::ctl
