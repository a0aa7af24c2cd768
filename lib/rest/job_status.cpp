#include "rest/job_status.h"

#include <utility>

namespace parse::rest {
namespace {

using object::Date;
using object::Object;
using object::SetValue;

constexpr const char* kClass = "_JobStatus";
constexpr const char* kRunning = "running";

query::FieldCondition equals(std::string field, object::Value value) {
  return {std::move(field), query::Equal{std::move(value)}};
}

storage::UpdateRequest change_of(query::Where where, object::Update changes, Milliseconds now) {
  return {kClass, std::move(where), std::move(changes), Date{now}};
}

void add_end(const JobEnd& end, Milliseconds now, object::Update& changes) {
  changes.push_back({"status", SetValue{end.succeeded ? "succeeded" : "failed"}});
  changes.push_back({"finishedAt", SetValue{Date{now}}});
  if (end.message) changes.push_back({"message", SetValue{*end.message}});
}

}  // namespace

void create_running(const JobRows& rows, const JobRun& run) {
  // The empty ACL locks the row to everybody but the master key.
  rows.storage.create(*rows.schemas.snapshot(), kClass,
                      Object{{"objectId", run.id},
                             {"createdAt", Date{rows.now}},
                             {"updatedAt", Date{rows.now}},
                             {"ACL", Object()},
                             {"jobName", run.job_name},
                             {"status", kRunning},
                             {"source", run.source},
                             {"params", run.params}});
}

void tell_message(const JobRows& rows, const std::string& id, const std::string& message) {
  query::Where where;
  where.conditions = {equals("objectId", id), equals("status", kRunning)};
  rows.storage.update(*rows.schemas.snapshot(),
                      change_of(std::move(where), {{"message", SetValue{message}}}, rows.now));
}

void touch_running(const JobRows& rows, const std::vector<std::string>& ids) {
  query::Where where;
  object::Array wanted(ids.begin(), ids.end());
  where.conditions = {query::FieldCondition{"objectId", query::In{std::move(wanted)}}, equals("status", kRunning)};
  // Some field must be named; the time is what matters.
  rows.storage.update_many(*rows.schemas.snapshot(),
                           change_of(std::move(where), {{"status", SetValue{kRunning}}}, rows.now));
}

void finish_run(const JobRows& rows, const std::string& id, const JobEnd& end) {
  query::Where where;
  where.conditions = {equals("objectId", id)};
  object::Update changes;
  add_end(end, rows.now, changes);
  rows.storage.update(*rows.schemas.snapshot(), change_of(std::move(where), std::move(changes), rows.now));
}

std::int64_t fail_abandoned(const JobRows& rows, Milliseconds limit) {
  query::Where where;
  where.conditions = {equals("status", kRunning),
                      query::FieldCondition{"updatedAt", query::Compare{query::Comparison::kLess, Date{limit}}}};
  object::Update changes;
  add_end({false, "The server that ran this job has ended."}, rows.now, changes);
  return rows.storage.update_many(*rows.schemas.snapshot(), change_of(std::move(where), std::move(changes), rows.now));
}

}  // namespace parse::rest
