#include "server/routes.h"

#include "api/aggregate.h"
#include "api/batch.h"
#include "api/classes.h"
#include "api/config.h"
#include "api/email.h"
#include "api/events.h"
#include "api/functions.h"
#include "api/hooks.h"
#include "api/installations.h"
#include "api/jobs.h"
#include "api/logs.h"
#include "api/purge.h"
#include "api/query_stats.h"
#include "api/roles.h"
#include "api/schemas.h"
#include "api/security.h"
#include "api/server_info.h"
#include "api/sessions.h"
#include "api/users.h"

namespace parse::server {

api::Routes make_routes() {
  api::Routes routes;
  api::bind_aggregate(routes);
  api::bind_batch(routes);
  api::bind_classes(routes);
  api::bind_config(routes);
  api::bind_email(routes);
  api::bind_events(routes);
  api::bind_functions(routes);
  api::bind_hooks(routes);
  api::bind_installations(routes);
  api::bind_jobs(routes);
  api::bind_logs(routes);
  api::bind_purge(routes);
  api::bind_query_stats(routes);
  api::bind_roles(routes);
  api::bind_schemas(routes);
  api::bind_security(routes);
  api::bind_server_info(routes);
  api::bind_sessions(routes);
  api::bind_users(routes);
  return routes;
}

}  // namespace parse::server
