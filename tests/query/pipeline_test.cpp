#include "query/pipeline_parser.h"
#include "query/pipeline_run.h"
#include "support.h"

using parse::ErrorCode;
using namespace parse::query;  // NOLINT
using parse::object::Array;
using parse::object::Object;
using parse::object::parse_json;
using parse::object::to_json;
using parse::object::Value;

namespace {

const Array kRows = parse_json(R"([
  {"objectId":"a","name":"Bath","score":10,"started":{"__type":"Date","iso":"2015-01-10T10:00:00.000Z"},"tags":["x","y"],
   "live":true,"owner":{"__type":"Pointer","className":"Team","objectId":"t1"},"data":{"k":1,"l":2}},
  {"objectId":"b","name":"Bath","score":20,"started":{"__type":"Date","iso":"2015-02-10T11:00:00.000Z"},"tags":["y"],
   "live":false,"owner":{"__type":"Pointer","className":"Team","objectId":"t1"},"data":{"k":2}},
  {"objectId":"c","name":"Cork","score":30,"started":{"__type":"Date","iso":"2016-02-20T12:30:00.000Z"},"tags":[],
   "live":true,"owner":{"__type":"Pointer","className":"Team","objectId":"t2"}},
  {"objectId":"d","name":"Rome","score":5.5},
  {"objectId":"e"}
])")
                        .as<Array>();

Pipeline pipeline_of(const std::string& json) {
  return parse_aggregate_params(Object{{"pipeline", parse_json(json)}}).pipeline;
}

std::string run(const std::string& json) {
  PipelineRun pipeline(pipeline_of(json), PipelineContext{test::kSchema, "Game", test::kNow, 1});
  for (const Value& row : kRows) {
    if (!pipeline.push(row.as<Object>())) break;
  }
  return to_json(pipeline.finish());
}

void check_refused(const char* json, std::string_view message, ErrorCode code = ErrorCode::kInvalidQuery) {
  BOOST_TEST_CONTEXT(json) {
    test::check_error([&] { run(json); }, code, message);
  }
}

std::string params(std::initializer_list<parse::object::Member> members) {
  std::string names;
  for (const Stage& stage : parse_aggregate_params(Object(members)).pipeline.stages) names += stage.name;
  return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pipeline)

BOOST_AUTO_TEST_CASE(stages_come_as_list_as_object_or_as_parameters) {
  const Value stages = parse_json(R"({"$match":{},"$limit":1})");
  BOOST_TEST(params({{"pipeline", parse_json(R"([{"$match":{}},{"$limit":1}])")}}) == "$match$limit");
  BOOST_TEST(params({{"pipeline", stages}}) == "$match$limit");
  BOOST_TEST(params({{"$match", Object()}, {"$limit", 1}, {"comment", "x"}, {"hint", "y"}}) == "$match$limit");
  BOOST_TEST(params({{"distinct", "name"}, {"where", Object()}}) == "");
  BOOST_TEST(params({{"pipeline", Array()}}) == "");
}

BOOST_AUTO_TEST_CASE(badly_shaped_pipelines_are_refused_with_the_documented_messages) {
  check_refused(R"([{"group":{"_id":"$name"}}])", "Invalid aggregate stage 'group'.");
  check_refused(R"([{"$match":{},"$limit":1}])", "Pipeline stages should only have one key but found $match, $limit.");
  check_refused(R"([{}])", "Pipeline stages should only have one key but found .");
  check_refused(R"([5])", "Pipeline stages should only have one key but found .");
  check_refused(R"(["x"])", "Invalid aggregate stage '0'.");
  check_refused(R"([{"$group":{"total":{"$sum":1}}}])", "Invalid parameter for query: group. Missing key _id");
  check_refused(R"([{"$group":{"objectId":"$name"}}])", "Cannot use 'objectId' in aggregation stage $group.");
  check_refused(R"([{"$explode":{}}])", "Unrecognized pipeline stage name: '$explode'");
  check_refused(R"([{"$out":"x"}])", "Unrecognized pipeline stage name: '$out'");
}

