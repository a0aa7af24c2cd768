#include "api/credentials.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/http_error.h"
#include "base/error.h"
#include "crypto/base64.h"
#include "crypto/compare.h"
#include "http/text.h"
#include "logging/logger.h"
#include "object/json.h"

namespace parse::api {
namespace {

using object::Object;
using object::Value;

std::optional<std::string> header(const http::Request& request, std::string_view name) {
  const std::string* value = request.headers.find(name);
  if (value == nullptr) return std::nullopt;
  return *value;
}

/// `Authorization: Basic base64(appId:masterKey)` or `appId:javascript-key=KEY`; honoured only for a known app.
void read_basic_authorization(const http::Request& request, const Keys& keys, Credentials& credentials) {
  const std::string* field = request.headers.find("Authorization");
  constexpr std::string_view kScheme = "basic ";
  if (field == nullptr || !http::iequals(std::string_view(*field).substr(0, kScheme.size()), kScheme)) return;
  const std::string text = crypto::decode_base64(std::string_view(*field).substr(kScheme.size()));
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || text.find(':', colon + 1) != std::string::npos) return;
  if (text.substr(0, colon) != keys.app_id) return;
  credentials.app_id = keys.app_id;
  std::string key = text.substr(colon + 1);
  constexpr std::string_view kJavascript = "javascript-key=";
  if (key.starts_with(kJavascript)) {
    credentials.javascript_key = key.substr(kJavascript.size());
  } else if (!key.empty()) {
    credentials.master_key = std::move(key);
  }
}

/// Takes a tunnelled text out of the body. Falsy values count as absent; other types are refused.
std::optional<std::string> take_text(Object& body, std::string_view key) {
  const Value* value = body.find(key);
  if (value == nullptr || !value->truthy()) return std::nullopt;
  const std::string* text = value->get_if<std::string>();
  if (text == nullptr) throw unauthorized();
  std::string taken = *text;
  body.erase(key);
  return taken;
}

[[noreturn]] void refuse_context() { throw Error(ErrorCode::kInvalidJson, "Invalid object for context."); }

Object read_context(const std::string& text) {
  auto value = object::try_parse_json(text);
  Object* context = value ? value->get_if<Object>() : nullptr;
  if (context == nullptr) refuse_context();
  return std::move(*context);
}

void take_context(Object& body, Object& taken) {
  const Value* context = body.find("_context");
  if (context == nullptr) return;
  if (const auto* text = context->get_if<std::string>(); text != nullptr && !text->empty()) {
    taken = read_context(*text);
  } else if (const auto* map = context->get_if<Object>()) {
    taken = *map;
  } else if (context->truthy()) {
    refuse_context();
  }
  body.erase("_context");
}

void read_tunnelled(Object& body, const Keys& keys, Credentials& credentials) {
  body.erase("_RevocableSession");
  const Value* app = body.find("_ApplicationId");
  const std::string* app_id = app ? app->get_if<std::string>() : nullptr;
  if (app_id == nullptr || *app_id != keys.app_id) throw unauthorized();
  if (credentials.master_key && !crypto::equal_secrets(*credentials.master_key, keys.master_key)) throw unauthorized();
  credentials.app_id = keys.app_id;
  const Value* javascript = body.find("_JavaScriptKey");
  const std::string* javascript_text = javascript ? javascript->get_if<std::string>() : nullptr;
  credentials.javascript_key = javascript_text ? *javascript_text : std::string();
  for (const auto* key : {"_ApplicationId", "_JavaScriptKey", "_ClientVersion"}) body.erase(key);
  if (auto id = take_text(body, "_InstallationId")) credentials.installation_id = std::move(*id);
  if (auto token = take_text(body, "_SessionToken")) credentials.session_token = std::move(token);
  if (auto master = take_text(body, "_MasterKey")) credentials.master_key = std::move(master);
  take_context(body, credentials.context);
  take_text(body, "_ContentType");
}

bool matches(const std::optional<std::string>& given, const std::optional<std::string>& expected) {
  return given && expected && !expected->empty() && crypto::equal_secrets(*given, *expected);
}

void require_address(const http::IpList& allowed, const std::string& client_ip, std::string_view key,
                     std::string_view option) {
  if (allowed.contains(client_ip)) return;
  logging::error("Request using {} rejected as the request IP address '{}' is not set in Parse Server option '{}'.",
                 key, client_ip, option);
  throw unauthorized();
}

void require_client_key(const Credentials& given, const Keys& keys) {
  struct Pair {
    const std::optional<std::string>& given;
    const std::optional<std::string>& expected;
  };
  const std::array<Pair, 4> pairs{
      Pair{given.client_key, keys.client_key}, Pair{given.javascript_key, keys.javascript_key},
      Pair{given.dot_net_key, keys.dot_net_key}, Pair{given.rest_api_key, keys.rest_api_key}};
  const bool any_configured =
      std::any_of(pairs.begin(), pairs.end(), [](const Pair& p) { return p.expected.has_value(); });
  const bool any_matches = std::any_of(pairs.begin(), pairs.end(), [](const Pair& p) {
    return p.given && p.expected && crypto::equal_secrets(*p.given, *p.expected);
  });
  if (any_configured && !any_matches) throw unauthorized();
}

}  // namespace

Credentials read_credentials(const http::Request& request, const Keys& keys, Object& body) {
  Credentials credentials;
  if (const auto context = header(request, "X-Parse-Cloud-Context")) credentials.context = read_context(*context);
  credentials.app_id = header(request, "X-Parse-Application-Id");
  credentials.session_token = header(request, "X-Parse-Session-Token");
  credentials.master_key = header(request, "X-Parse-Master-Key");
  credentials.maintenance_key = header(request, "X-Parse-Maintenance-Key");
  credentials.client_key = header(request, "X-Parse-Client-Key");
  credentials.javascript_key = header(request, "X-Parse-Javascript-Key");
  credentials.dot_net_key = header(request, "X-Parse-Windows-Key");
  credentials.rest_api_key = header(request, "X-Parse-REST-API-Key");
  credentials.installation_id = header(request, "X-Parse-Installation-Id").value_or("");
  read_basic_authorization(request, keys, credentials);
  body.erase("_noBody");
  if (credentials.app_id != keys.app_id) read_tunnelled(body, keys, credentials);
  return credentials;
}

auth::Principal authenticate(const Credentials& given, const Keys& keys, const std::string& client_ip) {
  if (matches(given.maintenance_key, keys.maintenance_key)) {
    require_address(keys.maintenance_key_ips, client_ip, "maintenance key", "maintenanceKeyIps");
    return {.kind = auth::PrincipalKind::kMaintenance};
  }
  if (matches(given.master_key, keys.master_key)) {
    require_address(keys.master_key_ips, client_ip, "master key", "masterKeyIps");
    return {.kind = auth::PrincipalKind::kMaster};
  }
  if (matches(given.master_key, keys.read_only_master_key)) {
    require_address(keys.read_only_master_key_ips, client_ip, "read-only master key", "readOnlyMasterKeyIps");
    return {.kind = auth::PrincipalKind::kReadOnlyMaster};
  }
  require_client_key(given, keys);
  return {};
}

}  // namespace parse::api
