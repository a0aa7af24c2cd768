#pragma once

#include <cstdint>
#include <string>

#include "object/value_sink.h"
#include "query/pipeline.h"
#include "query/where.h"
#include "schema/class_schema.h"
#include "storage/sqlite/connection.h"

/// The reads of the contract on one connection; see storage/adapter.h.
namespace parse::storage::sqlite {

std::size_t find_objects(Connection& connection, const schema::Schema& schema, const query::Find& find,
                         object::ValueSink& sink);
std::int64_t count_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                           const query::Where& where);
object::Array distinct_values(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                              const std::string& path, const query::Where& where);
object::Array aggregate_objects(Connection& connection, const schema::Schema& schema, const std::string& class_name,
                                const query::Pipeline& pipeline);
object::Value explain_find(Connection& connection, const schema::Schema& schema, const query::Find& find);

}  // namespace parse::storage::sqlite
