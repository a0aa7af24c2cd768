#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// Answers kept in memory for a while. Knows nothing of what is kept.
namespace parse::cache {

/// Monotonic time; a test gives its own.
using Clock = std::function<std::chrono::steady_clock::time_point()>;

struct MemoryCacheSettings {
  /// More entries push out those that were not asked for the longest. 0: nothing is kept.
  std::size_t max_entries = 10'000;
  /// How long an entry holds that is put without a time of its own.
  std::chrono::milliseconds time_to_live = std::chrono::seconds(5);
};

/// Keeps values by key for a limited time and up to a limited count (least recently used out first). Values are shared
/// and immutable: a reader keeps what it got, whatever happens to the entry. All calls from any thread.
///
/// From kShardThreshold entries on, the keys are spread over shards with a mutex each, and the limit holds for each
/// shard: then the whole may hold fewer entries than the limit when keys crowd in one shard, never more.
template <typename V>
class MemoryCache {
 public:
  using Pointer = std::shared_ptr<const V>;
  using Duration = std::chrono::milliseconds;

  static constexpr std::size_t kShardThreshold = 1024;
  static constexpr std::size_t kShards = 16;

  /// Names a moment between two removals; see generation().
  using Generation = std::uint64_t;

  explicit MemoryCache(MemoryCacheSettings settings, Clock clock = std::chrono::steady_clock::now)
      : settings_(settings),
        clock_(std::move(clock)),
        shards_(settings.max_entries < kShardThreshold ? 1 : kShards),
        shard_capacity_(settings.max_entries / shards_.size()) {}
  MemoryCache(const MemoryCache&) = delete;
  MemoryCache& operator=(const MemoryCache&) = delete;

  /// The value of `key`, or nullptr when there is none or its time is over.
  Pointer get(std::string_view key) {
    const auto now = clock_();
    Pointer expired;  // destroyed after the lock is released
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.index.find(key);
    if (found == shard.index.end()) return nullptr;
    const auto entry = found->second;
    if (now >= entry->expires) {
      expired = std::move(entry->value);
      shard.remove(found);
      return nullptr;
    }
    shard.entries.splice(shard.entries.begin(), shard.entries, entry);
    return entry->value;
  }

  /// Keeps `value` for the usual time, in place of an older one.
  void put(std::string_view key, Pointer value) { put(key, std::move(value), settings_.time_to_live); }
  /// Keeps `value` for `time_to_live`; zero or less removes what is there.
  void put(std::string_view key, Pointer value, Duration time_to_live) {
    store(key, std::move(value), time_to_live, nullptr);
  }

  /// The current generation of `key`. Asked before a value is read from elsewhere, and given to put_if_current: so a
  /// value that was read before a removal is not kept after it.
  Generation generation(std::string_view key) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    return shard.generation;
  }
  /// As put, but only when nothing was removed since `generation` was asked for. Other keys of the same shard count
  /// too: sometimes a value is not kept that could have been. False when it was not kept.
  bool put_if_current(std::string_view key, Pointer value, Duration time_to_live, Generation generation) {
    return store(key, std::move(value), time_to_live, &generation);
  }
  bool put_if_current(std::string_view key, Pointer value, Generation generation) {
    return put_if_current(key, std::move(value), settings_.time_to_live, generation);
  }

  /// True when there was something to remove.
  bool erase(std::string_view key) {
    Pointer removed;
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    ++shard.generation;
    const auto found = shard.index.find(key);
    if (found == shard.index.end()) return false;
    removed = std::move(found->second->value);
    shard.remove(found);
    return true;
  }

  /// Removes every entry for which `predicate(key, value)` holds; visits all of them. `predicate` must not call back.
  template <typename Predicate>
  void erase_if(Predicate predicate) {
    for (Shard& shard : shards_) {
      const std::lock_guard lock(shard.mutex);
      ++shard.generation;
      for (auto entry = shard.entries.begin(); entry != shard.entries.end();) {
        const auto next = std::next(entry);
        if (predicate(std::string_view(entry->key), *entry->value)) shard.remove(shard.index.find(entry->key));
        entry = next;
      }
    }
  }

  void clear() {
    for (Shard& shard : shards_) {
      std::list<Entry> removed;
      const std::lock_guard lock(shard.mutex);
      ++shard.generation;
      shard.index.clear();
      removed.swap(shard.entries);
    }
  }

  /// Entries held, those included whose time is over but that nobody asked for since.
  std::size_t size() {
    std::size_t count = 0;
    for (Shard& shard : shards_) {
      const std::lock_guard lock(shard.mutex);
      count += shard.entries.size();
    }
    return count;
  }

 private:
  struct Entry {
    std::string key;
    Pointer value;
    std::chrono::steady_clock::time_point expires;
  };
  using Entries = std::list<Entry>;
  /// Its keys are views into the entries.
  using Index = std::unordered_map<std::string_view, typename Entries::iterator>;

  struct Shard {
    /// Guards all members.
    std::mutex mutex;
    /// Most recently used first.
    Entries entries;
    Index index;
    Generation generation = 0;

    void remove(typename Index::iterator found) {
      const auto entry = found->second;
      index.erase(found);
      entries.erase(entry);
    }
  };

  Shard& shard_of(std::string_view key) {
    if (shards_.size() == 1) return shards_.front();
    // The low bits choose the bucket inside the map; the high ones choose the shard.
    return shards_[(std::hash<std::string_view>{}(key) >> 48) % kShards];
  }

  bool store(std::string_view key, Pointer value, Duration time_to_live, const Generation* expected) {
    if (!value || time_to_live <= Duration::zero()) {
      erase(key);
      return false;
    }
    if (shard_capacity_ == 0) return false;
    const auto expires = clock_() + time_to_live;
    Entries pushed_out;
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    if (expected != nullptr && *expected != shard.generation) return false;
    const auto found = shard.index.find(key);
    if (found != shard.index.end()) {
      const auto entry = found->second;
      entry->value.swap(value);
      entry->expires = expires;
      shard.entries.splice(shard.entries.begin(), shard.entries, entry);
      return true;
    }
    if (shard.entries.size() >= shard_capacity_) {
      shard.index.erase(shard.entries.back().key);
      pushed_out.splice(pushed_out.begin(), shard.entries, std::prev(shard.entries.end()));
    }
    shard.entries.push_front(Entry{std::string(key), std::move(value), expires});
    shard.index.emplace(shard.entries.front().key, shard.entries.begin());
    return true;
  }

  const MemoryCacheSettings settings_;
  const Clock clock_;
  std::vector<Shard> shards_;
  const std::size_t shard_capacity_;
};

}  // namespace parse::cache