BOOST_AUTO_TEST_CASE(bad_stage_bodies_are_refused) {
  check_refused(R"([{"$match":"x"}])", "$match specification must be an object");
  check_refused(R"([{"$limit":"x"}])", "invalid argument to $limit stage: expected a positive integer");
  check_refused(R"([{"$skip":-1}])", "invalid argument to $skip stage: expected a non-negative integer");
  check_refused(R"([{"$sort":{"name":2}}])", "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
  check_refused(R"([{"$count":""}])", "the count field must be a non-empty string without '$' and '.'");
  check_refused(R"([{"$sample":{}}])", "$sample stage must specify a size");
  check_refused(R"([{"$unwind":"tags"}])", "path option to $unwind stage should be prefixed with a '$'");
  check_refused(R"([{"$project":{"name":1,"score":0}}])",
                "Invalid $project :: Cannot do exclusion in inclusion projection");
  check_refused(R"([{"$group":{"_id":null,"t":{"$explode":"$score"}}}])", "unknown group operator '$explode'");
  check_refused(R"([{"$group":{"_id":"$a\"b"}}])", "Invalid field name: a\"b", ErrorCode::kInvalidKeyName);
  check_refused(R"([{"$addFields":{"x":{"$explode":1}}}])", "Unrecognized expression '$explode'");
  check_refused(R"([{"$addFields":{"x":{"$divide":[1]}}}])",
                "Expression $divide takes another number of arguments, 1 were passed in.");
}

BOOST_AUTO_TEST_CASE(distinct_takes_a_field_name) {
  BOOST_TEST(parse_aggregate_params(Object{{"distinct", "data.k"}}).distinct.value() == "data.k");
  BOOST_TEST(parse_aggregate_params(Object{{"distinct", "_id"}}).distinct.value() == "objectId");
  test::check_error(
      [] {
        parse_aggregate_params(Object{{"distinct", "a'b"}});
      },
      ErrorCode::kInvalidKeyName, "Invalid field name: a'b");
}

BOOST_AUTO_TEST_CASE(match_filters_with_the_constraints_of_a_find) {
  BOOST_TEST(run(R"([{"$match":{"score":{"$gt":10}}},{"$project":{"_id":1}}])") ==
             R"([{"objectId":"b"},{"objectId":"c"}])");
  BOOST_TEST(run(R"([{"$match":{"_id":"c"}},{"$project":{"name":1}}])") == R"([{"objectId":"c","name":"Cork"}])");
  BOOST_TEST(run(R"([{"$match":{"_p_owner":"t2"}},{"$project":{"_id":1}}])") == R"([{"objectId":"c"}])");
  BOOST_TEST(run(R"([{"$match":{"started":{"$gte":"2016-01-01T00:00:00Z"}}},{"$project":{"_id":1}}])") ==
             R"([{"objectId":"c"}])");
  BOOST_TEST(run(R"([{"$match":{"$expr":{"$gt":["$score",{"$add":[10,15]}]}}},{"$project":{"_id":1}}])") ==
             R"([{"objectId":"c"}])");
}

BOOST_AUTO_TEST_CASE(group_computes_for_each_key_in_order_of_appearance) {
  BOOST_TEST(run(R"([{"$group":{"_id":"$name","total":{"$sum":"$score"},"n":{"$sum":1}}}])") ==
             R"([{"objectId":"Bath","total":30,"n":2},{"objectId":"Cork","total":30,"n":1},)"
             R"({"objectId":"Rome","total":5.5,"n":1},{"objectId":null,"total":0,"n":1}])");
  BOOST_TEST(
      run(R"([{"$group":{"_id":null,"avg":{"$avg":"$score"},"min":{"$min":"$score"},"max":{"$max":"$score"}}}])") ==
      R"([{"objectId":null,"avg":16.375,"min":5.5,"max":30}])");
}

BOOST_AUTO_TEST_CASE(group_collects_values) {
  BOOST_TEST(
      run(R"([{"$match":{"name":"Bath"}},{"$group":{"_id":"$name","all":{"$push":"$score"},"set":{"$addToSet":"$name"},
                     "first":{"$first":"$objectId"},"last":{"$last":"$objectId"},"n":{"$count":{}}}}])") ==
      R"([{"objectId":"Bath","all":[10,20],"set":["Bath"],"first":"a","last":"b","n":2}])");
}

BOOST_AUTO_TEST_CASE(group_by_pointer_gives_the_bare_id) {
  BOOST_TEST(run(R"([{"$group":{"_id":"$owner","n":{"$sum":1}}}])") ==
             R"([{"objectId":"t1","n":2},{"objectId":"t2","n":1},{"objectId":null,"n":2}])");
}

