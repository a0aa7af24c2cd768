#include "api/parallel.h"

#include <algorithm>
#include <atomic>
#include <memory>

namespace parse::api {
namespace {

/// More threads than this for one request would starve the others.
constexpr std::size_t kMaxHelpers = 15;

/// Shared with the helpers, which may start after the caller has gone.
struct Progress {
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> done{0};
  std::size_t count = 0;
};

/// Works on items until none is left. `work` is only touched while an item is claimed: then the caller still waits.
void take_items(Progress& progress, const std::function<void(std::size_t)>& work) {
  for (std::size_t i = progress.next++; i < progress.count; i = progress.next++) {
    work(i);
    if (++progress.done == progress.count) progress.done.notify_all();
  }
}

}  // namespace

void for_each_in_parallel(WorkerPool& pool, std::size_t count, const std::function<void(std::size_t)>& work) {
  const auto progress = std::make_shared<Progress>();
  progress->count = count;
  const std::size_t helpers = count > 1 ? std::min(count - 1, kMaxHelpers) : 0;
  for (std::size_t i = 0; i < helpers; ++i) {
    if (!pool.try_post([progress, &work] { take_items(*progress, work); })) break;
  }
  take_items(*progress, work);
  std::size_t done = progress->done.load();
  if (done == count) return;
  const BlockingSection waiting;
  for (; done < count; done = progress->done.load()) progress->done.wait(done);
}

}  // namespace parse::api
