#pragma once

#include <string>

#include "backup/between.h"
#include "backup/repository.h"
#include "storage/sqlite/database_image.h"

namespace parse::backup {

/// A backup that was made, and what it cost.
struct Made {
  Snapshot snapshot;
  std::uint64_t new_chunks = 0;
  /// All that was written into the folder.
  std::uint64_t written_bytes = 0;
};

enum class DryRun { kNo, kYes };

/// Backs up what `image` holds; `source` names the database. Nothing counts before the end; what was stored until then
/// serves the next backup. A dry run writes nothing and counts what it would.
Made back_up(const Repository& repository, storage::sqlite::DatabaseImage& image, const std::string& source,
             DryRun dry_run, const Between& between);

/// Writes the database of the snapshot, which has its chunks, to `path`, and brings it to the disk. Throws what
/// ChunkStore::get does.
void assemble(const Repository& repository, const Snapshot& snapshot, const std::string& path, const Between& between);

}  // namespace parse::backup
