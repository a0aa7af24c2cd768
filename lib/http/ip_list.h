#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parse::http {

/// An IP address in one shape for both families: IPv4 is kept as its IPv4-mapped IPv6 form (::ffff:a.b.c.d).
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  bool is_v4() const;
  /// "10.0.0.1" or "2001:db8::1"; an IPv4-mapped address prints as IPv4.
  std::string to_text() const;
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// Reads "10.0.0.1", "::1" or "::ffff:10.0.0.1"; nullopt for anything else, zone indices included.
std::optional<IpAddress> parse_ip(std::string_view text);

/// Addresses and CIDR ranges, for options such as `masterKeyIps` and `trustProxy`. The two families never match each
/// other, except that an IPv4-mapped address is the IPv4 address it carries. "0.0.0.0", "0.0.0.0/0" stand for every
/// IPv4 address; "::", "::0" and "::/0" for every IPv6 one. Source: parse-server middlewares.js, checkIp.
class IpList {
 public:
  IpList() = default;
  /// Throws Error naming the first entry that is neither an address nor a range.
  explicit IpList(const std::vector<std::string>& entries);

  /// False for text that is no address.
  bool contains(std::string_view address) const;
  bool contains(const IpAddress& address) const;
  bool empty() const { return ranges_.empty(); }

 private:
  struct Range {
    IpAddress base;
    unsigned prefix = 128;  // in bits of the 16-byte form
    bool v4 = false;
  };
  static Range parse_range(std::string_view entry);

  std::vector<Range> ranges_;
};

}  // namespace parse::http
