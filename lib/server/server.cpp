#include "server/server.h"

#include <malloc.h>

#include "api/dispatcher.h"
#include "base/worker_pool.h"
#include "http/server.h"
#include "rest/idempotency.h"
#include "rest/schema_declared.h"
#include "rest/schema_service.h"
#include "schema/schema_cache.h"
#include "server/account_parts.h"
#include "server/adapters.h"
#include "server/mail_parts.h"
#include "server/routes.h"
#include "server/settings.h"

namespace parse::server {
namespace {

Milliseconds system_now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count();
}

void apply_declared(rest::SchemaService& schemas, const config::SchemaOptions& options) {
  if (!options.declared) return;
  rest::apply_declared_schemas(schemas, {options.definitions, options.strict, options.delete_extra_fields,
                                         options.recreate_modified_fields, options.keep_unknown_indexes});
}

/// glibc gives each thread its own heap by default; with a pool of many mostly parked threads that only costs memory.
void limit_heaps() { mallopt(M_ARENA_MAX, 4); }

}  // namespace

/// In order of construction; destruction is the reverse.
struct Server::Parts {
  explicit Parts(const config::Options& options)
      : api(api_settings(options)),
        rest(rest_settings(options)),
        storage(open_storage(options.database)),
        mail(options),
        accounts(options, *storage, mail.mail(), system_now),
        schemas(*storage, schema_cache, accounts.schema_settings()),
        links(options, mail.mail(), {*storage, schemas}, accounts.password_reset()),
        routes(make_routes()),
        workers(worker_settings(options)),
        dispatcher({api, rest, *storage, schemas, accounts.accounts(), links.services()}, routes, workers,
                   cors_settings(options), system_now),
        http(http_settings(options), dispatcher) {}

  const api::Settings api;
  const rest::Settings rest;
  std::unique_ptr<storage::Adapter> storage;
  MailParts mail;
  AccountParts accounts;
  schema::SchemaCache schema_cache;
  rest::SchemaService schemas;
  LinkParts links;
  const api::Routes routes;
  WorkerPool workers;
  api::Dispatcher dispatcher;
  http::Server http;
};

Server::Server(const config::Options& options) {
  limit_heaps();
  parts_ = std::make_unique<Parts>(options);
  apply_declared(parts_->schemas, options.schema);
}

Server::~Server() = default;

void Server::start() { parts_->http.start(); }

std::uint16_t Server::port() const { return parts_->http.port(); }

void Server::stop(std::chrono::milliseconds grace) {
  parts_->http.stop(grace);
  parts_->workers.stop();
}

}  // namespace parse::server
