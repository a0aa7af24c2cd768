#pragma once

#include "object/value_sink.h"
#include "storage/sql/read_plan.h"
#include "storage/sqlite/statement.h"

namespace parse::storage::sqlite {

using sql::ColumnReader;
using sql::ReadPlan;

/// Plays the current row of `statement` as one object.
void play_row(const Statement& statement, const ReadPlan& plan, object::ValueSink& sink);
/// Builds the current row as an object.
object::Object read_row(const Statement& statement, const ReadPlan& plan);

}  // namespace parse::storage::sqlite
