#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace parse::storage::sqlite {

/// Counts that are still true: each is kept until the next write to its class. Exact, because a writer forgets the
/// class's counts after its commit and before its caller hears of it. Any thread.
class CountCache {
 public:
  /// The state of a class that a count is valid for. Take it before counting.
  std::uint64_t version(const std::string& class_name);
  std::optional<std::int64_t> find(const std::string& class_name, const std::string& key);
  /// Keeps a count, unless the class has changed since `version`.
  void keep(const std::string& class_name, const std::string& key, std::uint64_t version, std::int64_t count);
  /// The class has changed.
  void forget(const std::string& class_name);

 private:
  struct Counts {
    std::uint64_t version = 0;
    std::unordered_map<std::string, std::int64_t> by_key;
  };
  std::mutex mutex_;  // guards classes_
  std::unordered_map<std::string, Counts> classes_;
};

}  // namespace parse::storage::sqlite
