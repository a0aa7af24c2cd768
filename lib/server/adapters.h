#pragma once

#include <memory>

#include "config/options.h"
#include "storage/adapter.h"

namespace parse::server {

/// Opens the storage that the scheme of `uri` names. Throws Error for one this server cannot open.
std::unique_ptr<storage::Adapter> open_storage(const config::DatabaseOptions& options);

}  // namespace parse::server
