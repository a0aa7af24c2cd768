#include "query/pipeline_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "query/pipeline_steps.h"

namespace parse::query {
namespace {

using object::Array;
using object::Object;
using object::Value;

struct Row {
  std::string_view name;
  StepPtr (*make)(const Value&, const PipelineContext&);
  /// The rows it hands on are no longer objects of the class.
  bool reshapes;
};
constexpr std::array<Row, 13> kStages{{
    {"$match", make_match, false},
    {"$group", make_group, true},
    {"$project", make_project, true},
    {"$addFields", make_add_fields, false},
    {"$set", make_add_fields, false},
    {"$unwind", make_unwind, false},
    {"$sort", make_sort, false},
    {"$limit", make_limit, false},
    {"$skip", make_skip, false},
    {"$count", make_count, true},
    {"$sample", make_sample, false},
    {"$lookup", make_lookup, false},
    {"$facet", make_facet, true},
}};

const Row& find_stage(std::string_view name) {
  const auto row = std::find_if(kStages.begin(), kStages.end(), [&](const Row& r) { return r.name == name; });
  if (row == kStages.end()) fail_stage(fmt::format("Unrecognized pipeline stage name: '{}'", name));
  return *row;
}

/// The end of the chain.
class Collect final : public Step {
 public:
  bool push(Object row) override {
    rows_.emplace_back(std::move(row));
    return true;
  }
  Array take() { return std::move(rows_); }

 private:
  Array rows_;
};

}  // namespace

struct PipelineRun::Impl {
  std::vector<StepPtr> steps;
  Collect collect;
};

PipelineRun::PipelineRun(const Pipeline& pipeline, const PipelineContext& context) : impl_(std::make_unique<Impl>()) {
  PipelineContext inner = context;
  for (const Stage& stage : pipeline.stages) {
    const Row& row = find_stage(stage.name);
    impl_->steps.push_back(row.make(stage.body, inner));
    if (row.reshapes) inner.class_name.clear();
  }
  for (std::size_t i = 0; i < impl_->steps.size(); ++i) {
    const bool is_last = i + 1 == impl_->steps.size();
    impl_->steps[i]->set_next(is_last ? static_cast<Step&>(impl_->collect) : *impl_->steps[i + 1]);
  }
}

PipelineRun::~PipelineRun() = default;

bool PipelineRun::push(Object row) {
  return impl_->steps.empty() ? impl_->collect.push(std::move(row)) : impl_->steps.front()->push(std::move(row));
}

Array PipelineRun::finish() {
  for (const StepPtr& step : impl_->steps) step->finish();
  return impl_->collect.take();
}

void check_stage(std::string_view name, const Value& body) {
  const Row& row = find_stage(name);
  const schema::Schema none;
  row.make(body, PipelineContext{none, "", 0, 0, {}, 0});
}

void fail_stage(std::string message) { throw Error(ErrorCode::kInvalidQuery, std::move(message)); }

const Object& stage_object(std::string_view stage, const Value& body) {
  const Object* map = body.get_if<Object>();
  if (map == nullptr) fail_stage(fmt::format("{} specification must be an object", stage));
  return *map;
}

}  // namespace parse::query
