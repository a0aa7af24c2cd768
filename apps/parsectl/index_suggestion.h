#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "object/value.h"

namespace parse::ctl {

/// An index that would serve queries that were asked.
struct IndexSuggestion {
  std::string class_name = {};
  /// Fields with 1 or -1, in order.
  std::vector<std::pair<std::string, int>> keys = {};
  /// The shapes served, as GET /queryStats has them.
  object::Array shapes = {};
  std::int64_t count = 0;
  double total_ms = 0;
  /// Rows that these queries looked at, each on average; absent when the server knows it of none.
  std::optional<double> examined_per_query = std::nullopt;

  /// `{"player":1,"createdAt":-1}`
  object::Object key_object() const;
  /// "player, -createdAt"
  std::string fields_text() const;
};

/// Which indexes would serve the shapes of GET /queryStats that no index of GET /schemas serves: fields compared for
/// equality come first, then the first field of the order, else one with a range. One index for all shapes that it
/// serves; the dearest shapes first. Shapes asked fewer than `least_count` times, conditions inside $or, dotted paths,
/// types that no plain index serves, and shapes that read hardly more rows than they give are left out. Pure.
std::vector<IndexSuggestion> suggest_indexes(const object::Array& shapes, const object::Array& schemas,
                                             std::int64_t least_count);

}  // namespace parse::ctl
