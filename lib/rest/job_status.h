#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/iso_date.h"
#include "object/value.h"
#include "rest/schema_service.h"
#include "storage/adapter.h"

/// Runs of jobs as rows of _JobStatus: jobName, source, status (running, succeeded, failed), message, params,
/// finishedAt. `updatedAt` tells when the server that runs the job last said so; the Node server leaves it out, and
/// such rows are left to it. Errors: those of storage. Source: parse-server StatusHandler.
namespace parse::rest {

/// One run at its beginning.
struct JobRun {
  std::string id;
  std::string job_name;
  object::Object params = {};
  /// "api", or "schedule" for one that a schedule began.
  std::string source = "api";
};

/// Where the rows are.
struct JobRows {
  storage::Operations& storage;
  SchemaService& schemas;
  Milliseconds now = 0;
};

void create_running(const JobRows& rows, const JobRun& run);
/// What the job says while it runs; nothing for a run that is over.
void tell_message(const JobRows& rows, const std::string& id, const std::string& message);
/// The server that runs them is alive.
void touch_running(const JobRows& rows, const std::vector<std::string>& ids);

/// How a run ended.
struct JobEnd {
  bool succeeded = false;
  /// Absent: the last one said stays.
  std::optional<std::string> message;
};
void finish_run(const JobRows& rows, const std::string& id, const JobEnd& end);

/// Fails every run that its server has not touched since `limit`. Returns how many.
std::int64_t fail_abandoned(const JobRows& rows, Milliseconds limit);

}  // namespace parse::rest
