#include "rest/find.h"

#include <utility>

#include "base/error.h"
#include "query/find_options.h"
#include "query/redirect.h"
#include "query/where_parser.h"
#include "rest/access.h"
#include "rest/include.h"
#include "rest/query_limits.h"
#include "rest/read.h"
#include "rest/schema_service.h"

namespace parse::rest {
namespace {

using object::Array;
using object::Object;
using object::Value;

/// A query on its way through the pipeline: parsed, not yet authorised.
struct ParsedFind {
  query::Find find;
  query::FindParams params;
  std::vector<std::string> include;
};

query::Where read_where(const Context& context, const std::string& class_name, const Value& where) {
  const auto schema = context.schemas.snapshot();
  return query::parse_where(where, where_context(context, *schema, class_name));
}

ParsedFind parse(const Context& context, const std::string& class_name, query::FindParams params) {
  const auto schema = context.schemas.snapshot();
  const schema::ClassSchema* class_schema = schema->find(class_name);
  query::Projection projection = query::make_projection(params, class_schema);
  check_include_limits(context, projection.include);
  ParsedFind parsed;
  parsed.find.class_name = class_name;
  parsed.find.where = read_where(context, class_name, params.where);
  parsed.find.order = query::parse_order(params.order, class_name, class_schema);
  parsed.find.keys = std::move(projection.keys);
  parsed.find.with_text_score = projection.with_text_score;
  parsed.find.skip = params.skip;
  parsed.find.limit = params.limit;
  parsed.find.hint = params.hint;
  parsed.find.comment = params.comment;
  parsed.find.read_from = query::read_preference(params, parsed.find.where);
  parsed.include = std::move(projection.include);
  parsed.params = std::move(params);
  return parsed;
}

void check_explain(const Context& context, const query::FindParams& params) {
  if (!params.explain || context.principal.is_master() || context.settings.allow_public_explain) return;
  throw Error(ErrorCode::kInvalidQuery, "Using the explain query parameter requires the master key");
}

/// Finds into values, expands what was asked for, and returns the rows.
Array find_expanded(const Context& context, const FindPlan& plan, const ParsedFind& parsed) {
  Array results = read_objects(context, plan);
  expand_includes(context, parsed.params, parsed.include, results);
  return results;
}

void emit_rows(const Array& rows, object::ValueSink& sink) {
  for (const Value& row : rows) object::emit_object(*row.get_if<Object>(), sink);
}

/// Adds `className` to each row: what a redirected query answers.
void add_class_name(Array& rows, const std::string& class_name) {
  for (Value& row : rows) row.get_if<Object>()->set("className", class_name);
}

void play_rows(const Context& context, const FindPlan& plan, const ParsedFind& parsed, object::ValueSink& sink) {
  if (parsed.include.empty() && !parsed.params.redirect_key) {
    play_objects(context, plan, sink);
    return;
  }
  Array rows = find_expanded(context, plan, parsed);
  if (parsed.params.redirect_key) add_class_name(rows, parsed.find.class_name);
  emit_rows(rows, sink);
}

/// With a limit of 0 nothing is read, and no right to read is needed.
void play_results(const Context& context, const ParsedFind& parsed, object::ValueSink& sink) {
  const auto plan = [&] { return authorize_find(context, parsed.find, operation_of(parsed.find.where)); };
  if (parsed.params.explain) {
    const FindPlan allowed = plan();
    object::emit(context.storage.explain(allowed.schema(), allowed.find(), *parsed.params.explain), sink);
    return;
  }
  sink.begin_array();
  if (parsed.find.limit != 0) play_rows(context, plan(), parsed, sink);
  sink.end_array();
}

void play_count(const Context& context, const ParsedFind& parsed, object::ValueSink& sink) {
  const FindPlan plan = authorize_find(context, parsed.find, schema::Operation::kCount);
  sink.key("count");
  sink.integer(context.storage.count(plan.schema(), plan.find().class_name, plan.find().where, plan.find().read_from));
}

}  // namespace

void find(const Context& context, const std::string& class_name, const Object& params, object::ValueSink& sink) {
  check_class_access(context, class_name, "find");
  query::FindParams find_params =
      query::parse_find_params(params, {context.settings.default_limit, context.settings.max_limit});
  check_explain(context, find_params);
  const std::string target = query::redirected_class(*context.schemas.snapshot(), class_name, find_params.redirect_key);
  if (target != class_name) check_class_access(context, target, "find");
  check_class_exists(context, target);
  const ParsedFind parsed = parse(context, target, std::move(find_params));

  sink.begin_object();
  sink.key("results");
  play_results(context, parsed, sink);
  if (parsed.params.count) play_count(context, parsed, sink);
  sink.end_object();
}

void get(const Context& context, const ObjectId& object, const Object& params, object::ValueSink& sink) {
  check_class_access(context, object.class_name, "get");
  check_class_exists(context, object.class_name);
  ParsedFind parsed = parse(context, object.class_name, query::parse_get_params(params));
  parsed.find.where.conditions.push_back(query::FieldCondition{"objectId", query::Equal{object.id}});
  parsed.find.limit = 1;
  const FindPlan plan = authorize_find(context, parsed.find, schema::Operation::kGet);
  std::size_t found = 0;
  if (parsed.include.empty()) {
    found = play_objects(context, plan, sink);
  } else {
    const Array rows = find_expanded(context, plan, parsed);
    found = rows.size();
    emit_rows(rows, sink);
  }
  if (found == 0) throw Error(ErrorCode::kObjectNotFound, "Object not found.");
}

}  // namespace parse::rest
