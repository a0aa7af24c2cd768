#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "backup/chunk_store.h"
#include "base/iso_date.h"

namespace parse::backup {

/// Who made the backup, and so who can bring it back.
enum class Kind { kSqlite, kPostgres };

/// One backup: what makes up the database at one moment.
struct Snapshot {
  /// Begins with the time, so that ids sort by age: "20260131T120000Z-4f2a9c".
  std::string id;
  Milliseconds time = 0;
  Kind kind = Kind::kSqlite;
  /// The database: an absolute path, or "host:port/name" without user and password.
  std::string source;
  /// Bytes of the database, or of the dump.
  std::uint64_t size = 0;
  /// Bytes that this backup added to the folder, without this list.
  std::uint64_t new_bytes = 0;
  /// SQLite: where chunks end, and their hashes in the order of the file.
  std::uint64_t chunk_bytes = 0;
  std::vector<ChunkHash> chunks;
  /// PostgreSQL: SHA-256 of the dump, as bytes.
  std::string dump_hash;
};

std::string new_snapshot_id(Milliseconds time);

/// As a file: a line of JSON, the hashes as bytes, and a SHA-256 of all that.
std::string encode(const Snapshot& snapshot);
/// Throws kInvalidValue (162) when the bytes are not what encode() gave, or come from a newer parsectl; `path` is
/// named.
Snapshot decode_snapshot(std::string_view bytes, const std::string& path);

}  // namespace parse::backup
