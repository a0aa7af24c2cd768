#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "object/value.h"
#include "query/pipeline.h"
#include "schema/class_schema.h"

namespace parse::query {

/// Throws kInvalidQuery (102) for a stage that is not known or whose body it cannot work with, kInvalidKeyName (105)
/// for a bad field name.
void check_stage(std::string_view name, const object::Value& body);

/// Plays the objects that a find gives, one after the other, until `take` returns false.
using ReadObjects = std::function<void(const Find& find, const std::function<bool(object::Object)>& take)>;

/// What the stages read besides the rows.
struct PipelineContext {
  const schema::Schema& schema;
  /// The class the rows come from.
  std::string class_name;
  /// "now" in $relativeTime.
  Milliseconds now = 0;
  /// Chooses what $sample takes.
  std::uint64_t seed = 0;
  /// Reads other classes for $lookup; called from `finish` only, when the rows have been read.
  ReadObjects read = {};
  /// How many pipelines this one is inside of.
  int depth = 0;
};

/// Runs a pipeline over rows as they come from a storage that has no pipelines of its own. Stages that can, let rows
/// through one by one. One thread. Source: MongoDB manual, "Aggregation Pipeline Stages".
class PipelineRun {
 public:
  /// Throws as check_stage, and for a bad $match what parse_where throws.
  PipelineRun(const Pipeline& pipeline, const PipelineContext& context);
  ~PipelineRun();
  PipelineRun(const PipelineRun&) = delete;
  PipelineRun& operator=(const PipelineRun&) = delete;

  /// Takes the next row: an object as Operations::find gives it. False when no more rows are needed.
  /// Throws kInvalidQuery (102) when an expression cannot work on the row.
  bool push(object::Object row);
  /// The results, after the last row; `_id` of a $group is their objectId.
  object::Array finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parse::query
