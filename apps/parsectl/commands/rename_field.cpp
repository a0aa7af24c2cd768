#include <fmt/format.h>

#include <memory>

#include "apps/parsectl/commands/schema_group.h"
#include "apps/parsectl/field_copy.h"
#include "apps/parsectl/schema_calls.h"
#include "schema/field_type.h"
#include "schema/names.h"
#include "schema/schema_rename.h"

namespace parse::ctl {
namespace {

using object::Object;
using object::Value;

struct Rename {
  FieldCopy::Plan plan;
  bool keeps_old = false;
};

constexpr const char* kFooter =
    "Adds the new field, copies the values in batches, checks them, and then deletes the old field, moving its "
    "indexes,\n"
    "permissions, required and default over in the same step. Stopped at any time (Ctrl-C, a failure), a second run\n"
    "goes on where it was; the old field goes only when every value is copied.\n"
    "The REST API has no way to write an object and keep its updatedAt: that of each copied object changes, and its\n"
    "Cloud Code triggers run. Programs should write the new field, or none of both, from the last check on.\n"
    "A relation cannot be renamed, as its objects are kept elsewhere.\n"
    "Examples:\n"
    "  parsectl schema rename-field Game score points --yes\n"
    "  parsectl schema rename-field Game score points --keep-old --batch 500";

const Object* find_field(const Object& definition, const std::string& name) {
  const Value* field = definition.at("fields").as<Object>().find(name);
  return field ? field->get_if<Object>() : nullptr;
}

bool is_same_type(const Object& left, const Object& right) {
  const Value* target = left.find("targetClass");
  const Value* other = right.find("targetClass");
  const bool same_target = target && other ? *target == *other : target == other;
  return left.at("type") == right.at("type") && same_target;
}

/// Refuses what cannot be renamed, before anything is done.
void check(const Object& definition, const FieldCopy::Plan& plan) {
  const Object* old_field = find_field(definition, plan.from);
  const Object* new_field = find_field(definition, plan.to);
  const std::string& name = plan.class_name;
  if (old_field == nullptr)
    throw Failure(ExitCode::kNotFound, fmt::format("{} has no field {}", name, plan.from),
                  new_field ? fmt::format("it has {}: was it renamed already?", plan.to)
                            : "'parsectl schema get' shows its fields");
  if (plan.from == plan.to) throw Failure(ExitCode::kUsage, "the old and the new name are the same");
  if (!schema::is_valid_field_name(plan.to, name))
    throw Failure(ExitCode::kUsage, fmt::format("'{}' is no valid field name", plan.to),
                  "use letters, digits and _ after a letter");
  for (const std::string& field : {plan.from, plan.to}) {
    if (schema::is_default_field(field, name))
      throw Failure(ExitCode::kRefused, fmt::format("{} belongs to every {} and cannot be renamed", field, name));
  }
  if (old_field->at("type") == Value("Relation"))
    throw Failure(ExitCode::kRefused,
                  fmt::format("{}.{} is a relation, and relations cannot be renamed", name, plan.from),
                  fmt::format("add {} as a new relation and move the objects in your own code", plan.to));
  if (old_field->at("type") == Value("GeoPoint"))
    throw Failure(ExitCode::kRefused,
                  fmt::format("{}.{} is a GeoPoint, and a class can have one such field only", name, plan.from),
                  "it cannot be copied beside the old one");
  if (new_field != nullptr && !is_same_type(*old_field, *new_field))
    throw Failure(ExitCode::kConflict, fmt::format("{} has a field {} of another type", name, plan.to),
                  "choose another name");
}

void add_new_field(Session& session, const Object& definition, const FieldCopy::Plan& plan) {
  const Object body = schema::rename_preparation(definition, plan.from, plan.to);
  if (!body.empty()) session.server().put(schema_path(plan.class_name), body);
}

void complete(Session& session, const FieldCopy::Plan& plan) {
  const Object definition = read_class(session, plan.class_name);
  const Object drops = schema::rename_index_drops(definition, plan.from, plan.to);
  if (!drops.empty()) session.server().put(schema_path(plan.class_name), drops);
  session.server().put(schema_path(plan.class_name), schema::rename_completion(definition, plan.from, plan.to));
}

std::string place(const FieldCopy::Plan& plan) { return plan.class_name + "." + plan.from; }

void refuse_unfinished(const FieldCopy::Result& result, const FieldCopy::Plan& plan, std::int64_t missing) {
  const std::string kept = fmt::format("{} stays", place(plan));
  if (result.failed > 0)
    throw Failure(ExitCode::kPartly,
                  fmt::format("{} values are copied, {} objects could not be changed, the first {}; {}", result.copied,
                              result.failed, result.first_failure, kept),
                  "mend them and run it again: it goes on with those");
  if (result.differing > 0)
    throw Failure(ExitCode::kConflict,
                  fmt::format("{} objects have another value in {} already, the first {}; {}", result.differing,
                              plan.to, result.first_differing, kept),
                  fmt::format("--overwrite takes the value of {}", plan.from));
  if (missing > 0)
    throw Failure(ExitCode::kPartly,
                  fmt::format("{} objects got a value in {} meanwhile; {}", missing, plan.from, kept),
                  "run it again, best while nobody writes the old field");
}

Object result_of(const FieldCopy::Plan& plan, std::int64_t copied) {
  return {{"className", plan.class_name}, {"from", plan.from}, {"to", plan.to}, {"copied", copied}};
}

void rename_field(Session& session, const Rename& flags) {
  const FieldCopy::Plan& plan = flags.plan;
  const Object definition = read_class(session, plan.class_name);
  check(definition, plan);
  FieldCopy copy(session, plan);
  const bool is_there = find_field(definition, plan.to) != nullptr;
  const std::int64_t todo = is_there
                                ? copy.count_missing()
                                : count_objects(session, plan.class_name, {{plan.from, Object{{"$exists", true}}}});
  const std::string what = fmt::format("{} values of {} to {}", todo, place(plan), plan.to);
  if (session.is_dry_run())
    return session.output().done(
        fmt::format("would copy {}{}", what, flags.keeps_old ? "" : " and delete " + plan.from), result_of(plan, todo));
  if (!flags.keeps_old) session.confirm(fmt::format("Copy {} and then delete {}?", what, plan.from));
  add_new_field(session, definition, plan);
  const FieldCopy::Result result = copy.run();
  refuse_unfinished(result, plan, copy.count_missing());
  if (flags.keeps_old)
    return session.output().done(
        fmt::format("copied {} values of {} to {}; {} stays", result.copied, place(plan), plan.to, plan.from),
        result_of(plan, result.copied));
  complete(session, plan);
  session.output().done(fmt::format("renamed {} to {}; {} values were copied", place(plan), plan.to, result.copied),
                        result_of(plan, result.copied));
}

}  // namespace

void add_rename_field_command(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<Rename>();
  CLI::App& command = commands.add(group, "rename-field", "Give a field another name, and the values with it",
                                   [flags](Session& s) { rename_field(s, *flags); });
  command.add_option("class", flags->plan.class_name, "Name of the class")->required()->type_name("CLASS");
  command.add_option("old", flags->plan.from, "The name it has")->required()->type_name("OLD");
  command.add_option("new", flags->plan.to, "The name it is to have")->required()->type_name("NEW");
  command.add_option("--batch", flags->plan.batch, "Objects that are changed by one call [100]")
      ->type_name("COUNT")
      ->check(CLI::Range(1, 1000));
  command.add_flag("--overwrite", flags->plan.overwrites,
                   "Where both fields have values that differ, take the old one's");
  command.add_flag("--keep-old", flags->keeps_old, "Copy only; a later run without this flag completes the renaming");
  command.footer(kFooter);
}

}  // namespace parse::ctl
