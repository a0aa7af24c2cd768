#include "storage/sqlite/image_file.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "storage/sqlite/errors.h"

namespace parse::storage::sqlite {

ChunkAssembler::Partial& ChunkAssembler::partial(std::uint64_t number) {
  const auto [found, is_new] = partials_.try_emplace(number);
  if (is_new) {
    const std::uint64_t size = std::min(sizes_.chunk, sizes_.image - number * sizes_.chunk);
    found->second = {std::string(size, '\0'), size};
  }
  return found->second;
}

bool ChunkAssembler::write(std::uint64_t offset, std::string_view bytes) {
  const std::uint64_t number = offset / sizes_.chunk;
  if (offset + bytes.size() > sizes_.image || handed_on_.contains(number)) return false;
  if (number > 0 && number < handed_on_below_) return false;
  Partial& chunk = partial(number);
  std::memcpy(chunk.bytes.data() + offset % sizes_.chunk, bytes.data(), bytes.size());
  chunk.missing -= std::min<std::uint64_t>(chunk.missing, bytes.size());
  if (number == 0 || chunk.missing > 0) return true;
  sink_(number, chunk.bytes);
  partials_.erase(number);
  handed_on_.insert(number);
  while (handed_on_.erase(handed_on_below_) > 0) ++handed_on_below_;
  return true;
}

void ChunkAssembler::read(std::uint64_t offset, char* to, std::size_t count) const {
  std::memset(to, 0, count);
  const auto found = partials_.find(offset / sizes_.chunk);
  if (found == partials_.end()) return;
  const std::string& bytes = found->second.bytes;
  const std::size_t from = offset % sizes_.chunk;
  if (from < bytes.size()) std::memcpy(to, bytes.data() + from, std::min(count, bytes.size() - from));
}

void ChunkAssembler::finish() {
  for (const auto& [number, chunk] : partials_) sink_(number, chunk.bytes);
  partials_.clear();
}

/// The file system of one ImageFile: that of the machine, but for the files, which are the image.
struct ImageFile::Vfs {
  struct File {
    sqlite3_file base;
    ImageFile* image;
  };

  explicit Vfs(ImageFile& image) : vfs(*sqlite3_vfs_find(nullptr)), name(fmt::format("image-{}", fmt::ptr(&image))) {
    vfs.zName = name.c_str();
    vfs.pAppData = &image;
    vfs.szOsFile = sizeof(File);
    vfs.xOpen = open;
    vfs.xDelete = [](sqlite3_vfs*, const char*, int) { return SQLITE_OK; };
    vfs.xAccess = [](sqlite3_vfs*, const char*, int, int* result) {
      *result = 0;
      return SQLITE_OK;
    };
    vfs.xFullPathname = [](sqlite3_vfs*, const char* path, int size, char* out) {
      sqlite3_snprintf(size, out, "%s", path);
      return SQLITE_OK;
    };
    sqlite3_vfs_register(&vfs, 0);
  }
  ~Vfs() { sqlite3_vfs_unregister(&vfs); }

  static ImageFile& image_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file)->image; }

  static int open(sqlite3_vfs* self, const char*, sqlite3_file* file, int flags, int* out_flags) {
    file->pMethods = nullptr;
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return SQLITE_CANTOPEN;
    reinterpret_cast<File*>(file)->image = static_cast<ImageFile*>(self->pAppData);
    file->pMethods = methods();
    if (out_flags) *out_flags = flags;
    return SQLITE_OK;
  }

  static int read(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
    const ImageFile& image = image_of(file);
    const auto from = static_cast<std::uint64_t>(offset);
    image.assembler_.read(from, static_cast<char*>(to), static_cast<std::size_t>(count));
    return from + static_cast<std::uint64_t>(count) > image.size_ ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
  }

  /// Nothing may be thrown through SQLite.
  static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    ImageFile& image = image_of(file);
    const auto from = static_cast<std::uint64_t>(offset);
    const std::string_view text(static_cast<const char*>(bytes), static_cast<std::size_t>(count));
    try {
      if (!image.assembler_.write(from, text)) return SQLITE_IOERR_WRITE;
    } catch (...) {
      image.failure_ = std::current_exception();
      return SQLITE_IOERR_WRITE;
    }
    image.size_ = std::max(image.size_, from + text.size());
    return SQLITE_OK;
  }

  static int size(sqlite3_file* file, sqlite3_int64* result) {
    *result = static_cast<sqlite3_int64>(image_of(file).size_);
    return SQLITE_OK;
  }

  static const sqlite3_io_methods* methods() {
    static const sqlite3_io_methods kMethods = [] {
      sqlite3_io_methods made{};
      made.iVersion = 1;
      made.xClose = [](sqlite3_file*) { return SQLITE_OK; };
      made.xRead = read;
      made.xWrite = write;
      made.xTruncate = [](sqlite3_file*, sqlite3_int64) { return SQLITE_OK; };
      made.xSync = [](sqlite3_file*, int) { return SQLITE_OK; };
      made.xFileSize = size;
      made.xLock = [](sqlite3_file*, int) { return SQLITE_OK; };
      made.xUnlock = [](sqlite3_file*, int) { return SQLITE_OK; };
      made.xCheckReservedLock = [](sqlite3_file*, int* result) {
        *result = 0;
        return SQLITE_OK;
      };
      made.xFileControl = [](sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; };
      made.xSectorSize = [](sqlite3_file*) { return 0; };
      made.xDeviceCharacteristics = [](sqlite3_file*) { return 0; };
      return made;
    }();
    return &kMethods;
  }

  sqlite3_vfs vfs;
  std::string name;
};

ImageFile::ImageFile(const ChunkAssembler::Sizes& sizes, ChunkSink sink)
    : assembler_(sizes, std::move(sink)), vfs_(std::make_unique<Vfs>(*this)) {}

ImageFile::~ImageFile() = default;

sqlite3* ImageFile::open() {
  // A small cache sends pages on early; without a journal nothing is kept for a rollback.
  constexpr const char* kSettings = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = 32";
  sqlite3* db = nullptr;
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (sqlite3_open_v2("image", &db, kFlags, vfs_->name.c_str()) == SQLITE_OK &&
      sqlite3_exec(db, kSettings, nullptr, nullptr, nullptr) == SQLITE_OK)
    return db;
  const Error error(ErrorCode::kInternal, "Internal server error.", db ? sqlite3_errmsg(db) : "out of memory");
  sqlite3_close_v2(db);
  throw error;
}

void ImageFile::rethrow() {
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace parse::storage::sqlite
