#pragma once

#include <string>

#include "object/value_sink.h"
#include "query/pipeline_parser.h"
#include "rest/context.h"

namespace parse::rest {

/// Runs an aggregation or a distinct and plays `{"results":[…]}` into `sink`. The caller must have used a master key;
/// the read-only one may be shut out by allowAggregationForReadOnlyMasterKey. Errors: 102, 105, 107, 119.
/// Source: REST guide, "Aggregate"; parse-server AggregateRouter.
void aggregate(const Context& context, const std::string& class_name, const query::AggregateParams& params,
               object::ValueSink& sink);

}  // namespace parse::rest
