#include "http/request_sink.h"

#include <utility>

#include "http/mailbox.h"

namespace parse::http {

int http_status(RequestFault fault) {
  switch (fault) {
    case RequestFault::kMalformed:
      return 400;
    case RequestFault::kTimeout:
      return 408;
    case RequestFault::kBodyTooLarge:
      return 413;
    case RequestFault::kExpectationFailed:
      return 417;
    case RequestFault::kHeadersTooLarge:
      return 431;
  }
  return 400;
}

Responder::Responder(std::shared_ptr<Mailbox> mailbox, Connection& connection)
    : mailbox_(std::move(mailbox)), connection_(&connection) {}

Responder::Responder(Responder&& other) noexcept
    : mailbox_(std::move(other.mailbox_)), connection_(std::exchange(other.connection_, nullptr)) {}

Responder& Responder::operator=(Responder&& other) noexcept {
  std::swap(mailbox_, other.mailbox_);
  std::swap(connection_, other.connection_);
  return *this;
}

Responder::~Responder() {
  if (connection_ == nullptr) return;
  Response response;
  response.status = 500;
  response.content_type = {};
  respond(std::move(response));
}

void Responder::respond(Response response) {
  if (connection_ == nullptr) return;
  mailbox_->deliver(*std::exchange(connection_, nullptr), std::move(response));
}

}  // namespace parse::http
