#include "http/ip_list.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/error.h"
#include "http/text.h"

namespace parse::http {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned kMappedBits = 96;

[[noreturn]] void throw_invalid(std::string_view entry) {
  throw Error(ErrorCode::kOtherCause, "Invalid IP address or range: '" + std::string(entry) + "'");
}

bool same_prefix(const IpAddress& a, const IpAddress& b, unsigned bits) {
  const std::size_t whole = bits / 8;
  if (std::memcmp(a.bytes.data(), b.bytes.data(), whole) != 0) return false;
  const unsigned left = bits % 8;
  if (left == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff << (8 - left));
  return ((a.bytes[whole] ^ b.bytes[whole]) & mask) == 0;
}

}  // namespace

bool IpAddress::is_v4() const { return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin()); }

std::string IpAddress::to_text() const {
  char text[INET6_ADDRSTRLEN] = {};
  const bool v4 = is_v4();
  inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? bytes.data() + kMappedPrefix.size() : bytes.data(), text, sizeof text);
  return text;
}

std::optional<IpAddress> parse_ip(std::string_view text) {
  if (text.empty() || text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
  char buffer[INET6_ADDRSTRLEN] = {};
  std::memcpy(buffer, text.data(), text.size());
  IpAddress address;
  if (text.find(':') != std::string_view::npos) {
    if (inet_pton(AF_INET6, buffer, address.bytes.data()) != 1) return std::nullopt;
    return address;
  }
  if (inet_pton(AF_INET, buffer, address.bytes.data() + kMappedPrefix.size()) != 1) return std::nullopt;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin());
  return address;
}

IpList::IpList(const std::vector<std::string>& entries) {
  ranges_.reserve(entries.size());
  for (const auto& entry : entries) ranges_.push_back(parse_range(trim(entry)));
}

IpList::Range IpList::parse_range(std::string_view entry) {
  const std::size_t slash = entry.find('/');
  const auto base = parse_ip(entry.substr(0, slash));
  if (!base) throw_invalid(entry);
  // A mapped address stands for the IPv4 one; a range over the mapped block keeps its own prefix length.
  const bool written_as_v6 = entry.substr(0, slash).find(':') != std::string_view::npos;
  Range range{*base, 128, base->is_v4()};
  const bool unspecified = base->to_text() == "0.0.0.0" || base->to_text() == "::";
  if (slash == std::string_view::npos) {
    if (unspecified) range.prefix = range.v4 ? kMappedBits : 0;
    return range;
  }
  const std::string_view digits = entry.substr(slash + 1);
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  const unsigned most = written_as_v6 ? 128 : 32;
  if (error != std::errc() || end != digits.data() + digits.size() || bits > most) throw_invalid(entry);
  range.prefix = written_as_v6 ? bits : bits + kMappedBits;
  if (range.v4 && range.prefix < kMappedBits) range.v4 = false;
  return range;
}

bool IpList::contains(std::string_view address) const {
  if (ranges_.empty()) return false;
  const auto parsed = parse_ip(address);
  return parsed && contains(*parsed);
}

bool IpList::contains(const IpAddress& address) const {
  const bool v4 = address.is_v4();
  return std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& range) {
    return range.v4 == v4 && same_prefix(range.base, address, range.prefix);
  });
}

}  // namespace parse::http
