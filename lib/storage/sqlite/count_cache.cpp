#include "storage/sqlite/count_cache.h"

namespace parse::storage::sqlite {
namespace {

constexpr std::size_t kMaxCountsOfClass = 64;

}  // namespace

std::uint64_t CountCache::version(const std::string& class_name) {
  std::lock_guard lock(mutex_);
  return classes_[class_name].version;
}

std::optional<std::int64_t> CountCache::find(const std::string& class_name, const std::string& key) {
  std::lock_guard lock(mutex_);
  const auto counts = classes_.find(class_name);
  if (counts == classes_.end()) return std::nullopt;
  const auto found = counts->second.by_key.find(key);
  if (found == counts->second.by_key.end()) return std::nullopt;
  return found->second;
}

void CountCache::keep(const std::string& class_name, const std::string& key, std::uint64_t version,
                      std::int64_t count) {
  std::lock_guard lock(mutex_);
  Counts& counts = classes_[class_name];
  if (counts.version != version) return;
  if (counts.by_key.size() >= kMaxCountsOfClass) counts.by_key.clear();
  counts.by_key.insert_or_assign(key, count);
}

void CountCache::forget(const std::string& class_name) {
  std::lock_guard lock(mutex_);
  Counts& counts = classes_[class_name];
  ++counts.version;
  counts.by_key.clear();
}

}  // namespace parse::storage::sqlite
