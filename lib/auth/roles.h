#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "cache/memory_cache.h"
#include "storage/adapter.h"

namespace parse::auth {

/// The roles of users: those that name them, and every role that these belong to. Any thread.
/// Source: REST spec, "Access control", 6; parse-server Auth getUserRoles.
class Roles {
 public:
  using Names = std::shared_ptr<const std::vector<std::string>>;

  /// `storage` must outlive this.
  Roles(storage::Adapter& storage, cache::MemoryCacheSettings cache);

  /// "role:Name" entries, sorted, each once. Roles that contain each other end the walk. Kept for the cache's time; a
  /// change through this server counts at once. Errors: those of storage.
  Names of_user(const schema::Schema& schema, const std::string& user_id);

  /// To be called after every write to _Role.
  void forget_all() { cache_.clear(); }

 private:
  storage::Adapter& storage_;
  cache::MemoryCache<std::vector<std::string>> cache_;
};

}  // namespace parse::auth
