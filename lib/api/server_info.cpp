#include "api/server_info.h"

#include <initializer_list>

#include "api/json_response.h"

namespace parse::api {
namespace {

using object::Object;

/// The version of the reference server whose API this one speaks: clients such as the dashboard decide by it what to
/// offer.
constexpr const char* kCompatibleVersion = "9.10.0";

Object flags(std::initializer_list<const char*> names, bool value) {
  Object map;
  for (const char* name : names) map.append(name, value);
  return map;
}

Object features() {
  Object schemas = flags({"addField", "removeField", "addClass", "removeClass", "clearAllDataFromClass",
                          "editClassLevelPermissions", "editPointerPermissions"},
                         true);
  schemas.append("exportClass", false);
  return {
      {"globalConfig", flags({"create", "read", "update", "delete"}, true)},
      {"hooks", flags({"create", "read", "update", "delete"}, true)},
      {"cloudCode", flags({"jobs"}, true)},
      {"logs", flags({"level", "size", "order", "until", "from"}, true)},
      {"push", flags({"immediatePush", "scheduledPush", "storedPushData", "pushAudiences", "localization"}, false)},
      {"schemas", std::move(schemas)},
      {"settings", flags({"securityCheck"}, false)},
  };
}

http::Response get_server_info(ApiRequest& request) {
  request.require_master_key();
  return json_response(200, Object{{"features", features()}, {"parseServerVersion", kCompatibleVersion}});
}

}  // namespace

void bind_server_info(Routes& routes) { routes.add(http::Method::kGet, "/serverInfo", get_server_info); }

}  // namespace parse::api
