#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "transfer/source.h"

namespace parse::transfer {

/// The rows of a class, or of the join table of a relation.
struct PagesRequest {
  std::string class_name;
  /// What key_of gave for the last row that is not wanted again; empty: from the first on.
  std::string after = {};
  /// Rows of one page, at most; fewer when they are long.
  std::int64_t limit = 1000;
};

/// Rows that were read, for the taker to keep; what it throws ends the reading.
using TakeRows = std::function<void(object::Array&&)>;

/// Hands out all rows in the order of their keys. Rows that the Node server keeps without ids or times have got some.
/// Memory holds one page of them. Errors: Interrupted, once `is_stopped` is true; those of Source.
void for_each_page(Source& source, const PagesRequest& request, const std::atomic<bool>& is_stopped,
                   const TakeRows& take);

/// What a row of the class has for itself: its objectId, or both ends of a membership with a line end between.
std::string key_of(const std::string& class_name, const object::Object& row);
/// A key as people read it: "owner -> member" of a membership.
std::string shown_key(const std::string& key);

}  // namespace parse::transfer
