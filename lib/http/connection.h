#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <list>
#include <memory>
#include <string>

#include "http/exchange.h"
#include "http/transport.h"

namespace parse::http {

class IoLoop;

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using TimePoint = std::chrono::steady_clock::time_point;

/// One client. Lives in its loop's list and is used on the loop's thread only. It asks Asio when the socket is ready
/// and moves the bytes itself, so that it holds no buffer while it waits for a request. Requests are answered one at a
/// time; pipelined ones wait in the input buffer.
class Connection {
 public:
  Connection(IoLoop& loop, Socket socket, std::string peer, TlsSession session);

  /// Where the loop keeps this connection, for removal.
  void set_position(std::list<Connection>::iterator position) { position_ = position; }
  void start();
  /// The response to the request given to the sink last.
  void deliver(Response response);
  /// Acts on a deadline that has passed: answers 408, or closes. May destroy this.
  void expire_if_due(TimePoint now);
  /// Closes once the request in flight, if any, has been answered. May destroy this.
  void finish();
  /// Closes now. May destroy this.
  void abort();
  /// Whether it waits for its client rather than for us; such a connection may be given up under pressure.
  bool waits_for_client() const { return phase_ <= Phase::kBody || phase_ == Phase::kDraining; }
  TimePoint deadline() const { return deadline_; }

 private:
  enum class Phase {
    kIdle,      ///< between requests; holds no exchange
    kHeader,    ///< some bytes of a header have come
    kBody,      ///< header complete, body not
    kHandling,  ///< the sink has the request
    kWriting,   ///< the response is on its way
    kDraining,  ///< all is said; reads until the client closes, lest a reset destroy the response
    kClosed
  };
  enum class Wait { kRead, kWrite };

  void advance();
  bool read_step();
  bool parse_input();
  void on_header();
  void dispatch();
  void refuse(RequestFault fault);
  void begin_response(Response response);
  bool write_step();
  void end_response();
  bool drain_step();
  bool become_idle();
  bool wait_after(const IoResult& result);
  void wait(Wait what);
  void yield();
  void reset_peer();
  void close();
  void release_if_dead();

  IoLoop& loop_;
  Socket socket_;
  Transport transport_;
  std::unique_ptr<Exchange> exchange_;
  std::string peer_;
  std::list<Connection>::iterator position_;
  TimePoint deadline_;
  TimePoint request_deadline_;
  Phase phase_ = Phase::kIdle;
  bool input_is_new_ = false;  // bytes have come that the parser has not seen
  bool body_is_fast_ = false;  // the last read filled the buffer
  bool keep_alive_ = true;
  bool old_client_ = false;  // speaks HTTP/1.0
  bool head_request_ = false;
  bool finishing_ = false;
  bool dispatching_ = false;  // inside RequestSink::handle
  bool answer_due_ = false;   // a responder holds this connection's address
  bool read_waits_ = false;
  bool write_waits_ = false;
  bool yielded_ = false;
};

}  // namespace parse::http
