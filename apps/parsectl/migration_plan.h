#pragma once

#include <string>
#include <vector>

#include "apps/parsectl/migration_end.h"
#include "transfer/checksum.h"

namespace parse::ctl {

/// What is to be migrated, and how much of it both ends can hold.
struct MigrationPlan {
  /// Classes to be made, or completed.
  std::vector<schema::ClassSchema> wanted;
  /// Whose rows go along: classes, then the join tables of their relations.
  std::vector<std::string> tables;
  /// What of the rows has to be the same afterwards.
  transfer::View view;
};

struct PlanQuestion {
  const schema::Schema& schema;
  bool is_from_server = false;
  bool is_to_server = false;
  /// The server that is written to keeps times and hashes of passwords.
  bool has_maintenance_key = false;
  /// Empty: the whole app.
  std::vector<std::string> classes;
};

/// Throws Failure kNotFound for a class that is not there, kUsage for one that no server lets through.
MigrationPlan plan_migration(const PlanQuestion& question);

/// What cannot go along, in sentences.
std::vector<std::string> migration_remarks(const PlanQuestion& question);

}  // namespace parse::ctl
