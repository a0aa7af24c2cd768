#include "api/query_stats.h"

#include "api/json_response.h"

namespace parse::api {
namespace {

storage::QueryStats& stats_of(const ApiRequest& request) {
  if (request.services.query_stats == nullptr)
    throw Error(ErrorCode::kOperationForbidden, "Queries are not recorded: the option queryStats is off.");
  return *request.services.query_stats;
}

http::Response get_query_stats(ApiRequest& request) {
  request.require_master_key();
  return json_response(200, object::Object{{"results", stats_of(request).report()}});
}

http::Response clear_query_stats(ApiRequest& request) {
  request.require_writing_master_key("clear the query statistics");
  stats_of(request).clear();
  return json_response(200, std::string("{}"));
}

}  // namespace

void bind_query_stats(Routes& routes) {
  routes.add(http::Method::kGet, "/queryStats", get_query_stats);
  routes.add(http::Method::kDelete, "/queryStats", clear_query_stats);
}

}  // namespace parse::api
