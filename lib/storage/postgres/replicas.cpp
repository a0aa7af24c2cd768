#include "storage/postgres/replicas.h"

#include <algorithm>
#include <utility>

namespace parse::storage::postgres {

Replicas::Replicas(std::vector<PoolSettings> settings) {
  for (PoolSettings& one : settings) servers_.push_back(std::make_unique<Server>(std::move(one)));
}

std::vector<Runner*> Replicas::order_of(query::ReadPreference from, Runner& primary) {
  using enum query::ReadPreference;
  std::vector<Runner*> order;
  for (const auto& server : servers_) order.push_back(&server->run);
  if (from == kNearest) order.push_back(&primary);
  const auto first = static_cast<std::ptrdiff_t>(turn_.fetch_add(1, std::memory_order_relaxed) % order.size());
  std::rotate(order.begin(), order.begin() + first, order.end());
  if (from == kPrimaryPreferred) order.insert(order.begin(), &primary);
  if (from == kSecondaryPreferred) order.push_back(&primary);
  return order;
}

}  // namespace parse::storage::postgres
