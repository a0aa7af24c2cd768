#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/iso_date.h"

namespace parse::api {

/// Counts by key in windows of a fixed length; a window begins with the first hit of its key. Any thread. Holds at most
/// `capacity` keys: the oldest windows are given up first.
class RequestCounter {
 public:
  RequestCounter(std::chrono::milliseconds window, std::size_t capacity) : window_(window), capacity_(capacity) {}

  struct Count {
    /// This hit included.
    std::int64_t hits = 0;
    /// When the window ends.
    Milliseconds ends = 0;
  };
  Count hit(const std::string& key, Milliseconds now);

 private:
  struct Entry {
    std::string key;
    Count count;
  };

  const std::chrono::milliseconds window_;
  const std::size_t capacity_;
  /// Guards the members below.
  std::mutex mutex_;
  /// In the order in which the windows began, and so end.
  std::list<Entry> entries_;
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

}  // namespace parse::api
