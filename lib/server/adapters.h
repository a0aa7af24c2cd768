#pragma once

#include <functional>
#include <memory>

#include "config/options.h"
#include "storage/adapter.h"

namespace parse::server {

/// Where the data is.
struct StorageSource {
  /// Throws storage::Unavailable when another try may work, Error when none will.
  std::function<std::unique_ptr<storage::Adapter>()> open;
  /// A server of its own, which may be away when this one starts, and while it runs.
  bool is_remote = false;
};

/// What a storage is opened for.
enum class StorageUse {
  kServing,
  /// One caller writes very much, and nobody else uses it meanwhile.
  kBulkWork,
};

/// The storage that the scheme of `uri` names. Throws Error for one this server does not know.
StorageSource storage_source(const config::DatabaseOptions& options, StorageUse use = StorageUse::kServing);

}  // namespace parse::server
