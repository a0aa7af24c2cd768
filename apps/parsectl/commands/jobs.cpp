#include <fmt/format.h>

#include <set>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/lookup.h"
#include "apps/parsectl/status_wait.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr const char* kClassPath = "/classes/_JobStatus";

struct RunFlags {
  std::string name;
  std::string params;
  bool waits = false;
  std::int64_t wait_limit_seconds = 3600;
};

struct StatusFlags {
  std::string id;
  std::size_t limit = 20;
};

StatusWait wait_of(const std::string& id, std::int64_t limit) {
  return {kClassPath, id, {"succeeded", "failed"}, std::chrono::seconds(limit)};
}

void list_jobs(Session& session) {
  const Value names = session.server().get("/cloud_code/jobs/data");
  std::set<std::string> scheduled;
  if (const Value* in_use = names.as<Object>().find("in_use")) {
    for (const Value& name : in_use->as<Array>()) scheduled.insert(name.as<std::string>());
  }
  Array rows;
  for (const Value& name : names.as<Object>().at("jobs").as<Array>())
    rows.emplace_back(Object{{"name", name}, {"scheduled", scheduled.contains(name.as<std::string>())}});
  session.output().rows({"name", "scheduled"}, rows);
}

client::Reply start_job(Session& session, const std::string& name, const Object& params) {
  try {
    return session.server().post_for_reply("/jobs/" + client::segment(name), params);
  } catch (const client::Refusal& refusal) {
    if (refusal.code() != ErrorCode::kScriptFailed) throw;
    throw Failure(ExitCode::kNotFound, fmt::format("the server cannot start the job '{}': {}", name, refusal.message()),
                  "'parsectl jobs list' shows the jobs there are");
  }
}

void report_end(Session& session, const Object& status) {
  const std::string state = text_at(status, "status");
  const std::string message = text_at(status, "message");
  const std::string sentence =
      fmt::format("job {} {}{}{}", text_at(status, "jobName"), state, message.empty() ? "" : ": ", message);
  if (state == "succeeded") return session.output().done(sentence, status);
  throw Failure(ExitCode::kFailed, sentence);
}

void run_job(Session& session, const RunFlags& flags) {
  const Object params = flags.params.empty() ? Object() : parse_object_input("--params", flags.params);
  if (session.is_dry_run())
    return session.output().done(fmt::format("would start {} with {}", flags.name, object::to_json(params)),
                                 {{"jobName", flags.name}, {"params", params}});
  const std::string id = start_job(session, flags.name, params).answer.header("X-Parse-Job-Status-Id");
  if (!flags.waits)
    return session.output().done(fmt::format("started the job {}{}{}", flags.name, id.empty() ? "" : " as ", id),
                                 {{"jobName", flags.name}, {"jobStatusId", id}});
  if (id.empty())
    throw Failure(ExitCode::kFailed, "the server has started the job, but does not say how to follow it",
                  "'parsectl jobs status' shows the last runs");
  report_end(session, wait_for_status(session, wait_of(id, flags.wait_limit_seconds)));
}

void show_status(Session& session, const StatusFlags& flags) {
  if (!flags.id.empty()) return session.output().object(read_status(session, wait_of(flags.id, 0), "run of a job"));
  session.output().rows({"objectId", "jobName", "status", "createdAt", "finishedAt", "message"},
                        newest(session, kClassPath, flags.limit));
}

void add_run(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<RunFlags>();
  CLI::App& run = commands.add(group, "run", "Start a job", [flags](Session& session) { run_job(session, *flags); });
  run.add_option("name", flags->name, "Name of the job")->type_name("NAME")->required();
  run.add_option("--params", flags->params, "What the job gets")->type_name("JSON");
  run.add_flag("--wait", flags->waits, "Wait for its end; exit code 1 when it fails");
  run.add_option("--wait-limit", flags->wait_limit_seconds, "Wait no longer, in seconds [3600]")
      ->type_name("SECONDS")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{7 * 24 * 3600}));
  run.footer(
      "Ctrl-C ends the waiting, not the job.\n\nExample:\n"
      "  parsectl jobs run cleanUp --params '{\"days\": 30}' --wait");
}

}  // namespace

void add_jobs_commands(Commands& commands) {
  CLI::App& group = commands.group("jobs", "List, start and watch the jobs of Cloud Code");
  CLI::App& list = commands.add(group, "list", "List the jobs, and which of them have a schedule", list_jobs);
  list.footer("Example:\n  parsectl jobs list");
  add_run(commands, group);
  const auto flags = std::make_shared<StatusFlags>();
  CLI::App& status = commands.add(group, "status", "Show one run of a job, or the last ones, the newest first",
                                  [flags](Session& session) { show_status(session, *flags); });
  status.add_option("id", flags->id, "Id that run printed")->type_name("ID");
  status.add_option("--limit", flags->limit, "At most this many [20]")->type_name("NUMBER")->check(CLI::PositiveNumber);
  status.footer("Example:\n  parsectl jobs status --limit 5");
}

}  // namespace parse::ctl
