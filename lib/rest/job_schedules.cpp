#include "rest/job_schedules.h"

#include <set>
#include <utility>

#include "logging/logger.h"
#include "object/json.h"

namespace parse::rest {
namespace {

using object::Object;
using object::Value;

constexpr const char* kClass = "_JobSchedule";

std::string text_of(const Object& row, std::string_view field) {
  const Value* value = row.find(field);
  const std::string* text = value ? value->get_if<std::string>() : nullptr;
  return text ? *text : std::string();
}

std::optional<Milliseconds> last_run_of(const Object& row) {
  const Value* value = row.find("lastRun");
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return static_cast<Milliseconds>(value->number());
}

/// A text of JSON, as the dashboard writes it.
Object params_of(const Object& row) {
  const std::string text = text_of(row, "params");
  if (text.empty()) return {};
  const auto value = object::try_parse_json(text);
  const Object* params = value ? value->get_if<Object>() : nullptr;
  if (params == nullptr) throw Error(ErrorCode::kInvalidValue, "params of the schedule are no JSON object");
  return *params;
}

/// The field still is what `row` says.
query::FieldCondition unchanged(const Object& row, const char* field) {
  const Value* value = row.find(field);
  if (value == nullptr || value->is_null()) return {field, query::Exists{false}};
  return {field, query::Equal{*value}};
}

}  // namespace

/// One schedule.
struct JobSchedules::Row {
  Object stored;
  std::string id;
  std::string job_name;
  cloud::Schedule schedule;
  Object params;
};

JobSchedules::JobSchedules(storage::Adapter& storage, SchemaService& schemas, JobRunner& runner)
    : storage_(storage), schemas_(schemas), runner_(runner) {}

std::optional<Milliseconds> JobSchedules::run_due(Milliseconds now) {
  std::optional<Milliseconds> next;
  for (const Row& row : read_rows()) {
    if (const auto due = cloud::due_run(row.schedule, last_run_of(row.stored), now)) run(row, *due);
    const auto later = cloud::next_due(row.schedule, now);
    if (later && (!next || *later < *next)) next = later;
  }
  return next;
}

/// Those that can be read, of jobs that are here.
std::vector<JobSchedules::Row> JobSchedules::read_rows() {
  query::Find find;
  find.class_name = kClass;
  object::ValueBuilder builder;
  builder.begin_array();
  storage_.find(*schemas_.snapshot(), find, builder);
  builder.end_array();
  Value found = builder.take();
  std::vector<Row> rows;
  std::set<std::string> ids;
  for (Value& value : *found.get_if<object::Array>()) {
    Row row;
    row.stored = std::move(*value.get_if<Object>());
    row.id = text_of(row.stored, "objectId");
    ids.insert(row.id);
    row.job_name = text_of(row.stored, "jobName");
    if (!runner_.has(row.job_name)) continue;
    try {
      row.schedule = cloud::read_schedule(row.stored);
      row.params = params_of(row.stored);
      rows.push_back(std::move(row));
    } catch (const Error& error) {
      complain(row, error.message());
    }
  }
  std::erase_if(complaints_, [&](const auto& complaint) { return !ids.contains(complaint.first); });
  return rows;
}

/// Begins a run, unless another server has.
void JobSchedules::run(const Row& row, Milliseconds due) {
  try {
    const auto id = runner_.start_if({.name = row.job_name, .params = row.params, .source = "schedule"},
                                     [&](storage::Operations& storage) { return claim(storage, row, due); });
    if (id) logging::info("the job {} begins as its schedule {} says: {}", row.job_name, row.id, *id);
    complaints_.erase(row.id);
  } catch (const Error& error) {
    // Another server was quicker, or there is no place, or no database: whatever is still due is so the next time.
    if (error.code() != ErrorCode::kInvalidLinkedSession) complain(row, error.message());
  }
}

bool JobSchedules::claim(storage::Operations& storage, const Row& row, Milliseconds due) {
  storage::UpdateRequest request;
  request.class_name = kClass;
  request.where.conditions = {query::FieldCondition{"objectId", query::Equal{row.id}}, unchanged(row.stored, "lastRun"),
                              unchanged(row.stored, "updatedAt")};
  request.changes = {{"lastRun", object::SetValue{due}}};
  return storage.update(*schemas_.snapshot(), request).has_value();
}

void JobSchedules::complain(const Row& row, const std::string& reason) {
  std::string& known = complaints_[row.id];
  if (known != reason)
    logging::warn("the schedule {} of the job {} is not carried out: {}", row.id, row.job_name, reason);
  known = reason;
}

}  // namespace parse::rest
