#include "backup/sqlite_backup.h"

#include <fmt/format.h>

#include <chrono>

#include "base/error.h"

namespace parse::backup {
namespace {

/// A multiple of every page size. Smaller ones make more files, larger ones store more for a changed row.
constexpr std::uint64_t kChunkBytes = 128 << 10;

Milliseconds now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

Made back_up(const Repository& repository, storage::sqlite::DatabaseImage& image, const std::string& source,
             DryRun dry_run, const Between& between) {
  Made made;
  Snapshot& snapshot = made.snapshot;
  snapshot.time = now();  // after the image, which holds nothing that came later
  snapshot.id = new_snapshot_id(snapshot.time);
  snapshot.source = source;
  snapshot.size = image.size();
  snapshot.chunk_bytes = kChunkBytes;
  snapshot.chunks.resize((image.size() + kChunkBytes - 1) / kChunkBytes);
  ChunkStore store(repository.chunks(), dry_run == DryRun::kYes ? ChunkStore::Mode::kDry : ChunkStore::Mode::kWrite);
  image.copy(
      kChunkBytes, [&](std::uint64_t number, std::string_view bytes) { snapshot.chunks.at(number) = store.put(bytes); },
      between);
  for (const ChunkHash& hash : snapshot.chunks) {
    if (hash.empty()) throw Error(ErrorCode::kInternal, "SQLite left out a part of the database");
  }
  store.settle();
  snapshot.new_bytes = store.new_bytes();
  made.new_chunks = store.new_chunks();
  made.written_bytes = store.new_bytes() + encode(snapshot).size();
  if (dry_run == DryRun::kNo) repository.add(snapshot);
  return made;
}

void assemble(const Repository& repository, const Snapshot& snapshot, const std::string& path, const Between& between) {
  const ChunkStore store(repository.chunks());
  File file = File::create(path);
  std::uint64_t done = 0;
  for (const ChunkHash& hash : snapshot.chunks) {
    const std::string bytes = store.get(hash);
    file.write(bytes, done);
    done += bytes.size();
    between(done);
  }
  if (done != snapshot.size)
    throw Error(ErrorCode::kInvalidValue, fmt::format("{} is damaged", repository.snapshot_file(snapshot.id)));
  file.sync();
}

}  // namespace parse::backup
