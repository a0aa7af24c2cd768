#pragma once

#include <memory>
#include <string>

#include "storage/adapter.h"

namespace parse::ctl {

/// What to do with a database in a file that does not exist.
enum class WhenMissing { kMake, kRefuse };

/// Opens the database that `uri` names, for work straight on it; no server may run on a database in a file meanwhile.
/// Throws client::Unreachable that says why it cannot be opened.
std::unique_ptr<storage::Adapter> open_storage(const std::string& uri, WhenMissing when_missing);

/// True for one that nobody else uses while it is open here.
bool is_database_in_file(const std::string& uri);

}  // namespace parse::ctl
