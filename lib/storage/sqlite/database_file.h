#pragma once

#include <functional>
#include <string>

namespace parse::storage::sqlite {

// A database in a file that nobody uses.

/// The first thing that SQLite finds wrong with the database, or nothing. `stop` is asked every now and then; true ends
/// it with kTimeout (124). Throws kInternal (1) when the file is no database.
std::string first_fault(const std::string& path, const std::function<bool()>& stop);

/// Gives `part`, a whole database, the name `path`. A database that has that name is whole until the moment it is
/// replaced, and nothing of its log is left to the new one, which takes over its owner
/// and rights. Throws kOperationForbidden (119) when a program has it open, kInternal (1) that says what else cannot be
/// done.
void replace_database(const std::string& path, const std::string& part);

}  // namespace parse::storage::sqlite
