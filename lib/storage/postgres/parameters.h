#pragma once

#include <vector>

#include "storage/sql/sql_text.h"

namespace parse::storage::postgres {

/// Values as libpq takes them: as text, whose type PostgreSQL finds from where the value stands. Borrows from `values`.
class Parameters {
 public:
  /// Throws kInvalidJson (107) for a text that holds U+0000, which PostgreSQL cannot store.
  explicit Parameters(const std::vector<sql::SqlValue>& values);

  int count() const { return static_cast<int>(pointers_.size()); }
  const char* const* values() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

/// `{"a","b"}`: a list of texts as one value, for `= ANY($1)`.
std::string array_literal(const std::vector<std::string>& texts);

}  // namespace parse::storage::postgres
