#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "object/value.h"
#include "query/shape.h"

namespace parse::storage {

/// What the queries of this process asked, by shape, and what they cost. Bounded: of more than some thousand shapes,
/// those that cost least are forgotten. Any thread.
class QueryStats {
 public:
  using Duration = std::chrono::steady_clock::duration;

  /// What one query took.
  struct Cost {
    Duration elapsed{};
    /// Those that it gave.
    std::size_t rows = 0;
    /// Those that it looked at, when the storage knows.
    std::optional<std::int64_t> examined = std::nullopt;
  };
  void record(const query::Asked& asked, const Cost& cost);

  /// The dearest first: query::shape_of and `{"count":…, "totalMs":…, "maxMs":…, "rows":…}`; when the rows that were
  /// examined are known of some of the queries, `"examined":…` and of how many, `"examinedCount":…`.
  object::Array report() const;
  void clear();

 private:
  struct Entry {
    object::Object shape;
    std::int64_t count = 0;
    Duration total{};
    Duration longest{};
    std::int64_t rows = 0;
    std::int64_t examined = 0;
    std::int64_t examined_count = 0;
  };
  /// Threads seldom meet in one part.
  struct Part {
    mutable std::mutex mutex;  // guards entries
    std::unordered_map<std::string, Entry> entries;
  };
  static Entry& entry_of(Part& part, std::string key, const query::Asked& asked);

  static constexpr std::size_t kParts = 16;
  static constexpr std::size_t kMostInPart = 128;
  std::array<Part, kParts> parts_;
};

}  // namespace parse::storage
