#include "http/forwarded.h"

#include <algorithm>
#include <iterator>

#include "http/text.h"

namespace parse::http {
namespace {

std::vector<std::string> expand_name(std::string_view entry) {
  if (entry == "loopback") return {"127.0.0.1/8", "::1/128"};
  if (entry == "linklocal") return {"169.254.0.0/16", "fe80::/10"};
  if (entry == "uniquelocal") return {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"};
  return {std::string(entry)};
}

/// Every X-Forwarded-For address, nearest hop first. Repeated fields count as one list, as they do in Node.
std::vector<std::string_view> forwarded_addresses(const Headers& headers) {
  std::vector<std::string_view> addresses;
  for (const auto& [name, value] : headers) {
    if (!iequals(name, "x-forwarded-for")) continue;
    for_each_item(value, [&](std::string_view item) { addresses.push_back(item); });
  }
  std::reverse(addresses.begin(), addresses.end());
  return addresses;
}

std::string normalised(std::string_view address) {
  const auto parsed = parse_ip(address);
  return parsed ? parsed->to_text() : std::string(address);
}

}  // namespace

TrustProxy TrustProxy::all() {
  TrustProxy trust;
  trust.mode_ = Mode::kAll;
  return trust;
}

TrustProxy TrustProxy::hops(std::size_t count) {
  TrustProxy trust;
  if (count > 0) trust.mode_ = Mode::kHops;
  trust.hops_ = count;
  return trust;
}

TrustProxy TrustProxy::addresses(const std::vector<std::string>& entries) {
  std::vector<std::string> ranges;
  for (const auto& entry : entries) {
    for_each_item(entry,
                  [&](std::string_view item) { std::ranges::move(expand_name(item), std::back_inserter(ranges)); });
  }
  TrustProxy trust;
  if (!ranges.empty()) trust.mode_ = Mode::kAddresses;
  trust.addresses_ = IpList(ranges);
  return trust;
}

bool TrustProxy::trusts(std::string_view address, std::size_t hop) const {
  switch (mode_) {
    case Mode::kNone:
      return false;
    case Mode::kAll:
      return true;
    case Mode::kHops:
      return hop < hops_;
    case Mode::kAddresses:
      return addresses_.contains(address);
  }
  return false;
}

std::string TrustProxy::client_ip(std::string_view peer, const Headers& headers) const {
  if (!enabled()) return std::string(peer);
  std::string_view client = peer;
  std::size_t hop = 0;
  for (const std::string_view address : forwarded_addresses(headers)) {
    if (!trusts(client, hop++)) break;
    client = address;
  }
  return normalised(client);
}

bool TrustProxy::is_secure(std::string_view peer, bool peer_secure, const Headers& headers) const {
  if (!trusts(peer, 0)) return peer_secure;
  const std::string* proto = headers.find("x-forwarded-proto");
  if (proto == nullptr || proto->empty()) return peer_secure;
  return iequals(trim(std::string_view(*proto).substr(0, proto->find(','))), "https");
}

}  // namespace parse::http
