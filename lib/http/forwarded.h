#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "http/ip_list.h"
#include "http/message.h"

namespace parse::http {

/// Whose X-Forwarded-* fields are believed; a value. Nobody's, unless said otherwise.
/// Source: Express, "trust proxy"; npm proxy-addr.
class TrustProxy {
 public:
  /// Believe no proxy.
  TrustProxy() = default;
  /// Believe every hop: the client is the leftmost address of X-Forwarded-For.
  static TrustProxy all();
  /// Believe the nearest `count` hops, the socket's peer being the first.
  static TrustProxy hops(std::size_t count);
  /// Believe these addresses and CIDR ranges; the names "loopback", "linklocal" and "uniquelocal" stand for the usual
  /// ranges, and an entry may itself be a comma-separated list. Throws Error naming an entry that is none of these.
  static TrustProxy addresses(const std::vector<std::string>& entries);

  /// The address the request came from: of the peer, or, while hops are trusted, the next one to the left in
  /// X-Forwarded-For. Text that is no address is returned as sent (and can then match no IP list).
  std::string client_ip(std::string_view peer, const Headers& headers) const;
  /// Whether the client spoke https: `peer_secure`, unless the peer is trusted and sent X-Forwarded-Proto.
  bool is_secure(std::string_view peer, bool peer_secure, const Headers& headers) const;
  /// False when no hop is trusted, so that callers may skip the work.
  bool enabled() const { return mode_ != Mode::kNone; }

 private:
  enum class Mode { kNone, kAll, kHops, kAddresses };
  bool trusts(std::string_view address, std::size_t hop) const;

  Mode mode_ = Mode::kNone;
  std::size_t hops_ = 0;
  IpList addresses_;
};

}  // namespace parse::http
