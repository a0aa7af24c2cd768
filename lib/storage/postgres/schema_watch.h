#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

#include "storage/postgres/connection.h"

namespace parse::storage::postgres {

/// Hears of schema changes by other servers, ours and the Node server's, through PostgreSQL's channel `schema.change`;
/// the payload is `{"senderId":"…"}`. Has a connection and a thread of its own. Source: parse-server
/// PostgresStorageAdapter _listenToSchema, _notifySchemaChange.
class SchemaWatch {
 public:
  /// `on_change` is called on the thread of the watch: once for all notices that came together, unless all were from
  /// `sender_id` itself, and each time that listening begins, for what was missed. Must not throw. A lost connection is
  /// made again, with pauses that grow to ten seconds.
  SchemaWatch(ConnectionSettings settings, std::string sender_id, std::function<void()> on_change);
  /// When it returns, no call is running.
  ~SchemaWatch();
  SchemaWatch(const SchemaWatch&) = delete;
  SchemaWatch& operator=(const SchemaWatch&) = delete;

 private:
  void run(const std::stop_token& stop);
  void listen(const std::stop_token& stop);
  bool take_notices(Connection& connection);
  bool wait(int socket, std::chrono::milliseconds limit) const;

  const ConnectionSettings settings_;
  const std::string sender_id_;
  const std::function<void()> on_change_;
  std::chrono::milliseconds pause_;
  // Readable once the watch is to end.
  const int stop_event_;
  std::jthread thread_;
};

}  // namespace parse::storage::postgres
