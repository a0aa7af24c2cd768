#include "server/server.h"

#include <mutex>
#include <optional>
#include <utility>

#include "api/state_gate.h"
#include "base/worker_pool.h"
#include "http/server.h"
#include "server/cloud_parts.h"
#include "server/routes.h"
#include "server/settings.h"
#include "server/stored_parts.h"

namespace parse::server {
namespace {

/// Why the start failed; any thread.
class Failure {
 public:
  /// Keeps the exception that is being handled, by its texts: shared exceptions cannot be followed by the sanitizers.
  void keep_current() {
    try {
      throw;
    } catch (const Error& error) {
      keep(error);
    } catch (const std::exception& error) {
      keep(Error(ErrorCode::kInternal, error.what()));
    }
  }
  void rethrow() const {
    const std::lock_guard lock(mutex_);
    if (error_) throw Error(*error_);
  }

 private:
  void keep(const Error& error) {
    const std::lock_guard lock(mutex_);
    error_.emplace(error.code(), error.message(), error.cause());
  }

  mutable std::mutex mutex_;  // guards error_
  std::optional<Error> error_;
};

}  // namespace

/// In order of construction; destruction is the reverse.
struct Server::Parts {
  Parts(const config::Options& given, StorageSource storage_source, StorageKeeperSettings keeping)
      : options(given),
        source(std::move(storage_source)),
        api(api_settings(options)),
        rest(rest_settings(options)),
        mail(options),
        logins(options, system_now, module_runner()),
        routes(make_routes()),
        cloud(options, mail.mailer()),
        workers(front_worker_settings(options)),
        gate(api.mount_path, cors_settings(options)),
        http(http_settings(options), gate),
        keeper({.open = [this] { open_and_tell(); },
                .check = [this] { stored->storage().check(); },
                .changed = [this](bool is_there) { gate.set_reachable(is_there); },
                .failed = [this] { fail(); }},
               keeping) {}

  ~Parts() { stop_cloud(); }

  /// The providers come before Cloud Code, and call it later.
  auth::ModuleRunner module_runner() {
    if (options.cloud.main.empty()) return {};
    return [this](auth::ModuleCall call) { return cloud.run_module(std::move(call)); };
  }

  void open() {
    stored =
        std::make_unique<StoredParts>(Foundations{options, api, rest, mail, logins, routes, workers, cloud.registry(),
                                                  system_now, source.is_remote, &cloud.webhooks()},
                                      source.open());
    cloud.start(stored->dispatcher(), {!source.is_remote, [scheduler = &stored->scheduler()] { scheduler->wake(); }});
    cloud.load_webhooks({[this] { return stored->webhooks(); }, source.is_remote});
    gate.open(stored->dispatcher());
  }
  /// Jobs that run fail, and their rows say so before the database is closed.
  void stop_cloud() {
    if (gate.is_open()) {
      stored->scheduler().stop();
      stored->jobs().begin_stop();
    }
    cloud.stop();
    if (gate.is_open()) stored->jobs().stop();
  }
  void open_and_tell() {
    open();
    events.ready();
  }
  void fail() {
    failure.keep_current();
    events.failed();
  }

  const config::Options options;
  const StorageSource source;
  StartEvents events;
  Failure failure;
  const api::Settings api;
  const rest::Settings rest;
  const MailParts mail;
  LoginParts logins;
  const api::Routes routes;
  CloudParts cloud;
  // Before what hands it requests; built by the keeper when the database may be away.
  std::unique_ptr<StoredParts> stored;
  WorkerPool workers;
  api::StateGate gate;
  http::Server http;
  StorageKeeper keeper;
};

Server::Server(const config::Options& options) : Server(options, storage_source(options.database)) {}

Server::Server(const config::Options& options, StorageSource source, StorageKeeperSettings keeping) {
  parts_ = std::make_unique<Parts>(options, std::move(source), keeping);
  if (!parts_->source.is_remote) parts_->open();
}

Server::~Server() = default;

void Server::start(StartEvents events) {
  parts_->events = std::move(events);
  parts_->http.start();
  if (parts_->source.is_remote)
    parts_->keeper.start();
  else
    parts_->events.ready();
}

bool Server::is_ready() const { return parts_->gate.is_open(); }

void Server::rethrow_failure() const { parts_->failure.rethrow(); }

std::uint16_t Server::port() const { return parts_->http.port(); }

void Server::reload() { parts_->cloud.request_reload(); }

void Server::stop(std::chrono::milliseconds grace) {
  parts_->http.stop(grace);
  parts_->stop_cloud();
  parts_->workers.stop();
  parts_->keeper.stop();
}

}  // namespace parse::server
