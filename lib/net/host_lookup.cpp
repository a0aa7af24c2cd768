#include "net/host_lookup.h"

#include <netdb.h>

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

namespace parse::net {
namespace {

using Addresses = std::vector<Poco::Net::SocketAddress>;

/// Lookups that nobody may be waiting for any more, in a network whose name servers do not answer.
constexpr int kMaxLookups = 32;
std::atomic<int> running_lookups{0};

/// What a lookup ended with. Errors cross threads as texts: a thrown exception may still be in use in the other one.
struct Answer {
  Addresses addresses;
  std::string problem;
};

Addresses ask_system(const std::string& host, std::uint16_t port, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | flags;
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (error != 0) throw std::runtime_error("looking up " + host + ": " + ::gai_strerror(error));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, ::freeaddrinfo);
  Addresses addresses;
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    addresses.emplace_back(entry->ai_addr, entry->ai_addrlen);
  }
  return addresses;
}

Answer try_system(const std::string& host, std::uint16_t port) {
  try {
    return {ask_system(host, port, AI_ADDRCONFIG), {}};
  } catch (const std::exception& error) {
    return {{}, error.what()};
  }
}

bool is_address(const std::string& host) {
  return host.find(':') != std::string::npos || host.find_first_not_of("0123456789.") == std::string::npos;
}

}  // namespace

Addresses look_up_host(const std::string& host, std::uint16_t port, Deadline deadline) {
  if (is_address(host)) return ask_system(host, port, AI_NUMERICHOST);
  if (running_lookups.fetch_add(1) >= kMaxLookups) {
    running_lookups.fetch_sub(1);
    throw std::runtime_error("looking up " + host + ": too many lookups wait for the name server");
  }
  std::promise<Answer> promise;
  std::future<Answer> answer = promise.get_future();
  std::thread([host, port, promise = std::move(promise)]() mutable {
    promise.set_value(try_system(host, port));
    running_lookups.fetch_sub(1);
  }).detach();
  if (answer.wait_until(deadline) != std::future_status::ready) {
    throw std::runtime_error("looking up " + host + ": timed out");
  }
  Answer found = answer.get();
  if (!found.problem.empty()) throw std::runtime_error(found.problem);
  return std::move(found.addresses);
}

}  // namespace parse::net
