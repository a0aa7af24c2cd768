#include "query/pipeline_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "object/json.h"
#include "query/find_options.h"
#include "query/js_text.h"
#include "query/pipeline_run.h"
#include "query/where_scope.h"

namespace parse::query {
namespace {

using object::Array;
using object::Object;
using object::Value;

[[noreturn]] void fail(std::string message) { throw Error(ErrorCode::kInvalidQuery, std::move(message)); }

/// Parameters that are no stages.
constexpr std::array<std::string_view, 9> kOtherParams{
    "distinct", "where", "hint", "explain", "comment", "readPreference", "rawValues", "rawFieldNames", "pipeline"};

bool is_other_param(std::string_view name) {
  return std::find(kOtherParams.begin(), kOtherParams.end(), name) != kOtherParams.end();
}

void check_group(const Value& body) {
  const Object* group = body.get_if<Object>();
  if (group != nullptr && group->contains("objectId")) fail("Cannot use 'objectId' in aggregation stage $group.");
  if (group == nullptr || !group->contains("_id")) fail("Invalid parameter for query: group. Missing key _id");
}

Stage read_inner_stage(const std::string& name, const Value& body) {
  if (!name.starts_with('$')) fail(fmt::format("Invalid aggregate stage '{}'.", name));
  if (name == "$group") check_group(body);
  return {name, body};
}

Stage read_stage(const std::string& name, const Value& body) {
  Stage stage = read_inner_stage(name, body);
  check_stage(name, body);
  return stage;
}

/// The keys that JavaScript sees in a stage that is no object: the indexes of a text or list, else none.
std::vector<std::string> index_keys(const Value& stage) {
  std::size_t count = 0;
  if (const auto* text = stage.get_if<std::string>()) count = text->size();
  if (const auto* list = stage.get_if<Array>()) count = list->size();
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 16); ++i) keys.push_back(std::to_string(i));
  return keys;
}

[[noreturn]] void fail_keys(const std::vector<std::string>& keys) {
  fail(fmt::format("Pipeline stages should only have one key but found {}.", fmt::join(keys, ", ")));
}

Stage read_list_stage(const Value& element, Stage (*read)(const std::string&, const Value&)) {
  if (const Object* stage = element.get_if<Object>()) {
    if (stage->size() == 1) return read(stage->begin()->key, stage->begin()->value);
    std::vector<std::string> keys;
    for (const auto& member : *stage) keys.push_back(member.key);
    fail_keys(keys);
  }
  const std::vector<std::string> keys = index_keys(element);
  if (keys.size() == 1) fail("Invalid aggregate stage '0'.");
  fail_keys(keys);
}

Pipeline read_pipeline(const Object& params) {
  Pipeline pipeline;
  const Value* given = params.find("pipeline");
  if (given != nullptr && given->truthy()) {
    if (const Array* list = given->get_if<Array>()) {
      for (const Value& element : *list) pipeline.stages.push_back(read_list_stage(element, read_stage));
    } else if (const Object* stages = given->get_if<Object>()) {
      for (const auto& [name, body] : *stages) pipeline.stages.push_back(read_stage(name, body));
    } else {
      fail("pipeline must be an array or an object of stages.");
    }
    return pipeline;
  }
  for (const auto& [name, body] : params) {
    if (!is_other_param(name)) pipeline.stages.push_back(read_stage(name, body));
  }
  return pipeline;
}

void check_distinct(std::string_view field) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  const bool starts_well = allowed(field.front()) && field.front() > '9' && field.front() != '_';
  if (!starts_well || !std::all_of(field.begin(), field.end(), allowed))
    throw Error(ErrorCode::kInvalidKeyName, fmt::format("Invalid field name: {}", field));
}

bool read_flag(const Object& params, std::string_view name) {
  const Value* value = params.find(name);
  return value != nullptr && value->is<bool>() && value->truthy();
}

/// hint, explain, comment and where mean what they mean in a find.
FindParams read_common(const Object& params) {
  Object common;
  for (const char* name : {"where", "hint", "explain", "comment", "readPreference"}) {
    if (const Value* value = params.find(name)) common.append(name, *value);
  }
  return parse_find_params(common, {});
}

}  // namespace

