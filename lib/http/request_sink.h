#pragma once

#include <memory>

#include "http/message.h"

namespace parse::http {

class Connection;
class Mailbox;

/// Why a request was refused before it reached `RequestSink::handle`. The connection closes after the answer.
enum class RequestFault {
  kMalformed,          ///< 400: not HTTP/1.x, contradictory lengths, forbidden bytes
  kTimeout,            ///< 408: the request did not arrive in time
  kBodyTooLarge,       ///< 413: more than `ServerSettings::max_body_bytes`
  kExpectationFailed,  ///< 417: an Expect other than 100-continue
  kHeadersTooLarge     ///< 431: more than `ServerSettings::max_header_bytes`
};

/// The status that belongs to `fault`.
int http_status(RequestFault fault);

/// The right and duty to answer one request: once, from any thread, also after the client or the server has gone. One
/// that is destroyed unused answers 500, so that no client waits for ever.
class Responder {
 public:
  Responder(std::shared_ptr<Mailbox> mailbox, Connection& connection);
  Responder(Responder&& other) noexcept;
  Responder& operator=(Responder&& other) noexcept;
  ~Responder();

  /// Sends the response; the responder is then spent.
  void respond(Response response);

 private:
  std::shared_ptr<Mailbox> mailbox_;
  Connection* connection_ = nullptr;  // belongs to the loop, which keeps it until this responder has spoken
};

/// What stands above the server: decides where each request runs.
class RequestSink {
 public:
  virtual ~RequestSink() = default;

  /// Called on an I/O thread, which must not block: answer cheap requests at once, hand the others to a worker. Must
  /// not throw.
  virtual void handle(Request request, Responder responder) = 0;
  /// The answer to a request that never became complete. `head` holds what was read of it: fields, perhaps, never a
  /// body. Called on an I/O thread; must not throw.
  virtual Response on_fault(RequestFault fault, const Request& head) = 0;
};

}  // namespace parse::http
