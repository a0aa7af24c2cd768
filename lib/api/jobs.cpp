#include "api/jobs.h"

#include <fmt/format.h>

#include <utility>

#include "api/classes.h"
#include "api/json_response.h"
#include "object/json.h"
#include "object/value_sink.h"
#include "rest/cloud_call.h"
#include "rest/find.h"
#include "rest/job_runner.h"
#include "rest/remove.h"
#include "rest/write.h"

namespace parse::api {
namespace {

using object::Object;
using object::Value;

constexpr const char* kSchedules = "_JobSchedule";
/// More are not listed.
constexpr std::int64_t kMostSchedules = 100'000;

/// What a job learns of who asked for it; Cloud Code itself says nothing of the kind.
Object asked_by(const ApiRequest& request) {
  const rest::CloudCall* call = request.context.cloud.get();
  if (call == nullptr || call->depth > 0) return {};
  Object told{{"ip", request.context.client.ip}};
  if (call->headers) told.append("headers", call->headers());
  return told;
}

http::Response start_job(ApiRequest& request, const std::string& name) {
  rest::JobRunner* jobs = request.services.jobs;
  if (jobs == nullptr) throw Error(ErrorCode::kScriptFailed, "Invalid job.");
  Object params = std::move(request.body);
  for (const auto& [key, value] : request.query) params.set(key, value);
  http::Response response = json_response(200, std::string("{}"));
  response.headers.add("X-Parse-Job-Status-Id",
                       jobs->start({.name = name, .params = std::move(params), .request = asked_by(request)}));
  return response;
}

http::Response start_named(ApiRequest& request) {
  request.require_writing_master_key("run a job");
  return start_job(request, request.path_params.at("name"));
}

http::Response start_by_body(ApiRequest& request) {
  request.require_writing_master_key("run a job");
  const Value* name = request.body.find("jobName");
  const std::string* text = name ? name->get_if<std::string>() : nullptr;
  return start_job(request, text ? *text : std::string());
}

object::Array all_schedules(const ApiRequest& request) {
  object::ValueBuilder builder;
  rest::find(request.context, kSchedules, {{"limit", kMostSchedules}}, builder);
  Value found = builder.take();
  return std::move(*found.get_if<Object>()->find("results")->get_if<object::Array>());
}

http::Response list_schedules(ApiRequest& request) {
  request.require_master_key();
  http::Response response;
  object::JsonWriter writer(response.body);
  writer.begin_array();
  for (const Value& row : all_schedules(request)) object::emit_object(row.as<Object>(), writer);
  writer.end_array();
  return response;
}

http::Response list_jobs(ApiRequest& request) {
  request.require_master_key();
  object::Array in_use;
  for (Value& row : all_schedules(request)) {
    if (Value* name = row.get_if<Object>()->find("jobName")) in_use.push_back(std::move(*name));
  }
  object::Array jobs;
  if (request.services.jobs != nullptr) {
    for (std::string& name : request.services.jobs->names()) jobs.emplace_back(std::move(name));
  }
  return json_response(200, Object{{"in_use", std::move(in_use)}, {"jobs", std::move(jobs)}});
}

/// The schedule of the body, of a job that exists, with a start. A schedule without a job is none that runs.
Object take_schedule(ApiRequest& request) {
  Value* given = request.body.find("job_schedule");
  Object* schedule = given ? given->get_if<Object>() : nullptr;
  if (schedule == nullptr) throw Error(ErrorCode::kInvalidJson, "job_schedule must be an object.");
  const Value* name = schedule->find("jobName");
  const std::string* text = name ? name->get_if<std::string>() : nullptr;
  const rest::JobRunner* jobs = request.services.jobs;
  if (name != nullptr && name->truthy() && (text == nullptr || jobs == nullptr || !jobs->has(*text)))
    throw Error(ErrorCode::kInternal, "Cannot Schedule a job that is not deployed");
  if (!schedule->contains("startAfter")) schedule->append("startAfter", to_iso_date(request.context.now));
  return std::move(*schedule);
}

http::Response create_schedule(ApiRequest& request) {
  request.require_master_key();
  const rest::Written written = rest::create(request.context, kSchedules, take_schedule(request));
  request.services.schedules_changed();
  http::Response response = json_response(201, rest::write_response_json(written.response));
  response.headers.add("Location", object_location(request, {kSchedules, written.id}));
  return response;
}

/// The reference wraps what it answers.
http::Response change_schedule(ApiRequest& request) {
  request.require_master_key();
  const Object changed =
      rest::update(request.context, {kSchedules, request.path_params.at("id")}, take_schedule(request));
  request.services.schedules_changed();
  return json_response(200, fmt::format(R"({{"response":{}}})", rest::write_response_json(changed)));
}

http::Response delete_schedule(ApiRequest& request) {
  request.require_master_key();
  rest::remove(request.context, {kSchedules, request.path_params.at("id")});
  return json_response(200, std::string("{}"));
}

}  // namespace

void bind_jobs(Routes& routes) {
  using http::Method;
  routes.add(Method::kPost, "/jobs/:name", start_named);
  routes.add(Method::kPost, "/jobs", start_by_body);
  routes.add(Method::kGet, "/cloud_code/jobs", list_schedules);
  routes.add(Method::kGet, "/cloud_code/jobs/data", list_jobs);
  routes.add(Method::kPost, "/cloud_code/jobs", create_schedule);
  routes.add(Method::kPut, "/cloud_code/jobs/:id", change_schedule);
  routes.add(Method::kDelete, "/cloud_code/jobs/:id", delete_schedule);
}

}  // namespace parse::api