AggregateParams parse_aggregate_params(const Object& params) {
  AggregateParams aggregate;
  const Value* distinct = params.find("distinct");
  if (distinct != nullptr && distinct->truthy()) {
    aggregate.distinct = parse_field_name(js_string(*distinct));
    check_distinct(*aggregate.distinct);
  }
  FindParams common = read_common(params);
  aggregate.where = std::move(common.where);
  aggregate.hint = std::move(common.hint);
  aggregate.explain = std::move(common.explain);
  aggregate.comment = std::move(common.comment);
  aggregate.raw_values = read_flag(params, "rawValues");
  aggregate.raw_field_names = read_flag(params, "rawFieldNames");
  aggregate.pipeline = read_pipeline(params);
  aggregate.read_from = common.read_from.value_or(ReadPreference::kPrimary);
  aggregate.pipeline.read_from = aggregate.read_from;
  return aggregate;
}

Pipeline parse_inner_stages(const Value& list) {
  const Array* stages = list.get_if<Array>();
  if (stages == nullptr) fail("A pipeline inside a stage must be an array of stages.");
  Pipeline pipeline;
  for (const Value& stage : *stages) pipeline.stages.push_back(read_list_stage(stage, read_inner_stage));
  return pipeline;
}

namespace {

void add_lookup(const Object& body, std::vector<std::string>& classes);

void add_looked_up(const Pipeline& pipeline, std::vector<std::string>& classes) {
  for (const Stage& stage : pipeline.stages) {
    const Object* map = stage.body.get_if<Object>();
    if (map == nullptr) continue;
    if (stage.name == "$lookup") add_lookup(*map, classes);
    if (stage.name != "$facet") continue;
    for (const auto& [name, inner] : *map) add_looked_up(parse_inner_stages(inner), classes);
  }
}

/// Of the body of one $lookup.
void add_lookup(const Object& body, std::vector<std::string>& classes) {
  const Value* from = body.find("from");
  if (from != nullptr && from->is<std::string>()) classes.push_back(from->as<std::string>());
  if (const Value* inner = body.find("pipeline")) add_looked_up(parse_inner_stages(*inner), classes);
}

}  // namespace

std::vector<std::string> looked_up_classes(const Pipeline& pipeline) {
  std::vector<std::string> classes;
  add_looked_up(pipeline, classes);
  return classes;
}

std::string parse_field_name(std::string_view mongo_name) {
  const std::size_t end = std::min(mongo_name.find('.'), mongo_name.size());
  std::string_view first = mongo_name.substr(0, end);
  if (first == "_id") first = "objectId";
  if (first == "_created_at") first = "createdAt";
  if (first == "_updated_at") first = "updatedAt";
  if (first.starts_with("_p_")) first.remove_prefix(3);
  return fmt::format("{}{}", first, mongo_name.substr(end));
}

namespace {

/// Renames the field names of a $match, at every level of $and, $or and $nor.
Value with_parse_names(const Value& body, int depth) {
  const Object* map = body.get_if<Object>();
  if (map == nullptr || depth > kMaxWhereDepth) return body;
  Object renamed;
  for (const auto& [key, value] : *map) {
    const Array* branches = key == "$or" || key == "$and" || key == "$nor" ? value.get_if<Array>() : nullptr;
    if (branches == nullptr) {
      renamed.append(parse_field_name(key), value);
      continue;
    }
    Array inner;
    for (const Value& branch : *branches) inner.push_back(with_parse_names(branch, depth + 1));
    renamed.append(key, std::move(inner));
  }
  renamed.keep_last_of_equal_keys();
  return renamed;
}

}  // namespace

Where parse_match(const Value& body, const WhereContext& context) {
  return parse_where(with_parse_names(body, 0), context);
}

SplitPipeline split_leading_match(const Pipeline& pipeline, const WhereContext& context) {
  SplitPipeline split;
  auto stage = pipeline.stages.begin();
  for (; stage != pipeline.stages.end() && stage->name == "$match"; ++stage) {
    const Object* body = stage->body.get_if<Object>();
    if (body == nullptr || body->contains("$expr")) break;
    for (Condition& condition : parse_match(stage->body, context).conditions)
      split.where.conditions.push_back(std::move(condition));
  }
  split.rest.stages.assign(stage, pipeline.stages.end());
  return split;
}

}  // namespace parse::query
