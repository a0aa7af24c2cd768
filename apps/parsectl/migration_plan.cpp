#include "apps/parsectl/migration_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "apps/parsectl/failure.h"
#include "schema/default_classes.h"
#include "schema/names.h"
#include "transfer/export_file.h"

namespace parse::ctl {
namespace {

/// Rows that last for minutes.
constexpr std::string_view kPassing = "_Idempotency";
/// Only a login makes them.
constexpr std::string_view kSessions = "_Session";

bool has_server(const PlanQuestion& question) { return question.is_from_server || question.is_to_server; }

/// Servers do not list their volatile classes, but give their rows.
schema::Schema complete_schema(const PlanQuestion& question) {
  schema::Schema schema = question.schema;
  if (!question.is_from_server) return schema;
  for (const std::string_view name : schema::classes_made_at_start()) {
    if (schema::is_volatile_class(name) && schema.find(name) == nullptr) schema.set(schema::default_class(name));
  }
  return schema;
}

std::vector<std::string> chosen_classes(const PlanQuestion& question, const schema::Schema& schema) {
  if (question.classes.empty()) return transfer::all_classes(schema);
  for (const std::string& name : question.classes) {
    if (name == kSessions && has_server(question))
      throw Failure(ExitCode::kUsage, "sessions move between databases only", "users log in again at the new server");
    if (schema.find(name) == nullptr)
      throw Failure(ExitCode::kNotFound, fmt::format("there is no class {} to migrate", name),
                    "'parsectl schema list' lists them");
  }
  return question.classes;
}

}  // namespace

MigrationPlan plan_migration(const PlanQuestion& question) {
  const schema::Schema schema = complete_schema(question);
  MigrationPlan plan;
  std::vector<std::string> relations;
  for (const std::string& name : chosen_classes(question, schema)) {
    const schema::ClassSchema& class_schema = *schema.find(name);
    // A server makes its volatile classes itself.
    if (!question.is_to_server || !schema::is_volatile_class(name)) plan.wanted.push_back(class_schema);
    if (name == kPassing || (name == kSessions && has_server(question))) continue;
    plan.tables.push_back(name);
    for (const transfer::RelationName& relation : transfer::relations_of(class_schema))
      relations.push_back(transfer::join_name(relation));
  }
  plan.tables.insert(plan.tables.end(), relations.begin(), relations.end());
  plan.view = {.has_internal = !has_server(question),
               .has_created_at = !question.is_to_server || question.has_maintenance_key,
               .has_updated_at = !question.is_to_server};
  return plan;
}

std::vector<std::string> migration_remarks(const PlanQuestion& question) {
  std::vector<std::string> remarks;
  if (question.is_from_server)
    remarks.emplace_back("A server does not tell the hashes of passwords: users have to reset theirs.");
  if (question.is_to_server && !question.has_maintenance_key)
    remarks.emplace_back(fmt::format("Without a maintenance key the server sets createdAt and updatedAt anew{}.",
                                     question.is_from_server ? ""
                                                             : ", and takes no hashes of passwords: users have "
                                                               "to reset theirs"));
  if (question.is_to_server && question.has_maintenance_key)
    remarks.emplace_back("The server sets updatedAt of users and of owners of relations anew, so it is not compared.");
  if (has_server(question))
    remarks.emplace_back("Sessions and the tokens of mails that were sent stay behind: users log in again.");
  return remarks;
}

}  // namespace parse::ctl
