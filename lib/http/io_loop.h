#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <list>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "http/connection.h"
#include "http/mailbox.h"
#include "http/response_text.h"
#include "http/server.h"

namespace parse::http {

/// One I/O thread with its connections. Members are for that thread only, unless they say otherwise.
class IoLoop {
 public:
  /// `settings`, `sink` and `tls` (which may be null) must outlive the loop.
  IoLoop(const ServerSettings& settings, RequestSink& sink, const TlsContext* tls);
  /// The thread must have been joined.
  ~IoLoop();
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;

  /// Starts the thread. Any thread.
  void start();
  /// Takes over an accepted socket of this loop's context. Any thread.
  void adopt(Socket socket);
  /// Closes what is idle and lets the rest finish; the future is ready when no connection is left. Any thread, once.
  std::future<void> finish();
  /// Cuts every connection, ends the thread and joins it. Any other thread.
  void stop();
  /// Gives up the connection that has waited longest for its client; false when there is none.
  bool evict_one();

  boost::asio::io_context& context() { return context_; }
  const ServerSettings& settings() const { return settings_; }
  RequestSink& sink() { return sink_; }
  const std::shared_ptr<Mailbox>& mailbox() const { return mailbox_; }
  std::string_view date();
  std::unique_ptr<Exchange> take_exchange();
  void give_back(std::unique_ptr<Exchange> exchange);
  /// Destroys a closed connection.
  void remove(std::list<Connection>::iterator connection);
  /// A cheap clock, exact to a few milliseconds. Any thread.
  static TimePoint now();

 private:
  void run();
  void add_connection(Socket socket);
  void sweep_later();
  void sweep();
  void note_if_finished();

  const ServerSettings& settings_;
  RequestSink& sink_;
  const TlsContext* tls_;
  boost::asio::io_context context_;
  boost::asio::steady_timer sweep_timer_;
  std::chrono::milliseconds sweep_interval_;
  std::size_t max_connections_;
  std::shared_ptr<Mailbox> mailbox_;
  std::vector<std::unique_ptr<Exchange>> spare_;
  std::list<Connection> connections_;
  DateText date_;
  std::optional<std::promise<void>> finished_;
  std::thread thread_;
};

}  // namespace parse::http
