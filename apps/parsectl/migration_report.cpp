#include "apps/parsectl/migration_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "apps/parsectl/progress_line.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;
using transfer::Difference;
using transfer::DifferenceKind;

Value number(std::uint64_t count) { return static_cast<std::int64_t>(count); }

std::string_view name_of(DifferenceKind kind) {
  if (kind == DifferenceKind::kMissing) return "missing";
  return kind == DifferenceKind::kExtra ? "extra" : "changed";
}

std::string sentence_of(const Difference& difference) {
  if (difference.kind == DifferenceKind::kMissing) return difference.key + " is missing";
  return difference.key + (difference.kind == DifferenceKind::kExtra ? " is only in the target" : " differs");
}

Object object_of(const MigrationRow& row) {
  const transfer::ClassComparison& comparison = row.comparison;
  Array differences;
  for (const Difference& difference : comparison.differences)
    differences.emplace_back(Object{{"id", difference.key}, {"difference", name_of(difference.kind)}});
  return Object{{"class", comparison.class_name},           {"from", number(comparison.from_rows)},
                {"to", number(comparison.to_rows)},         {"state", comparison.is_same() ? "same" : "differs"},
                {"fromChecksum", comparison.from_checksum}, {"toChecksum", comparison.to_checksum},
                {"stored", number(row.counts.stored)},      {"replaced", number(row.counts.replaced)},
                {"skipped", number(row.counts.skipped)},    {"rejected", number(row.counts.rejected)},
                {"differences", std::move(differences)}};
}

}  // namespace

void print_migration(Output& output, const std::vector<MigrationRow>& rows) {
  Array objects;
  for (const MigrationRow& row : rows) objects.emplace_back(object_of(row));
  output.rows({"class", "from", "to", "state"}, objects);
}

void name_differences(Output& output, const std::vector<MigrationRow>& rows) {
  for (const MigrationRow& row : rows) {
    if (row.comparison.is_same()) continue;
    std::vector<std::string> sentences;
    for (const Difference& difference : row.comparison.differences) sentences.push_back(sentence_of(difference));
    output.remark(fmt::format("{}: {}", row.comparison.class_name, fmt::join(sentences, ", ")));
  }
}

std::size_t count_differing(const std::vector<MigrationRow>& rows) {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const MigrationRow& row) { return !row.comparison.is_same(); }));
}

}  // namespace parse::ctl
