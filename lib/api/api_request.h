#pragma once

#include <functional>
#include <string>

#include "api/mail_services.h"
#include "api/settings.h"
#include "base/worker_pool.h"
#include "cloud/registry.h"
#include "cloud/webhooks.h"
#include "http/message.h"
#include "http/query_string.h"
#include "http/router.h"
#include "object/value.h"
#include "rest/accounts.h"
#include "rest/context.h"
#include "rest/schema_service.h"
#include "storage/adapter.h"
#include "storage/query_stats.h"

namespace parse::rest {
class JobRunner;
}  // namespace parse::rest

namespace parse::api {

class Dispatcher;

/// The parts that handlers may use; all outlive every request.
struct Services {
  const Settings& settings;
  const rest::Settings& rest_settings;
  storage::Adapter& storage;
  rest::SchemaService& schemas;
  const rest::Accounts& accounts;
  const MailServices& mails;
  /// Its hooks of the moment hold for a whole request.
  const cloud::Registry& cloud;
  /// nullptr: queries are not recorded.
  storage::QueryStats* query_stats = nullptr;
  /// nullptr: there are no jobs.
  rest::JobRunner* jobs = nullptr;
  /// The schedules of jobs have changed.
  std::function<void()> schedules_changed = [] {};
  /// nullptr: webhooks are stored, and nobody here calls them.
  cloud::Webhooks* webhooks = nullptr;
};

/// One request after keys, tunnelling and routing.
struct ApiRequest {
  Services& services;
  Dispatcher& dispatcher;
  const http::Request& http;
  /// The verb that `_method` asked for, or the real one.
  http::Method method = http::Method::kGet;
  /// Behind the mount: "/classes/Game/abc".
  std::string path;
  http::PathParams path_params;
  /// The decoded query string.
  http::QueryPairs query;
  /// The JSON body without the tunnelled keys; empty when there was none.
  object::Object body;
  rest::Context context;

  /// The body merged with the query string; the query wins and each of its values is decoded as JSON when it parses.
  object::Object params() const;
  /// Throws 403 `unauthorized: master key is required` unless the master key (or its read-only form) was used.
  void require_master_key() const;
  /// As require_master_key, and throws kOperationForbidden (119) with `action` for the read-only form.
  void require_writing_master_key(std::string_view action) const;
};

using ApiHandler = std::function<http::Response(ApiRequest&)>;

/// Collects routes; see http::Router for patterns.
class Routes {
 public:
  void add(http::Method method, std::string_view pattern, ApiHandler handler);
  http::RouteMatch match(http::Method method, std::string_view path) const { return router_.match(method, path); }
  const ApiHandler& handler(std::size_t route) const { return handlers_[route]; }
  /// One spelling for all that lead to the same handler with the same parameters: literals as in the pattern,
  /// parameters decoded, no slash at the end. A path that leads nowhere stays as it is. What guards goes by
  /// this.
  std::string known_path(http::Method method, std::string_view path) const;
  /// Every route as "GET /classes/:class", sorted.
  std::vector<std::string> list() const;

 private:
  http::Router router_;
  std::vector<std::string> patterns_;
  std::vector<http::Method> methods_;
  std::vector<ApiHandler> handlers_;
};

}  // namespace parse::api
