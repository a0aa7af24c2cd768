#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <tuple>

#include "storage/adapter.h"
#include "storage/postgres/postgres_adapter.h"
#include "storage/sqlite/sqlite_adapter.h"
#include "tests/support/postgres_database.h"

/// The storages that the conformance suite runs on. A new adapter adds one struct and one entry to AllBackends.
namespace parse::storage::conformance {

struct SqliteMemory {
  /// Number fields hold no more than doubles do.
  static constexpr bool kNumbersAreDoubles = false;
  /// Texts may hold U+0000.
  static constexpr bool kTextsHoldZero = true;
  /// Text search takes é for e.
  static constexpr bool kFoldsAccents = true;
  SqliteMemory() : adapter(sqlite::open_sqlite({})) {}
  Adapter& operator*() { return *adapter; }
  Adapter* operator->() { return adapter.get(); }
  std::unique_ptr<Adapter> adapter;
};

/// A directory that goes with the test.
class ScratchFolder {
 public:
  ScratchFolder() {
    static std::atomic<int> counter{0};
    path_ = std::filesystem::temp_directory_path() /
            ("parse-storage-" + std::to_string(::getpid()) + "-" + std::to_string(counter++));
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct SqliteFile {
  static constexpr bool kNumbersAreDoubles = false;
  static constexpr bool kTextsHoldZero = true;
  static constexpr bool kFoldsAccents = true;
  SqliteFile() : adapter(open(folder.file("test.db"))) {}
  Adapter& operator*() { return *adapter; }
  Adapter* operator->() { return adapter.get(); }
  static std::unique_ptr<Adapter> open(const std::string& path) {
    sqlite::SqliteSettings settings;
    settings.path = path;
    return sqlite::open_sqlite(settings);
  }
  ScratchFolder folder;
  std::unique_ptr<Adapter> adapter;
};

/// Cases with this in their name are skipped when there is no cluster (needs_postgres_test.cpp).
struct Postgres {
  static constexpr bool kNumbersAreDoubles = true;
  static constexpr bool kTextsHoldZero = false;
  static constexpr bool kFoldsAccents = false;
  Postgres() : adapter(open(database.uri())) {}
  Adapter& operator*() { return *adapter; }
  Adapter* operator->() { return adapter.get(); }
  static std::unique_ptr<Adapter> open(const std::string& uri) {
    postgres::PostgresSettings settings;
    settings.uri = uri;
    return postgres::open_postgres(settings);
  }
  test::PostgresDatabase database;
  std::unique_ptr<Adapter> adapter;
};

using AllBackends = std::tuple<SqliteMemory, SqliteFile, Postgres>;

}  // namespace parse::storage::conformance
