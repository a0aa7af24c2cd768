#include "http/connection.h"

#include <array>
#include <boost/asio/post.hpp>

#include "http/io_loop.h"

namespace parse::http {
namespace {

/// Requests of one pipelining client served before others get their turn.
constexpr int kBurst = 32;
/// Bodies up to this size are copied behind the head: one plain send is cheaper than a gathered one.
constexpr std::size_t kMaxInlineBody = 8 * 1024;
constexpr std::size_t kDrainChunk = 16 * 1024;
/// Linger while the server stops: enough for a client that means well, little of the grace for one that does not.
constexpr std::chrono::milliseconds kStopLinger{500};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Connection::Connection(IoLoop& loop, Socket socket, std::string peer, TlsSession session)
    : loop_(loop),
      socket_(std::move(socket)),
      transport_(socket_.native_handle(), std::move(session)),
      peer_(std::move(peer)),
      deadline_(IoLoop::now() + loop.settings().timeouts.header) {}

void Connection::start() { wait(Wait::kRead); }

void Connection::advance() {
  int served = 0;
  bool more = true;
  while (more) {
    switch (phase_) {
      case Phase::kIdle:
      case Phase::kHeader:
      case Phase::kBody:
        more = read_step();
        break;
      case Phase::kWriting:
        more = write_step();
        if (more && ++served == kBurst) {
          yield();
          more = false;
        }
        break;
      case Phase::kDraining:
        more = drain_step();
        break;
      case Phase::kHandling:
      case Phase::kClosed:
        more = false;
        break;
    }
  }
}

/// Parses what is there, or else reads more. False when there is nothing to do until the socket is ready.
bool Connection::read_step() {
  if (exchange_ == nullptr) exchange_ = loop_.take_exchange();
  if (input_is_new_ && parse_input()) return true;
  if (std::exchange(body_is_fast_, false)) exchange_->input.grow_for_body();
  const auto [space, size] = exchange_->input.prepare();
  const IoResult result = transport_.read(space, size);
  if (result.kind != IoResult::Kind::kDone) {
    if (phase_ == Phase::kIdle && exchange_->input.empty()) loop_.give_back(std::move(exchange_));
    return wait_after(result);
  }
  exchange_->input.commit(result.bytes);
  input_is_new_ = true;
  const auto& timeouts = loop_.settings().timeouts;
  if (phase_ == Phase::kIdle) {
    phase_ = Phase::kHeader;
    const TimePoint now = IoLoop::now();
    deadline_ = now + timeouts.header;
    request_deadline_ = now + timeouts.request;
  } else if (phase_ == Phase::kBody) {
    deadline_ = std::min(request_deadline_, IoLoop::now() + timeouts.body_pause);
    body_is_fast_ = result.bytes == size;
  }
  return true;
}

/// False when more bytes are needed.
bool Connection::parse_input() {
  RequestParser& parser = exchange_->parser;
  input_is_new_ = false;
  exchange_->input.consume(parser.feed(exchange_->input.view()));
  if (parser.fault()) {
    refuse(*parser.fault());
    return true;
  }
  if (parser.complete()) {
    dispatch();
    return true;
  }
  if (phase_ == Phase::kHeader && parser.header_done()) on_header();
  return phase_ == Phase::kClosed;
}

/// The header is complete and a body must follow.
void Connection::on_header() {
  phase_ = Phase::kBody;
  deadline_ = std::min(request_deadline_, IoLoop::now() + loop_.settings().timeouts.body_pause);
  const bool body_began = !exchange_->input.empty() || !exchange_->parser.request().body.empty();
  if (!exchange_->parser.expects_continue() || body_began) return;
  // Nothing else is on its way, so that a socket without room for 25 bytes means a client not worth waiting for.
  if (transport_.write(kContinue, {}).bytes != kContinue.size()) close();
}

/// Hands the complete request to the sink. An upgrade (WebSocket) would part from the ordinary way here: the request is
/// complete, no byte after it has been parsed, and nothing is being written.
void Connection::dispatch() {
  RequestParser& parser = exchange_->parser;
  Request request = std::move(parser.request());
  const TrustProxy& trust = loop_.settings().trust_proxy;
  request.client_ip = trust.client_ip(peer_, request.headers);
  request.secure = trust.is_secure(peer_, transport_.secure(), request.headers);
  keep_alive_ = parser.keep_alive();
  old_client_ = parser.http_1_0();
  head_request_ = request.method == Method::kHead;
  parser.reset();
  phase_ = Phase::kHandling;
  deadline_ = TimePoint::max();
  answer_due_ = true;
  dispatching_ = true;
  loop_.sink().handle(std::move(request), Responder(loop_.mailbox(), *this));
  dispatching_ = false;
}

void Connection::refuse(RequestFault fault) {
  keep_alive_ = false;
  head_request_ = false;
  begin_response(loop_.sink().on_fault(fault, exchange_->parser.request()));
}

void Connection::deliver(Response response) {
  answer_due_ = false;
  if (phase_ == Phase::kHandling) {
    begin_response(std::move(response));
    if (dispatching_) return;  // `advance` is below us and goes on
    advance();
  }
  release_if_dead();
}

void Connection::begin_response(Response response) {
  if (finishing_) keep_alive_ = false;
  std::string& head = exchange_->head;
  head.clear();
  exchange_->written = 0;
  append_response_head(head, response, {loop_.date(), keep_alive_, old_client_});
  exchange_->body.clear();
  if (!head_request_ && status_has_body(response.status)) {
    if (response.body.size() <= kMaxInlineBody) {
      head.append(response.body);
    } else {
      exchange_->body = std::move(response.body);
    }
  }
  phase_ = Phase::kWriting;
  deadline_ = IoLoop::now() + loop_.settings().timeouts.write_pause;
}

bool Connection::write_step() {
  Exchange& x = *exchange_;
  const std::size_t of_head = std::min(x.written, x.head.size());
  const std::string_view head = std::string_view(x.head).substr(of_head);
  const std::string_view body = std::string_view(x.body).substr(x.written - of_head);
  const IoResult result = head.empty() ? transport_.write(body, {}) : transport_.write(head, body);
  if (result.kind != IoResult::Kind::kDone) return wait_after(result);
  x.written += result.bytes;
  if (x.written < x.head.size() + x.body.size()) {
    deadline_ = IoLoop::now() + loop_.settings().timeouts.write_pause;
    return true;
  }
  end_response();
  return phase_ != Phase::kIdle || !exchange_->input.empty() || transport_.has_buffered() || become_idle();
}

void Connection::end_response() {
  if (!keep_alive_ || finishing_) {
    phase_ = Phase::kDraining;
    transport_.finish_writing();
    loop_.give_back(std::move(exchange_));
    const auto linger = loop_.settings().timeouts.linger;
    deadline_ = IoLoop::now() + (finishing_ ? std::min(linger, kStopLinger) : linger);
    return;
  }
  input_is_new_ = !exchange_->input.empty();
  phase_ = input_is_new_ ? Phase::kHeader : Phase::kIdle;
  const auto& timeouts = loop_.settings().timeouts;
  const TimePoint now = IoLoop::now();
  deadline_ = now + (input_is_new_ ? timeouts.header : timeouts.idle);
  request_deadline_ = now + timeouts.request;
}

/// Gives the buffers back and waits for the next request. A read would find nothing: clients wait for the answer first.
bool Connection::become_idle() {
  loop_.give_back(std::move(exchange_));
  wait(Wait::kRead);
  return false;
}

bool Connection::drain_step() {
  std::array<char, kDrainChunk> chunk;
  for (int turn = 0; turn < kBurst; ++turn) {
    const IoResult result = transport_.read(chunk.data(), chunk.size());
    if (result.kind != IoResult::Kind::kDone) return wait_after(result);
  }
  yield();
  return false;
}

bool Connection::wait_after(const IoResult& result) {
  switch (result.kind) {
    case IoResult::Kind::kDone:
      return true;
    case IoResult::Kind::kWantRead:
      wait(Wait::kRead);
      break;
    case IoResult::Kind::kWantWrite:
      wait(Wait::kWrite);
      break;
    case IoResult::Kind::kClosed:
      close();
      break;
  }
  return false;
}

void Connection::wait(Wait what) {
  bool& waits = what == Wait::kRead ? read_waits_ : write_waits_;
  if (std::exchange(waits, true)) return;
  const auto type = what == Wait::kRead ? Socket::wait_read : Socket::wait_write;
  socket_.async_wait(type, [this, &waits](const boost::system::error_code&) {
    waits = false;
    advance();
    release_if_dead();
  });
}

void Connection::yield() {
  yielded_ = true;
  boost::asio::post(loop_.context(), [this] {
    yielded_ = false;
    advance();
    release_if_dead();
  });
}

void Connection::expire_if_due(TimePoint now) {
  if (now < deadline_) return;
  if (phase_ == Phase::kHeader || phase_ == Phase::kBody) {
    refuse(RequestFault::kTimeout);
    advance();
  } else if (phase_ != Phase::kHandling) {
    if (phase_ == Phase::kWriting) reset_peer();
    close();
  }
  release_if_dead();
}

void Connection::finish() {
  finishing_ = true;
  if (phase_ == Phase::kIdle || phase_ == Phase::kHeader || phase_ == Phase::kDraining) close();
  release_if_dead();
}

void Connection::abort() {
  reset_peer();
  close();
  release_if_dead();
}

/// Makes `close` drop what the peer has not taken; the kernel would go on offering it for minutes.
void Connection::reset_peer() {
  if (phase_ == Phase::kClosed) return;
  boost::system::error_code ec;
  socket_.set_option(boost::asio::socket_base::linger(true, 0), ec);
}

void Connection::close() {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kClosed;
  exchange_.reset();
  boost::system::error_code ec;
  socket_.close(ec);
}

void Connection::release_if_dead() {
  // Whoever still holds our address will come back once more: Asio with a cancelled wait, the sink with its answer.
  if (phase_ == Phase::kClosed && !answer_due_ && !dispatching_ && !read_waits_ && !write_waits_ && !yielded_) {
    loop_.remove(position_);
  }
}

}  // namespace parse::http
