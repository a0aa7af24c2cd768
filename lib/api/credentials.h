#pragma once

#include <optional>
#include <string>

#include "api/settings.h"
#include "auth/principal.h"
#include "http/message.h"
#include "object/value.h"

namespace parse::api {

/// What a request says about its caller, before any of it is believed. nullopt: not sent.
struct Credentials {
  std::optional<std::string> app_id;
  std::optional<std::string> master_key;
  std::optional<std::string> maintenance_key;
  std::optional<std::string> session_token;
  std::optional<std::string> client_key;
  std::optional<std::string> javascript_key;
  std::optional<std::string> dot_net_key;
  std::optional<std::string> rest_api_key;
  std::string installation_id;
  /// What Cloud Code gets as `request.context`.
  object::Object context;
};

/// Reads the X-Parse-* fields and Basic authorisation; when they name no known app, the underscore keys that SDKs put
/// in the body, which are removed from it. Throws HttpError 403 for an unknown app or mistyped tunnelled keys, and
/// kInvalidJson (107) "Invalid object for context." Source: REST spec, "Body tunnelling"; parse-server
/// handleParseHeaders.
Credentials read_credentials(const http::Request& request, const Keys& keys, object::Object& body);

/// Compares keys in constant time and checks the IP lists. Throws HttpError 403: a master or maintenance key from an
/// address that may not use it, or no matching client key where one is configured.
auth::Principal authenticate(const Credentials& credentials, const Keys& keys, const std::string& client_ip);

}  // namespace parse::api
