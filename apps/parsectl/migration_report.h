#pragma once

#include <string>
#include <vector>

#include "apps/parsectl/output.h"
#include "object/value.h"
#include "transfer/compare.h"
#include "transfer/import_state.h"

namespace parse::ctl {

/// One line of what a migration tells: a class, or the join table of a relation.
struct MigrationRow {
  transfer::ClassComparison comparison;
  /// What was done with the rows; nothing when both sides were compared only.
  transfer::Counts counts;
};

/// A table of class, rows on both sides and state; JSON has the checksums, the counts and the differences as well.
void print_migration(Output& output, const std::vector<MigrationRow>& rows);
/// "Game: b2 is missing, c3 differs": remarks for people.
void name_differences(Output& output, const std::vector<MigrationRow>& rows);
/// How many lines differ.
std::size_t count_differing(const std::vector<MigrationRow>& rows);

}  // namespace parse::ctl
