#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "query/where.h"
#include "schema/class_schema.h"

namespace parse::storage::sql {

/// A field that finds would be cheaper with an index on.
struct IndexAdvice {
  std::string class_name;
  std::string field;
  friend auto operator<=>(const IndexAdvice&, const IndexAdvice&) = default;
};

/// The field of the conditions that all results satisfy by which an index narrows the search best; nullopt when none is
/// of use. Equality goes before lists, lists before ranges.
std::optional<IndexAdvice> best_index_field(const schema::ClassSchema& class_schema, const query::Where& where);

/// Watches what full scans cost and says when an index has become cheaper than more of them: when the rows read in vain
/// for one field are ten times those that one such scan reads, or twice within a second, which is load and not somebody
/// looking around; finds that still run count as much as the one that ended. Any thread.
class IndexAdvisor {
 public:
  /// While alive, finds that would gain from the index wait for it: scanning meanwhile would only take the processor
  /// from its making.
  class Making {
   public:
    Making(IndexAdvisor& advisor, const IndexAdvice& advice);
    ~Making();
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;

   private:
    IndexAdvisor& advisor_;
    const IndexAdvice& advice_;
  };

  /// While alive, a find runs that would gain from the index.
  class Running {
   public:
    Running(IndexAdvisor& advisor, const IndexAdvice& advice);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

   private:
    IndexAdvisor& advisor_;
    const IndexAdvice& advice_;
  };

  using Time = std::chrono::steady_clock::time_point;

  /// False once the index of `advice` was asked for, whatever became of it.
  bool is_open(const IndexAdvice& advice);
  /// A find that ended at `now` and is no longer Running read `wasted` rows that it did not return. True when the index
  /// should be made now; only one caller hears it.
  bool note(const IndexAdvice& advice, std::int64_t wasted, Time now);
  /// Some index is being made. Cheap enough to ask before each find.
  bool is_making() const { return making_count_.load(std::memory_order_relaxed) > 0; }
  /// Returns when the index of `advice` is not being made, or after `longest`.
  void wait_for_index(const IndexAdvice& advice, std::chrono::milliseconds longest);

 private:
  struct Waste {
    std::int64_t total = 0;
    std::int64_t recent = 0;  // without a pause
    Time last;
  };

  std::atomic<int> making_count_ = 0;
  std::mutex mutex_;  // guards what follows
  std::condition_variable made_;
  std::map<IndexAdvice, Waste> wasted_;
  std::set<IndexAdvice> given_;
  std::map<IndexAdvice, std::int64_t> running_;
  std::set<IndexAdvice> making_;
};

}  // namespace parse::storage::sql
