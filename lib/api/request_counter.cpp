#include "api/request_counter.h"

namespace parse::api {

RequestCounter::Count RequestCounter::hit(const std::string& key, Milliseconds now) {
  const std::lock_guard lock(mutex_);
  const auto drop_oldest = [&] {
    by_key_.erase(entries_.front().key);
    entries_.pop_front();
  };
  while (!entries_.empty() && entries_.front().count.ends <= now) drop_oldest();
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    Count& count = found->second->count;
    ++count.hits;
    return count;
  }
  if (entries_.size() >= capacity_) drop_oldest();
  entries_.push_back({key, {1, now + window_.count()}});
  by_key_.emplace(entries_.back().key, std::prev(entries_.end()));
  return entries_.back().count;
}

}  // namespace parse::api
