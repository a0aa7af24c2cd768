#include "rest/aggregate.h"

#include <utility>

#include "rest/access.h"
#include "rest/denial.h"
#include "rest/query_limits.h"
#include "rest/schema_service.h"

namespace parse::rest {
namespace {

using object::Array;
using object::Object;
using object::Value;

void check_read_only(const Context& context) {
  if (!context.principal.is_read_only() || context.settings.allow_aggregation_for_read_only_master_key) return;
  throw denial(context.settings, ErrorCode::kOperationForbidden,
               "read-only masterKey isn't allowed to run aggregation pipelines.");
}

/// Internal columns never leave the server, whatever a stage called them.
void hide_internal_fields(Array& rows) {
  for (Value& row : rows) {
    Object* map = row.get_if<Object>();
    if (map == nullptr) continue;
    for (const auto& [name, value] : Object(*map)) {
      if (name.starts_with('_')) map->erase(name);
    }
  }
}

Array run(const Context& context, const schema::Schema& schema, const std::string& class_name,
          const query::AggregateParams& params) {
  if (params.distinct) {
    query::Find find;
    find.class_name = class_name;
    find.where = query::parse_where(params.where, where_context(context, schema, class_name));
    find.read_from = params.read_from;
    return context.storage.distinct(schema, find, *params.distinct);
  }
  Array rows = context.storage.aggregate(schema, class_name, params.pipeline);
  if (!params.raw_field_names && !params.raw_values) hide_internal_fields(rows);
  return rows;
}

Value explain(const Context& context, const schema::Schema& schema, const std::string& class_name,
              const query::AggregateParams& params) {
  query::Find find;
  find.class_name = class_name;
  find.where = query::split_leading_match(params.pipeline, where_context(context, schema, class_name)).where;
  find.hint = params.hint;
  find.read_from = params.read_from;
  return context.storage.explain(schema, find, *params.explain);
}

}  // namespace

void aggregate(const Context& context, const std::string& class_name, const query::AggregateParams& params,
               object::ValueSink& sink) {
  check_class_access(context, class_name, "find");
  check_read_only(context);
  for (const std::string& other : query::looked_up_classes(params.pipeline)) check_class_access(context, other, "find");
  const auto schema = context.schemas.snapshot();
  const Value results =
      params.explain ? explain(context, *schema, class_name, params) : Value(run(context, *schema, class_name, params));
  sink.begin_object();
  sink.key("results");
  if (const Array* rows = results.get_if<Array>(); rows != nullptr && !params.explain) {
    sink.begin_array();
    for (const Value& row : *rows) {
      const Object* map = row.get_if<Object>();
      map != nullptr ? object::emit_object(*map, sink) : object::emit(row, sink);
    }
    sink.end_array();
  } else {
    object::emit(results, sink);
  }
  sink.end_object();
}

}  // namespace parse::rest
