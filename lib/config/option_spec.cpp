#include "config/option_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/ascii.h"
#include "config/option_tables.h"

namespace parse::config {
namespace {

std::vector<OptionSpec> build_table() {
  std::vector<OptionSpec> table;
  add_application_options(table);
  add_network_options(table);
  add_object_options(table);
  add_account_options(table);
  add_page_options(table);
  add_limit_options(table);
  add_guard_options(table);
  add_cloud_options(table);
  add_process_options(table);
  add_later_options(table);
  add_mongo_options(table);
  return table;
}

/// Levenshtein distance: insertions, removals and replacements that turn `from` into `to`.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replace = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replace});
    }
  }
  return row.back();
}

}  // namespace

void add_section(std::vector<OptionSpec>& table, Section section, std::span<const OptionSpec> rows) {
  for (OptionSpec row : rows) {
    row.section = section;
    table.push_back(row);
  }
}

void add_missing(std::vector<OptionSpec>& table, std::string_view needs, std::span<const OptionSpec> rows) {
  for (OptionSpec row : rows) {
    if (row.needs.empty()) row.needs = needs;
    table.push_back(row);
  }
}

const std::vector<OptionSpec>& option_table() {
  static const std::vector<OptionSpec> table = build_table();
  return table;
}

const OptionSpec* find_option(std::string_view name) {
  for (const OptionSpec& spec : option_table())
    if (spec.name == name || (!spec.alias.empty() && spec.alias == name)) return &spec;
  return nullptr;
}

std::string nearest_option(std::string_view name) {
  const std::string wanted = ascii_lower(name.substr(0, 100));
  std::string_view best;
  std::size_t best_distance = wanted.size() / 2 + 1;
  for (const OptionSpec& spec : option_table()) {
    const std::size_t distance = edit_distance(wanted, ascii_lower(spec.name));
    if (distance < best_distance) {
      best = spec.name;
      best_distance = distance;
    }
  }
  return std::string(best);
}

std::string_view title(Section section) {
  switch (section) {
    case Section::kApplication:
      return "Application and keys";
    case Section::kNetwork:
      return "Network";
    case Section::kStorage:
      return "Storage";
    case Section::kObjects:
      return "Objects and queries";
    case Section::kSchema:
      return "Declared schemas";
    case Section::kAccounts:
      return "User accounts";
    case Section::kMail:
      return "E-mail and pages";
    case Section::kLimits:
      return "Limits";
    case Section::kGuards:
      return "Rate limits and checks";
    case Section::kCloud:
      return "Cloud Code";
    case Section::kLogging:
      return "Logging";
    case Section::kProcess:
      return "Process";
    case Section::kHidden:
      break;
  }
  return "";
}

std::vector<std::string_view> env_names(const OptionSpec& spec) {
  std::vector<std::string_view> names;
  std::string_view rest = spec.env;
  while (!rest.empty()) {
    const auto blank = std::min(rest.find(' '), rest.size());
    names.push_back(rest.substr(0, blank));
    rest.remove_prefix(std::min(blank + 1, rest.size()));
  }
  return names;
}

std::string refusal(const OptionSpec& spec) {
  if (spec.never) return fmt::format("'{}' {}", spec.name, spec.needs);
  return fmt::format("'{}' needs {}, which this version does not have yet", spec.name, spec.needs);
}

}  // namespace parse::config
