#include "storage/sql/index_advisor.h"

#include "base/overloaded.h"
#include "base/worker_pool.h"
#include "storage/sql/columns.h"

namespace parse::storage::sql {
namespace {

using schema::FieldKind;

/// Scans of small tables are cheaper than an index that every write has to maintain.
constexpr std::int64_t kMinWasted = 40000;
/// Making an index costs about as much as a scan; from then on each write pays a little.
constexpr std::int64_t kScansWorthAnIndex = 10;
constexpr std::int64_t kScansThatAreLoad = 2;
constexpr std::chrono::seconds kPause{1};

/// 0: an index is of no use; more is better.
int rank_of(const query::Constraint& constraint) {
  return std::visit(overloaded{
                        [](const query::Equal& c) { return c.value.is_null() ? 0 : 3; },
                        [](const query::In&) { return 2; },
                        [](const query::Compare&) { return 1; },
                        [](const auto&) { return 0; },
                    },
                    constraint);
}

bool is_indexable(FieldKind kind) {
  return kind == FieldKind::kString || kind == FieldKind::kNumber || kind == FieldKind::kDate ||
         kind == FieldKind::kPointer;
}

}  // namespace

std::optional<IndexAdvice> best_index_field(const schema::ClassSchema& class_schema, const query::Where& where) {
  std::optional<IndexAdvice> best;
  int best_rank = 0;
  for (const query::Condition& condition : where.conditions) {
    const auto* test = std::get_if<query::FieldCondition>(&condition);
    const schema::Field* field = test ? class_schema.find_field(test->path) : nullptr;
    if (field == nullptr || !is_indexable(field->type.kind) || is_never_null(field->name)) continue;
    const int rank = rank_of(test->constraint);
    if (rank <= best_rank) continue;
    best_rank = rank;
    best = IndexAdvice{class_schema.name, field->name};
  }
  return best;
}

bool IndexAdvisor::is_open(const IndexAdvice& advice) {
  std::lock_guard lock(mutex_);
  return given_.count(advice) == 0;
}

bool IndexAdvisor::note(const IndexAdvice& advice, std::int64_t wasted, Time now) {
  std::lock_guard lock(mutex_);
  if (given_.count(advice) > 0) return false;
  Waste& waste = wasted_[advice];
  waste.total += wasted;
  waste.recent = now - waste.last < kPause ? waste.recent + wasted : wasted;
  waste.last = now;
  const auto others = running_.find(advice);
  const std::int64_t expected = others == running_.end() ? 0 : others->second * wasted;
  if (waste.total + expected < kMinWasted) return false;
  if (waste.total < kScansWorthAnIndex * wasted && waste.recent + expected < kScansThatAreLoad * wasted) return false;
  wasted_.erase(advice);
  given_.insert(advice);
  return true;
}

IndexAdvisor::Running::Running(IndexAdvisor& advisor, const IndexAdvice& advice) : advisor_(advisor), advice_(advice) {
  std::lock_guard lock(advisor_.mutex_);
  ++advisor_.running_[advice_];
}

IndexAdvisor::Running::~Running() {
  std::lock_guard lock(advisor_.mutex_);
  const auto running = advisor_.running_.find(advice_);
  if (--running->second == 0) advisor_.running_.erase(running);
}

IndexAdvisor::Making::Making(IndexAdvisor& advisor, const IndexAdvice& advice) : advisor_(advisor), advice_(advice) {
  std::lock_guard lock(advisor_.mutex_);
  advisor_.making_.insert(advice_);
  ++advisor_.making_count_;
}

IndexAdvisor::Making::~Making() {
  {
    std::lock_guard lock(advisor_.mutex_);
    advisor_.making_.erase(advice_);
    --advisor_.making_count_;
  }
  advisor_.made_.notify_all();
}

void IndexAdvisor::wait_for_index(const IndexAdvice& advice, std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  if (making_.count(advice) == 0) return;
  BlockingSection blocking;
  made_.wait_for(lock, longest, [&] { return making_.count(advice) == 0; });
}

}  // namespace parse::storage::sql
