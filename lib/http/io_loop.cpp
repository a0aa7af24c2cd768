#include "http/io_loop.h"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <ctime>

#include "http/ip_list.h"

namespace parse::http {
namespace {

constexpr std::size_t kMaxSpareExchanges = 64;
constexpr std::size_t kMaxSpareInput = 16 * 1024;
constexpr std::size_t kMaxSpareHead = 64 * 1024;
/// Open files left for databases, logs and the like.
constexpr std::size_t kReservedFiles = 256;

std::size_t connection_limit(const ServerSettings& settings) {
  std::size_t limit = settings.max_connections;
  if (limit == 0) {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    limit = files.rlim_cur > 2 * kReservedFiles ? files.rlim_cur - kReservedFiles : files.rlim_cur / 2;
  }
  return std::max<std::size_t>(1, limit / settings.io_threads);
}

std::chrono::milliseconds sweep_interval(const Timeouts& timeouts) {
  const auto shortest = std::min(
      {timeouts.header, timeouts.body_pause, timeouts.request, timeouts.write_pause, timeouts.idle, timeouts.linger});
  return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(1000));
}

std::string peer_address(const Socket& socket) {
  boost::system::error_code ec;
  const auto endpoint = socket.remote_endpoint(ec);
  if (ec) return {};
  const auto parsed = parse_ip(endpoint.address().to_string());
  return parsed ? parsed->to_text() : std::string();
}

}  // namespace

IoLoop::IoLoop(const ServerSettings& settings, RequestSink& sink, const TlsContext* tls)
    : settings_(settings),
      sink_(sink),
      tls_(tls),
      context_(1),
      sweep_timer_(context_),
      sweep_interval_(sweep_interval(settings.timeouts)),
      max_connections_(connection_limit(settings)),
      mailbox_(std::make_shared<Mailbox>([this] { boost::asio::post(context_, [this] { mailbox_->drain(); }); })) {}

IoLoop::~IoLoop() { mailbox_->close(); }

void IoLoop::start() {
  thread_ = std::thread([this] { run(); });
}

void IoLoop::run() {
  mailbox_->bind_to_this_thread();
  sweep_later();
  context_.run();
}

void IoLoop::adopt(Socket socket) {
  boost::asio::dispatch(context_, [this, moved = std::move(socket)]() mutable { add_connection(std::move(moved)); });
}

void IoLoop::add_connection(Socket socket) {
  if (finished_) return;
  if (connections_.size() >= max_connections_ && !evict_one()) return;
  boost::system::error_code ec;
  socket.native_non_blocking(true, ec);
  socket.set_option(boost::asio::ip::tcp::no_delay(true), ec);
  TlsSession session;
  if (tls_ != nullptr) {
    session = tls_->accept(socket.native_handle());
    if (session == nullptr) return;
  }
  std::string peer = peer_address(socket);
  connections_.emplace_front(*this, std::move(socket), std::move(peer), std::move(session));
  connections_.front().set_position(connections_.begin());
  connections_.front().start();
}

std::future<void> IoLoop::finish() {
  std::promise<void> promise;
  std::future<void> future = promise.get_future();
  boost::asio::post(context_, [this, moved = std::move(promise)]() mutable {
    finished_ = std::move(moved);
    for (auto at = connections_.begin(); at != connections_.end();) (at++)->finish();
    note_if_finished();
  });
  return future;
}

void IoLoop::stop() {
  mailbox_->close();
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

bool IoLoop::evict_one() {
  auto oldest = connections_.end();
  for (auto at = connections_.begin(); at != connections_.end(); ++at) {
    if (!at->waits_for_client()) continue;
    if (oldest == connections_.end() || at->deadline() < oldest->deadline()) oldest = at;
  }
  if (oldest == connections_.end()) return false;
  oldest->abort();
  return true;
}

std::string_view IoLoop::date() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  return date_.at(now.tv_sec);
}

TimePoint IoLoop::now() {
  // steady_clock counts CLOCK_MONOTONIC; its coarse form needs no counter read and is near enough for timeouts.
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return TimePoint(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

std::unique_ptr<Exchange> IoLoop::take_exchange() {
  if (spare_.empty()) {
    return std::make_unique<Exchange>(ParserLimits{settings_.max_header_bytes, settings_.max_body_bytes});
  }
  auto exchange = std::move(spare_.back());
  spare_.pop_back();
  return exchange;
}

void IoLoop::give_back(std::unique_ptr<Exchange> exchange) {
  const bool small = exchange->input.capacity() <= kMaxSpareInput && exchange->head.capacity() <= kMaxSpareHead;
  if (!small || !exchange->input.empty() || spare_.size() >= kMaxSpareExchanges) return;
  exchange->parser.reset();
  exchange->head.clear();
  exchange->body = std::string();
  spare_.push_back(std::move(exchange));
}

void IoLoop::remove(std::list<Connection>::iterator connection) {
  connections_.erase(connection);
  note_if_finished();
}

void IoLoop::note_if_finished() {
  if (!finished_ || !connections_.empty()) return;
  finished_->set_value();
  finished_ = std::promise<void>();  // still set: later sockets are refused
}

void IoLoop::sweep_later() {
  sweep_timer_.expires_after(sweep_interval_);
  sweep_timer_.async_wait([this](const boost::system::error_code& ec) {
    if (!ec) sweep();
  });
}

void IoLoop::sweep() {
  const TimePoint time = now();
  for (auto at = connections_.begin(); at != connections_.end();) (at++)->expire_if_due(time);
  sweep_later();
}

}  // namespace parse::http
