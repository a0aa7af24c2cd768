#pragma once

#include <Poco/Net/SocketAddress.h>

#include <cstdint>
#include <string>
#include <vector>

#include "net/deadline_watch.h"

namespace parse::net {

/// The addresses of `host` (a name or an address) in the system's order. The system's resolver knows no timeout: it
/// runs on a thread of its own, which is left behind when `deadline` passes; their number is limited. Throws
/// std::runtime_error saying what failed.
std::vector<Poco::Net::SocketAddress> look_up_host(const std::string& host, std::uint16_t port, Deadline deadline);

}  // namespace parse::net
