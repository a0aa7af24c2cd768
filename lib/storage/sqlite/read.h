#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "object/value_sink.h"
#include "query/pipeline.h"
#include "query/where.h"
#include "schema/class_schema.h"
#include "storage/sqlite/connection.h"

/// The reads of the contract on one connection; see storage/adapter.h.
namespace parse::storage::sqlite {

/// What a find cost beyond its results.
struct FindCost {
  std::size_t rows = 0;
  /// Rows that full scans went through.
  std::int64_t scanned = 0;
  /// It was impatient and stopped before it found anything: the sink has got nothing.
  bool gave_up = false;
};
enum class Patience {
  kLong,
  /// Stop when the first result takes more than some 10 ms.
  kShort,
};
FindCost find_objects(Connection& connection, const schema::Schema& schema, const query::Find& find,
                      object::ValueSink& sink, Patience patience = Patience::kLong);
/// As find_objects, one Object after the other, until `take` returns false.
void for_each_object(Connection& connection, const schema::Schema& schema, const query::Find& find,
                     const std::function<bool(object::Object)>& take);
std::int64_t count_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                           const query::Where& where);
/// Names what is counted, values included; nullopt when the count depends on other classes, or on a test that has no
/// name.
std::optional<std::string> count_key(const schema::Schema& schema, const std::string& class_name,
                                     const query::Where& where);
object::Array distinct_values(Connection& connection, const schema::Schema& schema, const query::Find& find,
                              const std::string& path);
object::Array aggregate_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                                const query::Pipeline& pipeline);
object::Value explain_find(Connection& connection, const schema::Schema& schema, const query::Find& find);

}  // namespace parse::storage::sqlite
