#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "backup/between.h"
#include "backup/child_process.h"
#include "backup/repository.h"

namespace parse::backup {

/// pg_dump or pg_restore could not be started, or did not succeed.
class ToolFailure : public std::runtime_error {
 public:
  enum class Reason { kMissing, kNoConnection, kFailed };
  ToolFailure(Reason reason, const std::string& message) : std::runtime_error(message), reason_(reason) {}
  Reason reason() const { return reason_; }

 private:
  Reason reason_;
};

/// A PostgreSQL database as its own tools are told of it: the password goes by the environment, which other users
/// cannot see.
class PostgresDatabase {
 public:
  /// Throws kInternal (1) for a URI that cannot be read.
  explicit PostgresDatabase(const std::string& uri);

  /// "host:port/name", without user and password.
  const std::string& name() const { return name_; }
  /// `program` with its arguments and the place of the database.
  ChildCommand command(std::vector<std::string> arguments) const;

 private:
  std::string name_;
  std::string place_;
  std::string password_;
};

/// Has pg_dump write a backup into the folder. Nothing counts before the end. Throws ToolFailure.
Snapshot dump(const Repository& repository, const PostgresDatabase& database, const Between& between);

/// Has pg_restore replace what is in the database, all or nothing. Throws ToolFailure.
void restore_dump(const Repository& repository, const Snapshot& snapshot, const PostgresDatabase& database,
                  const Between& between);

}  // namespace parse::backup
