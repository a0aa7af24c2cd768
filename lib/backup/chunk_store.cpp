#include "backup/chunk_store.h"

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/error.h"
#include "crypto/digest.h"

namespace parse::backup {
namespace {

namespace fs = std::filesystem;

/// Chunks that are brought to the disk together, which is faster than one by one.
constexpr std::size_t kMostPending = 64;
/// No chunk is larger: a damaged length must not take all the memory.
constexpr std::uint32_t kMostBytes = 16 << 20;
constexpr std::size_t kLengthBytes = 4;

const Bytef* bytes_of(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

/// The length of the content, little-endian, then what zlib makes of it.
std::string compress(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(kLengthBytes + size, '\0');
  for (std::size_t i = 0; i < kLengthBytes; ++i) out[i] = static_cast<char>(bytes.size() >> (8 * i));
  if (compress2(reinterpret_cast<Bytef*>(out.data() + kLengthBytes), &size, bytes_of(bytes), bytes.size(),
                Z_BEST_SPEED) != Z_OK)
    throw Error(ErrorCode::kInternal, "Internal server error.", "zlib cannot compress");
  out.resize(kLengthBytes + size);
  return out;
}

/// Nothing when it cannot have come from compress().
std::string decompress(std::string_view stored) {
  if (stored.size() < kLengthBytes) return {};
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    length |= static_cast<std::uint32_t>(static_cast<unsigned char>(stored[i])) << (8 * i);
  stored.remove_prefix(kLengthBytes);
  if (length > kMostBytes) return {};
  std::string out(length, '\0');
  uLongf size = length;
  const bool is_good = uncompress(reinterpret_cast<Bytef*>(out.data()), &size, bytes_of(stored), stored.size()) == Z_OK;
  return is_good && size == length ? out : std::string();
}

}  // namespace

ChunkStore::~ChunkStore() {
  for (const Pending& pending : pending_) ::unlink(pending.part.c_str());
}

std::string ChunkStore::path_of(const ChunkHash& hash) const {
  const std::string name = crypto::to_hex(hash);
  return fmt::format("{}/{}/{}", folder_, name.substr(0, 2), name);
}

ChunkHash ChunkStore::put(std::string_view bytes) {
  ChunkHash hash = crypto::digest(crypto::Hash::kSha256, bytes);
  const std::string path = path_of(hash);
  if (put_.contains(hash)) return hash;
  if (::access(path.c_str(), F_OK) == 0) {
    touched_.insert(fs::path(path).parent_path());  // its name may be younger than the last settle() of another process
    return hash;
  }
  const std::string compressed = compress(bytes);
  ++new_chunks_;
  new_bytes_ += compressed.size();
  put_.insert(hash);
  if (mode_ == Mode::kWrite) write(path, compressed);
  return hash;
}

void ChunkStore::write(const std::string& path, std::string_view compressed) {
  const std::string folder = fs::path(path).parent_path();
  std::error_code failure;
  fs::create_directories(folder, failure);
  touched_.insert(folder);
  const std::string part = part_name(path);
  pending_.push_back({part, path, File::create(part)});
  pending_.back().file.write(compressed, 0);
  if (pending_.size() >= kMostPending) name_pending();
}

/// A chunk must be on the disk before it has its name: the next backup believes the name.
void ChunkStore::name_pending() {
  for (Pending& pending : pending_) pending.file.sync();
  for (const Pending& pending : pending_) {
    if (std::rename(pending.part.c_str(), pending.path.c_str()) != 0) throw_system_error("write", pending.path);
  }
  pending_.clear();
  put_.clear();
}

void ChunkStore::settle() {
  if (mode_ == Mode::kDry) return;
  name_pending();
  for (const std::string& folder : touched_) sync_folder(folder);
  if (!touched_.empty()) sync_folder(folder_);
  touched_.clear();
}

std::string ChunkStore::get(const ChunkHash& hash) const {
  const std::string path = path_of(hash);
  const File file = File::open(path);
  const std::string bytes = decompress(file.read(std::min<std::uint64_t>(file.size(), kMostBytes), 0));
  if (crypto::digest(crypto::Hash::kSha256, bytes) != hash)
    throw Error(ErrorCode::kInvalidValue, fmt::format("{} is damaged", path));
  return bytes;
}

}  // namespace parse::backup