BOOST_AUTO_TEST_CASE(group_by_several_leaves_missing_parts_out) {
  BOOST_TEST(run(R"([{"$group":{"_id":{"name":"$name","live":"$live"},"n":{"$sum":1}}},{"$skip":3}])") ==
             R"([{"objectId":{"name":"Rome"},"n":1},{"objectId":{},"n":1}])");
}

BOOST_AUTO_TEST_CASE(group_by_parts_of_a_date) {
  BOOST_TEST(
      run(R"([{"$match":{"started":{"$exists":true}}},
                     {"$group":{"_id":{"y":{"$year":"$started"},"m":{"$month":"$started"}},"n":{"$sum":1}}}])") ==
      R"([{"objectId":{"y":2015,"m":1},"n":1},{"objectId":{"y":2015,"m":2},"n":1},{"objectId":{"y":2016,"m":2},"n":1}])");
}

BOOST_AUTO_TEST_CASE(sort_puts_nothing_last_ascending_and_first_descending) {
  BOOST_TEST(run(R"([{"$sort":{"score":1}},{"$project":{"_id":1}}])") ==
             R"([{"objectId":"d"},{"objectId":"a"},{"objectId":"b"},{"objectId":"c"},{"objectId":"e"}])");
  BOOST_TEST(run(R"([{"$sort":{"name":-1,"score":-1}},{"$project":{"_id":1}}])") ==
             R"([{"objectId":"e"},{"objectId":"d"},{"objectId":"c"},{"objectId":"b"},{"objectId":"a"}])");
}

BOOST_AUTO_TEST_CASE(limit_and_skip_cut_the_rows) {
  BOOST_TEST(run(R"([{"$skip":1},{"$limit":2},{"$project":{"_id":1}}])") == R"([{"objectId":"b"},{"objectId":"c"}])");
}

BOOST_AUTO_TEST_CASE(limit_tells_when_it_needs_no_more_rows) {
  PipelineRun pipeline(pipeline_of(R"([{"$limit":2}])"), PipelineContext{test::kSchema, "Game", 0, 0});
  BOOST_TEST(pipeline.push(kRows[0].as<Object>()));
  BOOST_TEST(!pipeline.push(kRows[1].as<Object>()));
}

BOOST_AUTO_TEST_CASE(count_counts_and_is_silent_about_nothing) {
  BOOST_TEST(run(R"([{"$count":"total"}])") == R"([{"total":5}])");
  BOOST_TEST(run(R"([{"$match":{"name":"X"}},{"$count":"total"}])") == "[]");
}

BOOST_AUTO_TEST_CASE(unwind_gives_a_row_for_each_element) {
  BOOST_TEST(run(R"([{"$unwind":"$tags"},{"$group":{"_id":"$tags","n":{"$sum":1}}}])") ==
             R"([{"objectId":"x","n":1},{"objectId":"y","n":2}])");
  BOOST_TEST(run(R"([{"$match":{"_id":{"$in":["b","c"]}}},{"$unwind":{"path":"$tags","includeArrayIndex":"i",
                     "preserveNullAndEmptyArrays":true}},{"$project":{"tags":1,"i":1}}])") ==
             R"([{"objectId":"b","tags":"y","i":0},{"objectId":"c","i":null}])");
}

BOOST_AUTO_TEST_CASE(project_includes_excludes_and_computes) {
  BOOST_TEST(run(R"([{"$limit":1},{"$project":{"name":1,"data.k":1}}])") ==
             R"([{"objectId":"a","name":"Bath","data":{"k":1}}])");
  BOOST_TEST(run(R"([{"$limit":1},{"$project":{"_id":0,"twice":{"$multiply":["$score",2]},"label":"$name"}}])") ==
             R"([{"twice":20,"label":"Bath"}])");
  BOOST_TEST(run(R"([{"$match":{"_id":"d"}},{"$project":{"score":0}}])") == R"([{"objectId":"d","name":"Rome"}])");
  BOOST_TEST(run(R"([{"$match":{"_id":"b"}},{"$project":{"data":{"all":"$data"}}}])") ==
             R"([{"objectId":"b","data":{"all":{"k":2}}}])");
}

