#pragma once

#include "object/value_sink.h"
#include "storage/postgres/result.h"
#include "storage/sql/read_plan.h"

namespace parse::storage::postgres {

/// Plays row `row` as one object.
void play_row(const Result& result, int row, const sql::ReadPlan& plan, object::ValueSink& sink);
/// Builds row `row` as an object.
object::Object read_row(const Result& result, int row, const sql::ReadPlan& plan);

}  // namespace parse::storage::postgres
