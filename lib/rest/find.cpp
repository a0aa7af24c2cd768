#include "rest/find.h"

#include <utility>

#include "base/error.h"
#include "query/find_options.h"
#include "query/redirect.h"
#include "query/where_parser.h"
#include "rest/access.h"
#include "rest/find_hooks.h"
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
  const query::WhereContext known = where_context(context, *schema, class_name);
  return has_find_hooks(context) ? query::parse_where(with_hooked_subqueries(context, where), known)
                                 : query::parse_where(where, known);
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

/// The rows that Cloud Code makes of what is found, or answers instead.
void play_hooked(const Context& context, const FindHooks& hooks, const Object& params, const ParsedFind& parsed,
                 object::ValueSink& sink) {
  Array rows;
  if (hooks.instead()) {
    rows = *hooks.instead();
  } else if (parsed.find.limit != 0) {
    rows = find_expanded(context, authorize_find(context, parsed.find, operation_of(parsed.find.where)), parsed);
  }
  rows = hooks.after(params, std::move(rows));
  if (parsed.params.redirect_key) add_class_name(rows, parsed.find.class_name);
  sink.begin_array();
  emit_rows(rows, sink);
  sink.end_array();
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

/// Reads one object with hooks, which may ask for another one; returns how many there were.
std::size_t get_hooked(const Context& context, FindHooks& hooks, const ObjectId& object, Object params,
                       object::ValueSink& sink) {
  query::parse_get_params(params);
  params.set("where", Object{{"objectId", object.id}});
  params = hooks.before(std::move(params));
  Array rows;
  if (hooks.instead()) {
    rows = *hooks.instead();
  } else {
    ParsedFind parsed = parse(context, object.class_name, query::parse_find_params(params, {1, std::nullopt}));
    parsed.find.limit = 1;
    rows = find_expanded(context, authorize_find(context, parsed.find, schema::Operation::kGet), parsed);
  }
  if (!rows.empty()) rows = hooks.after(params, std::move(rows));
  if (rows.size() > 1) rows.resize(1);
  emit_rows(rows, sink);
  return rows.size();
}

std::size_t get_plain(const Context& context, const ObjectId& object, const Object& params, object::ValueSink& sink) {
  ParsedFind parsed = parse(context, object.class_name, query::parse_get_params(params));
  parsed.find.where.conditions.push_back(query::FieldCondition{"objectId", query::Equal{object.id}});
  parsed.find.limit = 1;
  const FindPlan plan = authorize_find(context, parsed.find, schema::Operation::kGet);
  if (parsed.include.empty()) return play_objects(context, plan, sink);
  const Array rows = find_expanded(context, plan, parsed);
  emit_rows(rows, sink);
  return rows.size();
}

}  // namespace

void find(const Context& context, const std::string& class_name, const Object& params, object::ValueSink& sink) {
  check_class_access(context, class_name, "find");
  FindHooks hooks(context, class_name, false);
  const Object changed = hooks.any() ? hooks.before(params) : Object();
  const Object& asked = hooks.any() ? changed : params;
  query::FindParams find_params =
      query::parse_find_params(asked, {context.settings.default_limit, context.settings.max_limit});
  check_explain(context, find_params);
  const std::string target = query::redirected_class(*context.schemas.snapshot(), class_name, find_params.redirect_key);
  if (target != class_name) check_class_access(context, target, "find");
  check_class_exists(context, target);
  const ParsedFind parsed = parse(context, target, std::move(find_params));

  sink.begin_object();
  sink.key("results");
  if ((hooks.has_after() || hooks.instead()) && !parsed.params.explain)
    play_hooked(context, hooks, asked, parsed, sink);
  else
    play_results(context, parsed, sink);
  if (parsed.params.count && !hooks.instead()) play_count(context, parsed, sink);
  sink.end_object();
}

void get(const Context& context, const ObjectId& object, const Object& params, object::ValueSink& sink) {
  check_class_access(context, object.class_name, "get");
  check_class_exists(context, object.class_name);
  FindHooks hooks(context, object.class_name, true);
  const std::size_t found =
      hooks.any() ? get_hooked(context, hooks, object, params, sink) : get_plain(context, object, params, sink);
  if (found == 0) throw Error(ErrorCode::kObjectNotFound, "Object not found.");
}

}  // namespace parse::rest
