#pragma once

#include <atomic>
#include <string>

#include "http/cors.h"
#include "http/request_sink.h"

namespace parse::api {

/// Stands before the dispatcher and answers in its place while there is no database. States, as `/health` tells them:
/// - "starting": not open yet. `/health` is 503 `{"status":"starting"}`; everything else behind the mount is 500
///   `{"code":1,"error":"Invalid server state: starting"}`; both with Retry-After.
/// - "ok": the dispatcher answers everything.
/// - "error": the open database went away. `/health` is 503 `{"status":"error"}`; the dispatcher answers the rest, so
///   that service goes on with the first request that reaches the database again.
/// Never blocks. Source: parse-server middlewares.js, handleParseHealth and handleParseHeaders.
class StateGate final : public http::RequestSink {
 public:
  /// `mount_path` as in api::Settings.
  StateGate(std::string mount_path, http::CorsSettings cors);

  /// Begins to hand requests on. `dispatcher` must outlive the gate's last request. Any thread.
  void open(http::RequestSink& dispatcher) { dispatcher_.store(&dispatcher, std::memory_order_release); }
  bool is_open() const { return dispatcher_.load(std::memory_order_acquire) != nullptr; }
  /// Whether the open database is there. Any thread.
  void set_reachable(bool is_reachable) { is_reachable_.store(is_reachable, std::memory_order_relaxed); }

  void handle(http::Request request, http::Responder responder) override;
  http::Response on_fault(http::RequestFault fault, const http::Request& head) override;

 private:
  http::Response closed_answer(const http::Request& request) const;

  const std::string mount_path_;
  const http::Cors cors_;
  std::atomic<http::RequestSink*> dispatcher_{nullptr};
  std::atomic<bool> is_reachable_{true};
};

}  // namespace parse::api