BOOST_AUTO_TEST_CASE(add_fields_keeps_the_rest) {
  BOOST_TEST(
      run(R"([{"$match":{"_id":"d"}},{"$addFields":{"data.x":1,"up":{"$toUpper":"$name"},"none":"$nowhere"}}])") ==
      R"([{"objectId":"d","name":"Rome","score":5.5,"data":{"x":1},"up":"ROME"}])");
  BOOST_TEST(run(R"([{"$match":{"_id":"e"}},{"$set":{"one":1}}])") == R"([{"objectId":"e","one":1}])");
}

BOOST_AUTO_TEST_CASE(sample_takes_as_many_as_asked) {
  BOOST_TEST(parse_json(run(R"([{"$sample":{"size":3}}])")).as<Array>().size() == 3U);
  BOOST_TEST(parse_json(run(R"([{"$sample":{"size":30}}])")).as<Array>().size() == 5U);
}

BOOST_AUTO_TEST_CASE(leading_matches_are_left_to_the_storage) {
  const auto split = split_leading_match(
      pipeline_of(R"([{"$match":{"_id":"a"}},{"$match":{"score":1}},{"$limit":1},{"$match":{"name":"x"}}])"),
      test::context(true));
  BOOST_TEST(split.where.conditions.size() == 2U);
  BOOST_TEST(split.rest.stages.size() == 2U);
  const auto kept = split_leading_match(pipeline_of(R"([{"$match":{"$expr":true}}])"), test::context(true));
  BOOST_TEST(kept.rest.stages.size() == 1U);
}

BOOST_AUTO_TEST_CASE(bad_lookups_and_facets_are_refused) {
  check_refused(R"([{"$lookup":{"from":"A","as":"b"}}])",
                "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  check_refused(R"([{"$lookup":{"from":"A","as":"b","localField":"c"}}])",
                "$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  check_refused(R"([{"$lookup":{"from":5,"as":"b","pipeline":[]}}])", "$lookup argument 'from' must be a string");
  check_refused(R"([{"$lookup":{"from":"A","pipeline":[]}}])", "$lookup needs 'from' and 'as'");
  check_refused(R"([{"$lookup":{"from":"A","as":"b","pipeline":[{"$nothing":1}]}}])",
                "Unrecognized pipeline stage name: '$nothing'");
  check_refused(R"([{"$lookup":{"from":"A","as":"b","pipeline":[{"$project":{"c":"$$unknown"}}]}}])",
                "Use of undefined variable: unknown");
  check_refused(R"([{"$lookup":{"from":"A","as":"b","pipeline":[],"other":1}}])", "unknown argument to $lookup: other");
  check_refused(R"([{"$facet":{}}])", "the $facet specification must be a non-empty object");
  check_refused(R"([{"$facet":{"a":[{"$facet":{"b":[]}}]}}])",
                "$facet is not allowed to be used within a $facet stage");
  check_refused(R"([{"$facet":{"a":{"$limit":1}}}])", "A pipeline inside a stage must be an array of stages.");
}

BOOST_AUTO_TEST_CASE(pipelines_inside_each_other_have_a_limit) {
  std::string stages = "[]";
  for (int depth = 0; depth < 6; ++depth) stages = R"([{"$lookup":{"from":"A","as":"b","pipeline":)" + stages + "}}]";
  check_refused(stages.c_str(), "more than 5 pipelines are inside each other");
}

BOOST_AUTO_TEST_CASE(internal_columns_do_not_come_to_light_inside_a_facet) {
  PipelineRun pipeline(pipeline_of(R"([{"$facet":{"all":[]}}])"),
                       PipelineContext{test::kSchema, "_User", test::kNow, 1});
  pipeline.push(Object{{"objectId", "u"}, {"_hashed_password", "x"}});
  BOOST_TEST(to_json(pipeline.finish()) == R"([{"all":[{"objectId":"u"}]}])");
}

BOOST_AUTO_TEST_CASE(looked_up_classes_are_found_inside_other_stages) {
  const auto classes = looked_up_classes(
      pipeline_of(R"([{"$lookup":{"from":"A","as":"a","pipeline":[{"$lookup":{"from":"B","as":"b","pipeline":[]}}]}},)"
                  R"({"$facet":{"x":[{"$lookup":{"from":"C","as":"c","pipeline":[]}}]}}])"));
  BOOST_TEST(classes == (std::vector<std::string>{"A", "B", "C"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
