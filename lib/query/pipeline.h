#pragma once

#include <string>
#include <vector>

#include "object/value.h"
#include "query/where.h"

namespace parse::query {

/// One stage of an aggregation: `{"$match":{…}}` is name "$match" and its body.
struct Stage {
  std::string name;
  object::Value body;
};

/// A checked aggregation pipeline. Source: parse-server AggregateRouter; REST guide, "Aggregate".
struct Pipeline {
  std::vector<Stage> stages;
  ReadPreference read_from = ReadPreference::kPrimary;
};

}  // namespace parse::query
