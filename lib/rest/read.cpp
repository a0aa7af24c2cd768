#include "rest/read.h"

#include <utility>

namespace parse::rest {

using object::Array;
using object::Object;
using object::Value;

Array read_objects(const Context& context, const FindPlan& plan) {
  object::ValueBuilder builder;
  builder.begin_array();
  context.storage.find(plan.schema(), plan.find(), builder);
  builder.end_array();
  Value rows = builder.take();
  Array& objects = *rows.get_if<Array>();
  if (plan.visibility().decides_by_object()) {
    for (Value& row : objects) plan.visibility().redact(*row.get_if<Object>());
  }
  return std::move(objects);
}

std::size_t play_objects(const Context& context, const FindPlan& plan, object::ValueSink& sink) {
  if (!plan.visibility().decides_by_object()) return context.storage.find(plan.schema(), plan.find(), sink);
  const Array objects = read_objects(context, plan);
  for (const Value& row : objects) object::emit_object(*row.get_if<Object>(), sink);
  return objects.size();
}

}  // namespace parse::rest
