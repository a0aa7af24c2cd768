#include "storage/sqlite/database_image.h"

#include <sqlite3.h>

#include <memory>

#include "storage/sqlite/errors.h"

namespace parse::storage::sqlite {
namespace {

/// About a megabyte.
constexpr int kPagesPerStep = 256;

std::uint64_t number_of(Connection& connection, const char* sql) {
  StatementUse use(connection.prepare(sql), {});
  return use->step() ? static_cast<std::uint64_t>(use->integer(0)) : 0;
}

struct Close {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
struct Finish {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

/// The pages go from one database to another within one read transaction, so that SQLite never starts again.
void copy_pages(sqlite3* from, sqlite3* to, ImageFile& image, const std::function<void(std::uint64_t)>& between) {
  std::unique_ptr<sqlite3_backup, Finish> backup(sqlite3_backup_init(to, "main", from, "main"));
  if (!backup) throw_sqlite_error(to, "backup");
  for (;;) {
    const int result = sqlite3_backup_step(backup.get(), kPagesPerStep);
    image.rethrow();
    if (result == SQLITE_DONE) return;
    if (result != SQLITE_OK) {
      backup.reset();  // which tells `to` the error
      throw_sqlite_error(to, "backup");
    }
    between(
        static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup.get()) - sqlite3_backup_remaining(backup.get())));
  }
}

}  // namespace

DatabaseImage::DatabaseImage(const std::string& path) : connection_({.path = path, .mode = ConnectionMode::kReader}) {
  // The first read, and not BEGIN, chooses what is seen.
  connection_.execute("BEGIN; SELECT COUNT(*) FROM sqlite_master");
  page_size_ = number_of(connection_, "PRAGMA page_size");
  page_count_ = number_of(connection_, "PRAGMA page_count");
}

void DatabaseImage::copy(std::uint64_t chunk_bytes, const ChunkSink& sink,
                         const std::function<void(std::uint64_t)>& between) {
  ImageFile image({.image = size(), .chunk = chunk_bytes}, sink);
  {
    const std::unique_ptr<sqlite3, Close> to(image.open());
    copy_pages(connection_.handle(), to.get(), image, [&](std::uint64_t pages) { between(pages * page_size_); });
  }
  image.finish();
}

}  // namespace parse::storage::sqlite
