#pragma once

#include <string>

#include "object/value.h"
#include "query/pipeline.h"
#include "query/pipeline_run.h"
#include "query/where.h"
#include "schema/class_schema.h"

/// Reads that go through all objects found, one after the other, in memory.
namespace parse::storage::sql {

using ScanObjects = query::ReadObjects;

/// Distinct values of a path; see Operations::distinct.
object::Array distinct_values(const query::Find& find, const std::string& path, const ScanObjects& scan);
/// A pipeline; see Operations::aggregate. A leading $match is left to the database.
object::Array aggregate_objects(const schema::Schema& schema, const std::string& class_name,
                                const query::Pipeline& pipeline, const ScanObjects& scan);

}  // namespace parse::storage::sql
