#pragma once

#include <memory>
#include <string>

#include "object/value.h"
#include "query/pipeline_run.h"

/// Shared by the files that implement pipeline stages; not for use outside lib/query.
namespace parse::query {

/// One stage at work: takes rows, hands what it makes of them to the next.
class Step {
 public:
  virtual ~Step() = default;
  /// False when this step and those after it need no more rows.
  virtual bool push(object::Object row) = 0;
  /// No more rows come: hands on what was held back. Does not finish the next step.
  virtual void finish() {}
  void set_next(Step& next) { next_ = &next; }

 protected:
  bool pass(object::Object row) { return next_->push(std::move(row)); }

 private:
  Step* next_ = nullptr;
};
using StepPtr = std::unique_ptr<Step>;

// Each makes the step of one stage from its body; throws as check_stage. `context.class_name` is empty once the rows no
// longer look like the class.
StepPtr make_match(const object::Value& body, const PipelineContext& context);
StepPtr make_group(const object::Value& body, const PipelineContext& context);
StepPtr make_project(const object::Value& body, const PipelineContext& context);
StepPtr make_add_fields(const object::Value& body, const PipelineContext& context);
StepPtr make_unwind(const object::Value& body, const PipelineContext& context);
StepPtr make_sort(const object::Value& body, const PipelineContext& context);
StepPtr make_limit(const object::Value& body, const PipelineContext& context);
StepPtr make_skip(const object::Value& body, const PipelineContext& context);
StepPtr make_count(const object::Value& body, const PipelineContext& context);
StepPtr make_sample(const object::Value& body, const PipelineContext& context);
StepPtr make_lookup(const object::Value& body, const PipelineContext& context);
StepPtr make_facet(const object::Value& body, const PipelineContext& context);

/// The context of a pipeline inside a stage; throws kInvalidQuery (102) when there are too many inside each other.
PipelineContext inner_context(const PipelineContext& context);
/// Throws unless the text can be the path of a field.
void check_path(std::string_view stage, const std::string& path);
/// Takes out the internal columns, which must not come to light inside another row.
void erase_internal_fields(object::Object& row);

/// Throws kInvalidQuery (102).
[[noreturn]] void fail_stage(std::string message);
/// The body as an object; throws kInvalidQuery (102) naming the stage otherwise.
const object::Object& stage_object(std::string_view stage, const object::Value& body);

}  // namespace parse::query
