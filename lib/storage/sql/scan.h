#pragma once

#include <functional>
#include <string>

#include "object/value.h"
#include "query/pipeline.h"
#include "query/where.h"
#include "schema/class_schema.h"

/// Reads that go through all objects found, one after the other, in memory.
namespace parse::storage::sql {

/// Plays the objects that a find gives, one after the other, until `take` returns false.
using ScanObjects = std::function<void(const query::Find& find, const std::function<bool(object::Object)>& take)>;

/// Distinct values of a path; see Operations::distinct.
object::Array distinct_values(const query::Find& find, const std::string& path, const ScanObjects& scan);
/// A pipeline; see Operations::aggregate. A leading $match is left to the database.
object::Array aggregate_objects(const schema::Schema& schema, const std::string& class_name,
                                const query::Pipeline& pipeline, const ScanObjects& scan);

}  // namespace parse::storage::sql
