// What a client may ask: the constraints, parameters and pipeline of a query. Nothing but an Error may come out, and
// what is accepted can be matched against an object.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "object/json.h"
#include "query/find_options.h"
#include "query/matcher.h"
#include "query/pipeline_parser.h"
#include "query/pipeline_run.h"
#include "query/where_parser.h"

namespace {

using namespace parse;  // NOLINT
using object::Object;
using object::Value;

schema::Schema make_schema() {
  using enum schema::FieldKind;
  const auto field = [](const char* name, schema::FieldKind kind) {
    return schema::Field{name, {kind, kind == kPointer || kind == kRelation ? "A" : ""}, false, {}};
  };
  schema::ClassSchema a;
  a.name = "A";
  a.fields = {field("objectId", kString), field("createdAt", kDate), field("s", kString), field("n", kNumber),
              field("d", kDate),          field("o", kObject),       field("a", kArray),  field("g", kGeoPoint),
              field("p", kPointer),       field("r", kRelation),     field("y", kPolygon)};
  schema::Schema schema;
  schema.set(std::move(a));
  return schema;
}

const schema::Schema kSchema = make_schema();

Object make_row() {
  return object::parse_json(
             R"({"objectId":"x","s":"text","n":5,"d":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"},"o":{"k":[1]},)"
             R"("a":["b",{"c":1}],"g":{"__type":"GeoPoint","latitude":1,"longitude":2},)"
             R"("p":{"__type":"Pointer","className":"A","objectId":"y"},)"
             R"("y":{"__type":"Polygon","coordinates":[[0,0],[0,9],[9,9],[0,0]]}})")
      .as<Object>();
}

template <typename Action>
void allow_errors(Action action) {
  try {
    action();
  } catch (const Error&) {  // refused, which is fine
  }
}

void use_as_where(const Value& value, bool is_master) {
  query::WhereContext context{kSchema, "A"};
  context.is_master = is_master;
  context.limits.query_depth = 10;
  context.limits.subquery_depth = 10;
  const query::Where where = query::parse_where(value, context);
  query::RegexCache regexes;
  query::matches(where, make_row(), regexes);
}

void use_as_params(const Object& params) {
  const query::FindParams find = query::parse_find_params(params, {});
  query::parse_order(find.order, "A", kSchema.find("A"));
  query::make_projection(find, kSchema.find("A"));
}

void use_as_pipeline(const Value& value) {
  const query::AggregateParams params = query::parse_aggregate_params(Object{{"pipeline", value}});
  query::PipelineRun run(params.pipeline, query::PipelineContext{kSchema, "A", 0, 1});
  for (int i = 0; i < 3; ++i) run.push(make_row());
  object::to_json(run.finish());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = object::try_parse_json(text);
  allow_errors([&] { query::parse_order(std::string(text), "A", kSchema.find("A")); });
  if (!value) return 0;
  allow_errors([&] { use_as_where(*value, false); });
  allow_errors([&] { use_as_where(*value, true); });
  allow_errors([&] { use_as_pipeline(*value); });
  if (const auto* params = value->get_if<Object>()) allow_errors([&] { use_as_params(*params); });
  return 0;
}
