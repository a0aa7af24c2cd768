#include "api/aggregate.h"

#include "object/json.h"
#include "rest/aggregate.h"

namespace parse::api {
namespace {

/// The server's defaults of rawValues and rawFieldNames, where the request says nothing.
void add_raw_defaults(const Settings& settings, object::Object& params) {
  if (!params.contains("rawValues")) params.append("rawValues", settings.raw_aggregation_values);
  if (!params.contains("rawFieldNames")) params.append("rawFieldNames", settings.raw_aggregation_field_names);
}

http::Response run_aggregate(ApiRequest& request) {
  request.require_master_key();
  object::Object params = request.params();
  add_raw_defaults(request.services.settings, params);
  http::Response response;
  object::JsonWriter writer(response.body);
  rest::aggregate(request.context, request.path_params.at("class"), query::parse_aggregate_params(params), writer);
  return response;
}

}  // namespace

void bind_aggregate(Routes& routes) { routes.add(http::Method::kGet, "/aggregate/:class", run_aggregate); }

}  // namespace parse::api
