#include "backup/snapshot.h"

#include <fmt/format.h>

#include "base/error.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "object/json.h"

namespace parse::backup {
namespace {

using object::Object;

constexpr std::int64_t kFormat = 1;

std::string checksum(std::string_view bytes) { return crypto::digest(crypto::Hash::kSha256, bytes); }

std::int64_t to_integer(std::uint64_t number) { return static_cast<std::int64_t>(number); }

std::uint64_t number(const Object& head, std::string_view key) {
  return static_cast<std::uint64_t>(head.at(key).as<std::int64_t>());
}

[[noreturn]] void throw_damaged(const std::string& path) {
  throw Error(ErrorCode::kInvalidValue, fmt::format("{} is damaged", path));
}

Snapshot read_head(const Object& head) {
  Snapshot snapshot;
  snapshot.id = head.at("id").as<std::string>();
  snapshot.time = head.at("time").as<std::int64_t>();
  snapshot.kind = head.at("kind").as<std::string>() == "postgres" ? Kind::kPostgres : Kind::kSqlite;
  snapshot.source = head.at("source").as<std::string>();
  snapshot.size = number(head, "size");
  snapshot.new_bytes = number(head, "newBytes");
  snapshot.chunk_bytes = number(head, "chunkBytes");
  return snapshot;
}

void read_hashes(Snapshot& snapshot, std::string_view hashes) {
  if (snapshot.kind == Kind::kPostgres) {
    snapshot.dump_hash = hashes;
    return;
  }
  for (std::size_t i = 0; i + kHashBytes <= hashes.size(); i += kHashBytes)
    snapshot.chunks.emplace_back(hashes.substr(i, kHashBytes));
}

}  // namespace

std::string new_snapshot_id(Milliseconds time) {
  std::string id;
  for (const char c : to_iso_date(time).substr(0, 19)) {
    if (c != '-' && c != ':') id += c;
  }
  return id + "Z-" + crypto::random_hex(3);
}

std::string encode(const Snapshot& snapshot) {
  std::string bytes = object::to_json(Object{{"format", kFormat},
                                             {"id", snapshot.id},
                                             {"time", snapshot.time},
                                             {"kind", snapshot.kind == Kind::kPostgres ? "postgres" : "sqlite"},
                                             {"source", snapshot.source},
                                             {"size", to_integer(snapshot.size)},
                                             {"newBytes", to_integer(snapshot.new_bytes)},
                                             {"chunkBytes", to_integer(snapshot.chunk_bytes)}});
  bytes += '\n';
  for (const ChunkHash& hash : snapshot.chunks) bytes += hash;
  bytes += snapshot.dump_hash;
  return bytes + checksum(bytes);
}

Snapshot decode_snapshot(std::string_view bytes, const std::string& path) {
  const std::size_t end_of_head = bytes.find('\n');
  if (end_of_head == std::string_view::npos || bytes.size() < end_of_head + 1 + kHashBytes) throw_damaged(path);
  const std::string_view checked = bytes.substr(0, bytes.size() - kHashBytes);
  if (checksum(checked) != bytes.substr(checked.size())) throw_damaged(path);
  const auto head = object::try_parse_json(bytes.substr(0, end_of_head));
  const Object* map = head ? head->get_if<Object>() : nullptr;
  if (map == nullptr) throw_damaged(path);
  if (map->at("format").as<std::int64_t>() != kFormat)
    throw Error(ErrorCode::kInvalidValue, fmt::format("{} was written by a newer parsectl", path));
  Snapshot snapshot = read_head(*map);
  read_hashes(snapshot, checked.substr(end_of_head + 1));
  return snapshot;
}

}  // namespace parse::backup
