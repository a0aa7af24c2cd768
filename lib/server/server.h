#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "config/options.h"
#include "server/adapters.h"
#include "server/storage_keeper.h"

/// The composition root: builds every part in order, owns the threads, closes in reverse.
namespace parse::server {

/// Told about the start, on the thread that finds out.
struct StartEvents {
  /// Requests are served from now on. Called once, if at all.
  std::function<void()> ready = [] {};
  /// The database said what no further try can mend; `Server::rethrow_failure` says what.
  std::function<void()> failed = [] {};
};

/// One running Parse Server. A database that is a server of its own may be away: until it is there, requests are
/// answered with the state "starting" (api::StateGate).
class Server {
 public:
  /// Opens a database that is no server of its own, and brings its schema to what this version and the `schema` option
  /// want. Throws Error saying what cannot be opened, or which option cannot be carried out.
  explicit Server(const config::Options& options);
  /// With storage from elsewhere.
  Server(const config::Options& options, StorageSource source, StorageKeeperSettings keeping = {});
  /// Stops without grace when still running.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds and begins to serve, or to wait for the database. Throws Error naming host and port when they cannot be
  /// bound.
  void start(StartEvents events = {});
  /// Whether the database has been opened.
  bool is_ready() const;
  /// Throws the Error behind `StartEvents::failed`, if there is one.
  void rethrow_failure() const;
  /// The bound port, once started.
  std::uint16_t port() const;
  /// Has Cloud Code loaded anew, and returns at once: requests are served meanwhile, by the old code until the new one
  /// is there. What the new code fails with is logged. Any thread.
  void reload();
  /// Takes no new work, lets requests in flight finish within `grace`, then closes the database. Waits for a try to
  /// reach the database that is under way. Safe to call twice.
  void stop(std::chrono::milliseconds grace);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace parse::server
