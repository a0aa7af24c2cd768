#include "backup/verify.h"

#include <fmt/format.h>

#include "base/error.h"
#include "crypto/digest.h"

namespace parse::backup {
namespace {

constexpr std::size_t kPartBytes = 1 << 20;

}  // namespace

std::string hash_of_file(const std::string& path, const Between& between) {
  const File file = File::open(path);
  crypto::Digester digester(crypto::Hash::kSha256);
  for (std::uint64_t done = 0;;) {
    const std::string part = file.read(kPartBytes, done);
    if (part.empty()) return digester.finish();
    digester.add(part);
    done += part.size();
    between(done);
  }
}

std::vector<Fault> Verifier::check(const std::string& id, const Between& between) {
  const Snapshot snapshot = repository_.read(id);
  if (snapshot.kind == Kind::kSqlite) return check_chunks(snapshot, between);
  const std::string path = repository_.dump_of(id);
  try {
    const std::string hash = hash_of_file(path, [&](std::uint64_t done) { between(checked_bytes_ + done); });
    checked_bytes_ += snapshot.size;
    if (hash == snapshot.dump_hash) return {};
    return {{id, fmt::format("{} is damaged", path)}};
  } catch (const Error& error) {
    return {{id, error.message()}};
  }
}

std::vector<Fault> Verifier::check_chunks(const Snapshot& snapshot, const Between& between) {
  std::vector<Fault> faults;
  std::set<ChunkHash> told;
  for (const ChunkHash& hash : snapshot.chunks) {
    between(checked_bytes_);
    const std::string& fault = fault_of(hash);
    if (!fault.empty() && told.insert(hash).second) faults.push_back({snapshot.id, fault});
  }
  return faults;
}

const std::string& Verifier::fault_of(const ChunkHash& hash) {
  static const std::string kNone;
  if (good_.contains(hash)) return kNone;
  if (const auto known = bad_.find(hash); known != bad_.end()) return known->second;
  try {
    checked_bytes_ += store_.get(hash).size();
    good_.insert(hash);
    return kNone;
  } catch (const Error& error) {
    return bad_.emplace(hash, error.message()).first->second;
  }
}

}  // namespace parse::backup
