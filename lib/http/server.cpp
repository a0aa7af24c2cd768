#include "http/server.h"

#include <sys/resource.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <vector>

#include "base/error.h"
#include "http/io_loop.h"

namespace parse::http {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr int kBacklog = 4096;
/// Pause after the system had no file descriptor or memory for a new socket: trying at once would spin.
constexpr std::chrono::milliseconds kAcceptPause{50};

void raise_open_files_limit() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= files.rlim_max) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

bool is_shortage(const error_code& ec) {
  namespace errc = boost::system::errc;
  return ec == errc::too_many_files_open || ec == errc::too_many_files_open_in_system || ec == errc::no_buffer_space ||
         ec == errc::not_enough_memory;
}

}  // namespace

class Server::Impl {
 public:
  Impl(ServerSettings settings, RequestSink& sink) : settings_(std::move(settings)), sink_(sink) {
    if (settings_.io_threads == 0) settings_.io_threads = 1;
    if (settings_.tls) tls_.emplace(*settings_.tls);
  }

  void start();
  void stop(std::chrono::milliseconds grace);
  std::uint16_t port() const { return port_; }

 private:
  using Acceptor = boost::asio::basic_socket_acceptor<tcp, boost::asio::io_context::executor_type>;

  void bind();
  void accept_next();
  void on_accept(const error_code& ec, Socket socket, IoLoop& loop);

  ServerSettings settings_;
  RequestSink& sink_;
  std::optional<TlsContext> tls_;
  std::vector<std::unique_ptr<IoLoop>> loops_;
  std::optional<Acceptor> acceptor_;  // used on the first loop's thread
  std::optional<boost::asio::steady_timer> pause_;
  std::size_t next_loop_ = 0;
  std::uint16_t port_ = 0;
  bool started_ = false;
};

void Server::Impl::start() {
  raise_open_files_limit();
  // OpenSSL writes with write(2), which cannot be told to spare us the signal.
  if (settings_.tls) std::signal(SIGPIPE, SIG_IGN);
  for (std::size_t i = 0; i < settings_.io_threads; ++i) {
    loops_.push_back(std::make_unique<IoLoop>(settings_, sink_, tls_ ? &*tls_ : nullptr));
  }
  bind();
  accept_next();
  for (auto& loop : loops_) loop->start();
  started_ = true;
}

void Server::Impl::bind() {
  const std::string where = settings_.host + ":" + std::to_string(settings_.port);
  auto& context = loops_.front()->context();
  error_code ec;
  tcp::resolver resolver(context);
  const auto found = resolver.resolve(settings_.host, std::to_string(settings_.port),
                                      tcp::resolver::passive | tcp::resolver::numeric_service, ec);
  if (ec || found.empty())
    throw Error(ErrorCode::kOtherCause, "Cannot listen on " + where + ": unknown host", ec.message());
  const tcp::endpoint endpoint = found.begin()->endpoint();
  acceptor_.emplace(context);
  acceptor_->open(endpoint.protocol(), ec);
  if (!ec) acceptor_->set_option(boost::asio::socket_base::reuse_address(true), ec);
  if (!ec && endpoint.address().is_v6()) {
    error_code ignored;  // a system without IPv4 has nothing to share the socket with
    acceptor_->set_option(boost::asio::ip::v6_only(false), ignored);
  }
  if (!ec) acceptor_->bind(endpoint, ec);
  if (!ec) acceptor_->listen(kBacklog, ec);
  if (ec) throw Error(ErrorCode::kOtherCause, "Cannot listen on " + where + ": " + ec.message());
  port_ = acceptor_->local_endpoint().port();
  pause_.emplace(context);
}

void Server::Impl::accept_next() {
  IoLoop& loop = *loops_[next_loop_++ % loops_.size()];
  acceptor_->async_accept(
      loop.context(), [this, &loop](const error_code& ec, Socket socket) { on_accept(ec, std::move(socket), loop); });
}

void Server::Impl::on_accept(const error_code& ec, Socket socket, IoLoop& loop) {
  if (ec == boost::asio::error::operation_aborted || !acceptor_->is_open()) return;
  if (is_shortage(ec)) {
    loops_.front()->evict_one();
    pause_->expires_after(kAcceptPause);
    pause_->async_wait([this](const error_code& cancelled) {
      if (!cancelled) accept_next();
    });
    return;
  }
  if (!ec) loop.adopt(std::move(socket));
  accept_next();
}

void Server::Impl::stop(std::chrono::milliseconds grace) {
  if (!std::exchange(started_, false)) return;
  const auto deadline = std::chrono::steady_clock::now() + grace;
  std::promise<void> closed;
  boost::asio::post(loops_.front()->context(), [&] {
    error_code ignored;
    pause_->cancel();
    acceptor_->close(ignored);
    closed.set_value();
  });
  closed.get_future().wait();
  std::vector<std::future<void>> finished;
  for (auto& loop : loops_) finished.push_back(loop->finish());
  for (auto& future : finished) future.wait_until(deadline);
  for (auto& loop : loops_) loop->stop();
  // Sockets belong to their loop's context; the acceptor, and what it accepted last, to the first one.
  acceptor_.reset();
  pause_.reset();
  loops_.clear();
}

Server::Server(ServerSettings settings, RequestSink& sink) : impl_(std::make_unique<Impl>(std::move(settings), sink)) {}
Server::~Server() { stop(std::chrono::milliseconds(0)); }

void Server::start() { impl_->start(); }
std::uint16_t Server::port() const { return impl_->port(); }
void Server::stop(std::chrono::milliseconds grace) { impl_->stop(grace); }

}  // namespace parse::http
