#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "apps/parsectl/commands/schema_group.h"
#include "apps/parsectl/schema_calls.h"
#include "schema/schema_plan.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;
using schema::Change;
using schema::Step;

struct Apply {
  std::string file;
  bool allows_destructive = false;
};

std::set<std::string> names_of(const Array& definitions) {
  std::set<std::string> names;
  for (const Value& definition : definitions) names.insert(definition.as<Object>().at("className").as<std::string>());
  return names;
}

void refuse_destructive(const std::vector<Change>& changes) {
  const auto count = std::count_if(changes.begin(), changes.end(), schema::is_destructive);
  if (count == 0) return;
  throw Failure(ExitCode::kRefused, fmt::format("{} changes are destructive, so nothing was done", count),
                "look at them, then add --allow-destructive");
}

// The server deletes empty classes only; that must not come up when half of the plan is done.
void refuse_full_classes(Session& session, const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    if (change.kind != schema::ChangeKind::kDeleteClass) continue;
    const std::int64_t count = count_objects(session, change.class_name);
    if (count == 0) continue;
    throw Failure(ExitCode::kRefused,
                  fmt::format("{} is to be deleted but has {} objects, so nothing was done", change.class_name, count),
                  fmt::format("delete it by 'parsectl schema delete {} --purge', or take it up into the file",
                              change.class_name));
  }
}

void run(Session& session, const Step& step) {
  const std::string path = schema_path(step.class_name);
  switch (step.call) {
    case schema::StepCall::kCreate:
      session.server().post(path, step.body);
      return;
    case schema::StepCall::kUpdate:
      session.server().put(path, step.body);
      return;
    case schema::StepCall::kDelete:
      session.server().remove(path);
      return;
  }
}

std::string lines_of(const std::vector<Step>& steps, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) {
    text += "\n  ";
    for (const char c : steps[i].text) text += c == '\n' ? std::string("\n  ") : std::string(1, c);
  }
  return text;
}

void run(Session& session, const std::vector<Step>& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    try {
      run(session, steps[i]);
    } catch (const Error& error) {
      if (i == 0) throw;
      std::string message =
          fmt::format("stopped: {} (code {})\ndone:{}\nfailed:{}", error.message(), static_cast<int>(error.code()),
                      lines_of(steps, 0, i), lines_of(steps, i, i + 1));
      if (i + 1 < steps.size()) message += "\nnot done:" + lines_of(steps, i + 1, steps.size());
      throw Failure(ExitCode::kPartly, message, "mend the cause and run it again: it goes on from there");
    }
  }
}

Object result_of(const std::vector<Change>& changes, bool is_applied) {
  Array list;
  for (const Change& change : changes) list.emplace_back(schema::to_json(change));
  return {{"changes", std::move(list)}, {"applied", is_applied}};
}

void apply_schema(Session& session, const Apply& flags) {
  const Comparison comparison = compare(session, read_schema_file(flags.file));
  const std::vector<Change>& changes = comparison.changes;
  Output& output = session.output();
  if (changes.empty()) return output.done("nothing to do", result_of(changes, false));
  const bool is_shown = output.format() == OutputFormat::kTable && !session.flags().is_quiet;
  if (is_shown) print_changes(session, changes);
  const std::vector<Step> steps = schema::plan(changes, names_of(comparison.have));
  try {
    schema::check_plan(steps, comparison.have);
  } catch (const Error& error) {
    throw Failure(ExitCode::kUsage, fmt::format("{}: {}; nothing was done", flags.file, error.message()));
  }
  if (!flags.allows_destructive) refuse_destructive(changes);
  refuse_full_classes(session, changes);
  if (session.is_dry_run())
    return output.done(fmt::format("would make {} changes", changes.size()), result_of(changes, false));
  run(session, steps);
  output.done(fmt::format("made {} changes", changes.size()), result_of(changes, true));
}

}  // namespace

void add_schema_apply_command(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<Apply>();
  CLI::App& command = commands.add(group, "apply", "Bring the classes of the server to those of a file",
                                   [flags](Session& s) { apply_schema(s, *flags); });
  command.add_option("file", flags->file, "A file of 'schema export'; - reads the standard input")
      ->required()
      ->type_name("FILE");
  command.add_flag("--allow-destructive", flags->allows_destructive,
                   "Delete fields, classes and indexes, and make fields of another type anew without their values");
  command.footer(
      "Shows the plan, checks all of it, then makes one change after the other: classes before the pointers to them,\n"
      "indexes after their fields, permissions after the fields they name. A class is never open wider than it is to\n"
      "be. Run again it does nothing; after a failure it goes on. A class whose [permissions] are left out of the "
      "file\n"
      "keeps those it has. Exit codes: 4 destructive and not allowed, 7 stopped half-way (it says where).\n"
      "Examples:\n"
      "  parsectl schema apply schema.toml --dry-run\n"
      "  parsectl --profile staging schema apply schema.toml --allow-destructive");
}

}  // namespace parse::ctl
