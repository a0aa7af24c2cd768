#pragma once

#include <memory>
#include <string>

#include "auth/principal.h"
#include "base/iso_date.h"
#include "rest/settings.h"
#include "schema/class_schema.h"
#include "storage/adapter.h"

namespace parse::rest {

class SchemaService;
struct Accounts;
struct CloudCall;

/// Where a request comes from.
struct Client {
  /// X-Parse-Installation-Id, or empty.
  std::string installation_id;
  std::string ip;
};

/// What every use case needs, for one request. Lives on the stack of the worker that serves it.
struct Context {
  const Settings& settings;
  SchemaService& schemas;
  /// Users, sessions, roles and login providers.
  const Accounts& accounts;
  /// The database, or the transaction that this request is part of.
  storage::Operations& storage;
  auth::Principal principal;
  Client client;
  /// The moment of the request: createdAt and updatedAt of what it writes, `now` of relative times.
  Milliseconds now = 0;
  /// nullptr: the app has no Cloud Code.
  std::shared_ptr<CloudCall> cloud = nullptr;
};

}  // namespace parse::rest
