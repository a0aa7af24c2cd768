#pragma once

#include "api/api_request.h"

namespace parse::api {

/// Jobs of the Cloud Code, for the master key.
/// POST /jobs/:name and POST /jobs (`jobName` in the body) begin a job with the parameters of body and query string,
/// and answer `{}` with the id of its row of _JobStatus in the field X-Parse-Job-Status-Id. Errors: kScriptFailed (141)
/// "Invalid job." for one that does not exist; kRequestLimitExceeded (155) when too many run; kOperationForbidden (119)
/// for the read-only key.
/// GET /cloud_code/jobs answers the rows of _JobSchedule as an array; GET /cloud_code/jobs/data `{in_use, jobs}`, the
/// names of the jobs with a schedule and of all. POST /cloud_code/jobs and PUT /cloud_code/jobs/:id take
/// `{job_schedule:{…}}`, see cloud/schedule.h; the start is now unless it is given. DELETE /cloud_code/jobs/:id.
/// Errors: kInternal (1) for a job that does not exist, and those of writing an object.
/// Source: REST guide, "Cloud Code"; parse-server FunctionsRouter, CloudCodeRouter.
void bind_jobs(Routes& routes);

}  // namespace parse::api
