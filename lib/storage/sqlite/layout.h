#pragma once

#include "storage/sqlite/connection.h"

namespace parse::storage::sqlite {

/// Version of the on-disk layout that this server writes; docs/storage-sqlite.md lists them.
inline constexpr int kLayoutVersion = 1;

/// Makes the layout in an empty database and brings an older one up to date, step by step, in one transaction.
/// Throws kInternal (1) when the file is no database of ours or was written by a newer server.
void bring_layout_up_to_date(Connection& connection);

}  // namespace parse::storage::sqlite
