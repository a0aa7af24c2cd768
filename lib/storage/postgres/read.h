#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "object/value_sink.h"
#include "query/pipeline.h"
#include "query/where.h"
#include "schema/class_schema.h"
#include "storage/postgres/connection.h"
#include "storage/sql/read_plan.h"

/// The reads of the contract on one connection; see storage/adapter.h.
namespace parse::storage::postgres {

/// What a find gave, no longer in need of the connection.
struct FoundRows {
  std::optional<Result> rows;  // absent: no such class
  std::shared_ptr<const sql::ReadPlan> plan;
  std::chrono::steady_clock::duration elapsed{};  // in the database
};
FoundRows find_rows(Connection& connection, const schema::Schema& schema, const query::Find& find);
/// Plays the rows into `sink`; returns how many.
std::size_t play_rows(const FoundRows& found, object::ValueSink& sink);

/// The objects of a find as they arrive, one after the other, until `take` returns false.
void for_each_object(Connection& connection, const schema::Schema& schema, const query::Find& find,
                     const std::function<bool(object::Object)>& take);
object::Array distinct_values(Connection& connection, const schema::Schema& schema, const query::Find& find,
                              const std::string& path);
object::Array aggregate_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                                const query::Pipeline& pipeline);
object::Value explain_find(Connection& connection, const schema::Schema& schema, const query::Find& find,
                           const std::string& level);

}  // namespace parse::storage::postgres
