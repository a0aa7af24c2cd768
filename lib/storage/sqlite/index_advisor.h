#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "query/where.h"
#include "schema/class_schema.h"
#include "storage/sqlite/connection.h"

namespace parse::storage::sqlite {

/// A field that finds would be cheaper with an index on.
struct IndexAdvice {
  std::string class_name;
  std::string field;
  friend auto operator<=>(const IndexAdvice&, const IndexAdvice&) = default;
};

/// The field of the conditions that all results satisfy by which an index narrows the search best; nullopt when none is
/// of use. Equality goes before lists, lists before ranges.
std::optional<IndexAdvice> best_index_field(const schema::ClassSchema& class_schema, const query::Where& where);

/// Watches what full scans cost and says when an index has become cheaper than another round of them: once the rows
/// read in vain for one field are ten times those that one such scan reads. Any thread.
class IndexAdvisor {
 public:
  /// A find read `wasted` rows that it did not return. True when the index should be made now; only one caller hears
  /// it.
  bool note(const IndexAdvice& advice, std::int64_t wasted);

 private:
  std::mutex mutex_;  // guards what follows
  std::map<IndexAdvice, std::int64_t> wasted_;
  std::set<IndexAdvice> given_;
};

/// Makes the index of the advice, and drops it again when the field has too few different values for it to help.
void make_advised_index(Connection& connection, const IndexAdvice& advice);

}  // namespace parse::storage::sqlite
