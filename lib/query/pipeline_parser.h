#pragma once

#include <optional>
#include <string>

#include "object/value.h"
#include "query/pipeline.h"
#include "query/where_parser.h"

namespace parse::query {

/// The parameters of GET /aggregate/C.
struct AggregateParams {
  /// Field whose different values are wanted; then `where` filters and the pipeline is not run.
  std::optional<std::string> distinct;
  /// As sent; null when absent. See parse_where.
  object::Value where;
  Pipeline pipeline;
  std::optional<std::string> hint;
  std::optional<std::string> explain;
  std::optional<std::string> comment;
  ReadPreference read_from = ReadPreference::kPrimary;
  /// Keep fields whose names begin with "_", and `_id` as it is.
  bool raw_field_names = false;
  bool raw_values = false;
};

/// Decodes the parameters of an aggregation: `pipeline` as a list of stages or as an object of them, or each stage as a
/// parameter of its own. Throws kInvalidQuery (102) for a stage with other than one key, one that does not start with
/// "$" or is not known, and a bad $group; kInvalidJson (107) for a `where` that is no JSON; kInvalidKeyName (105) for a
/// bad field in `distinct`. Source: parse-server AggregateRouter; REST guide, "Aggregate".
AggregateParams parse_aggregate_params(const object::Object& params);

/// A list of stages inside another stage. Checks only their form; running them checks the rest. Throws kInvalidQuery
/// (102).
Pipeline parse_inner_stages(const object::Value& list);
/// The classes that a pipeline reads by $lookup, also inside other stages.
std::vector<std::string> looked_up_classes(const Pipeline& pipeline);

/// The pipeline's $match stages at its front as one `where`, and the stages after them: a storage can let its own
/// query do the first part. A $match that only the pipeline understands ($expr) stays.
struct SplitPipeline {
  Where where;
  Pipeline rest;
};
SplitPipeline split_leading_match(const Pipeline& pipeline, const WhereContext& context);

/// A $match body as a `where`: MongoDB's own field names become Parse's (`_id` is objectId, `_p_x` is x), whatever
/// class the fields belong to. Throws what parse_where throws.
Where parse_match(const object::Value& body, const WhereContext& context);

/// "objectId" for "_id", "createdAt" for "_created_at", "x" for "_p_x"; also as first part of a dotted path.
std::string parse_field_name(std::string_view mongo_name);

}  // namespace parse::query
