#include "storage/query_stats.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <utility>

namespace parse::storage {
namespace {

double milliseconds(QueryStats::Duration duration) {
  return static_cast<double>(std::chrono::duration_cast<std::chrono::microseconds>(duration).count()) / 1000;
}

/// Each thread has a part for itself as far as there are enough: on one that many write to, they would wait for each
/// other at every query.
std::size_t own_part() {
  static std::atomic<std::size_t> next = 0;
  thread_local const std::size_t own = next.fetch_add(1, std::memory_order_relaxed);
  return own;
}

}  // namespace

QueryStats::Entry& QueryStats::entry_of(Part& part, std::string key, const query::Asked& asked) {
  if (const auto found = part.entries.find(key); found != part.entries.end()) return found->second;
  if (part.entries.size() >= kMostInPart) {
    part.entries.erase(std::ranges::min_element(part.entries, {}, [](const auto& each) { return each.second.total; }));
  }
  Entry& entry = part.entries[std::move(key)];
  entry.shape = query::shape_of(asked);
  return entry;
}

void QueryStats::record(const query::Asked& asked, const Cost& cost) {
  Part& part = parts_[own_part() % kParts];
  const std::lock_guard lock(part.mutex);
  Entry& entry = entry_of(part, query::shape_key(asked), asked);
  ++entry.count;
  entry.total += cost.elapsed;
  entry.longest = std::max(entry.longest, cost.elapsed);
  entry.rows += static_cast<std::int64_t>(cost.rows);
  entry.examined += cost.examined.value_or(0);
  entry.examined_count += cost.examined ? 1 : 0;
}

object::Array QueryStats::report() const {
  std::unordered_map<std::string, Entry> together;
  for (const Part& part : parts_) {
    const std::lock_guard lock(part.mutex);
    for (const auto& [key, entry] : part.entries) {
      const auto [place, is_first] = together.try_emplace(key, entry);
      if (is_first) continue;
      place->second.count += entry.count;
      place->second.total += entry.total;
      place->second.longest = std::max(place->second.longest, entry.longest);
      place->second.rows += entry.rows;
      place->second.examined += entry.examined;
      place->second.examined_count += entry.examined_count;
    }
  }
  std::vector<Entry> entries;
  for (auto& [key, entry] : together) entries.push_back(std::move(entry));
  std::ranges::sort(entries, std::greater<>(), &Entry::total);
  object::Array report;
  for (Entry& entry : entries) {
    entry.shape.append("count", entry.count);
    entry.shape.append("totalMs", milliseconds(entry.total));
    entry.shape.append("maxMs", milliseconds(entry.longest));
    entry.shape.append("rows", entry.rows);
    if (entry.examined_count > 0) {
      entry.shape.append("examined", entry.examined);
      entry.shape.append("examinedCount", entry.examined_count);
    }
    report.emplace_back(std::move(entry.shape));
  }
  return report;
}

void QueryStats::clear() {
  for (Part& part : parts_) {
    const std::lock_guard lock(part.mutex);
    part.entries.clear();
  }
}

}  // namespace parse::storage
