#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "config/options.h"

/// The composition root: builds every part in order, owns the threads, closes in reverse.
namespace parse::server {

/// One running Parse Server.
class Server {
 public:
  /// Opens the database and brings its schema to what this version and the `schema` option want. Throws Error saying
  /// what cannot be opened.
  explicit Server(const config::Options& options);
  /// Stops without grace when still running.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds and begins to serve. Throws Error naming host and port when they cannot be bound.
  void start();
  /// The bound port, once started.
  std::uint16_t port() const;
  /// Takes no new work, lets requests in flight finish within `grace`, then closes the database. Safe to call twice.
  void stop(std::chrono::milliseconds grace);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace parse::server
