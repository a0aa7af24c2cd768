#include "query/expression.h"

#include "support.h"

using parse::ErrorCode;
using parse::object::Object;
using parse::object::parse_json;
using parse::object::to_json;
using parse::object::Value;
using parse::query::Expression;

namespace {

const Object kRow = parse_json(R"({"i":7,"d":2.5,"s":"Héllo","e":"","n":null,"f":false,"a":[1,2,3],
  "list":[{"k":1},{"k":2}],"o":{"x":{"y":1}},"t":{"__type":"Date","iso":"2016-02-29T13:14:15.067Z"}})")
                        .as<Object>();

/// The result as JSON, "missing" when there is none.
std::string eval(const char* source) {
  const auto value = Expression::parse(parse_json(source)).evaluate(kRow);
  return value ? to_json(*value) : "missing";
}

struct Row {
  const char* source;
  const char* result;
};
void check(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.source) { BOOST_TEST(eval(row.source) == row.result); }
  }
}

void check_refused(const char* source, std::string_view message) {
  BOOST_TEST_CONTEXT(source) {
    parse::query::test::check_error([&] { eval(source); }, ErrorCode::kInvalidQuery, message);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(expression)

BOOST_AUTO_TEST_CASE(paths_and_literals) {
  check({{R"("$i")", "7"},
         {R"("$o.x.y")", "1"},
         {R"("$list.k")", "[1,2]"},
         {R"("$a.1")", "2"},
         {R"("$nowhere")", "missing"},
         {R"("plain")", R"("plain")"},
         {R"({"$literal":"$i"})", R"("$i")"},
         {R"({"p":"$i","q":"$nowhere"})", R"({"p":7})"},
         {R"(["$i","$nowhere"])", "[7,null]"},
         {R"("$$ROOT.i")", "7"},
         {"5", "5"}});
}

BOOST_AUTO_TEST_CASE(arithmetic) {
  check({{R"({"$add":["$i",1]})", "8"},
         {R"({"$add":["$i",0.5]})", "7.5"},
         {R"({"$add":["$i","$nowhere"]})", "null"},
         {R"({"$add":[9223372036854775807,1]})", "9223372036854776000"},
         {R"({"$subtract":["$i",10]})", "-3"},
         {R"({"$multiply":["$i",2,0.5]})", "7"},
         {R"({"$divide":["$i",2]})", "3.5"},
         {R"({"$mod":["$i",4]})", "3"},
         {R"({"$mod":[-9223372036854775808,-1]})", "0"},
         {R"({"$abs":-3})", "3"},
         {R"({"$ceil":"$d"})", "3"},
         {R"({"$floor":"$d"})", "2"},
         {R"({"$trunc":-2.7})", "-2"},
         {R"({"$round":"$d"})", "2"},
         {R"({"$round":[3.14159,2]})", "3.14"},
         {R"({"$pow":[2,10]})", "1024"},
         {R"({"$sqrt":9})", "3"}});
}

BOOST_AUTO_TEST_CASE(dates_move_by_milliseconds_and_differ_in_them) {
  check({{R"({"$add":["$t",1000]})", R"({"__type":"Date","iso":"2016-02-29T13:14:16.067Z"})"},
         {R"({"$subtract":["$t",67]})", R"({"__type":"Date","iso":"2016-02-29T13:14:15.000Z"})"},
         {R"({"$subtract":[{"$add":["$t",5]},"$t"]})", "5"}});
}

BOOST_AUTO_TEST_CASE(text) {
  check({{R"({"$concat":["$s","!"]})", R"("Héllo!")"},
         {R"({"$concat":["$s","$nowhere"]})", "null"},
         {R"({"$toLower":"$s"})", R"("héllo")"},
         {R"({"$toUpper":"$nowhere"})", R"("")"},
         {R"({"$substrCP":["$s",1,2]})", R"("él")"},
         {R"({"$substrBytes":["$s",0,1]})", R"("H")"},
         {R"({"$substrCP":["$s",3,-1]})", R"("lo")"},
         {R"({"$strLenCP":"$s"})", "5"},
         {R"({"$strLenBytes":"$s"})", "6"},
         {R"({"$split":["a,b,",","]})", R"(["a","b",""])"},
         {R"({"$toString":"$i"})", R"("7")"}});
}

BOOST_AUTO_TEST_CASE(comparison_and_logic) {
  check({{R"({"$eq":["$i",7.0]})", "true"},
         {R"({"$ne":["$i",7]})", "false"},
         {R"({"$lt":["$d","$i"]})", "true"},
         {R"({"$gte":["$nowhere",1]})", "false"},
         {R"({"$cmp":["a","b"]})", "-1"},
         {R"({"$and":["$i","$e"]})", "true"},
         {R"({"$or":["$f","$n",0]})", "false"},
         {R"({"$not":["$f"]})", "true"},
         {R"({"$cond":["$f","yes","no"]})", R"("no")"},
         {R"({"$cond":{"if":{"$gt":["$i",5]},"then":"$i","else":0}})", "7"},
         {R"({"$ifNull":["$n","$nowhere",3]})", "3"},
         {R"({"$switch":{"branches":[{"case":"$f","then":1},{"case":"$i","then":2}],"default":3}})", "2"}});
}

BOOST_AUTO_TEST_CASE(branches_not_taken_are_not_computed) {
  check({{R"({"$cond":["$f",{"$divide":[1,0]},"ok"]})", R"("ok")"}});
}

BOOST_AUTO_TEST_CASE(lists) {
  check({{R"({"$in":[2,"$a"]})", "true"},
         {R"({"$size":"$a"})", "3"},
         {R"({"$arrayElemAt":["$a",-1]})", "3"},
         {R"({"$arrayElemAt":["$a",9]})", "null"},
         {R"({"$first":"$a"})", "1"},
         {R"({"$last":"$a"})", "3"},
         {R"({"$isArray":"$a"})", "true"},
         {R"({"$concatArrays":["$a",[4]]})", "[1,2,3,4]"}});
}

BOOST_AUTO_TEST_CASE(parts_of_dates_are_utc) {
  check({{R"({"$year":"$t"})", "2016"},
         {R"({"$month":"$t"})", "2"},
         {R"({"$dayOfMonth":"$t"})", "29"},
         {R"({"$dayOfYear":"$t"})", "60"},
         {R"({"$dayOfWeek":"$t"})", "2"},
         {R"({"$isoDayOfWeek":"$t"})", "1"},
         {R"({"$week":"$t"})", "9"},
         {R"({"$hour":"$t"})", "13"},
         {R"({"$minute":"$t"})", "14"},
         {R"({"$second":"$t"})", "15"},
         {R"({"$millisecond":"$t"})", "67"},
         {R"({"$year":"$nowhere"})", "null"},
         {R"({"$dateToString":{"date":"$t","format":"%Y-%m-%d %j %%"}})", R"("2016-02-29 060 %")"},
         {R"({"$dateToString":{"date":"$t"}})", R"("2016-02-29T13:14:15.067Z")"},
         {R"({"$toDate":"2020-01-01"})", R"({"__type":"Date","iso":"2020-01-01T00:00:00.000Z"})"}});
}

BOOST_AUTO_TEST_CASE(values_an_operator_cannot_use_are_refused) {
  check_refused(R"({"$add":["$s",1]})", "$add only supports numeric types");
  check_refused(R"({"$divide":[1,0]})", "can't $divide by zero");
  check_refused(R"({"$mod":[1,0]})", "can't $mod by zero");
  check_refused(R"({"$size":"$i"})", "The argument to $size must be an array, but was of type: number");
  check_refused(R"({"$year":"$s"})", "a date expression requires a date, not string");
  check_refused(R"({"$substrBytes":["$s",2,1]})", "$substrBytes: Invalid range, in the middle of a character");
}

BOOST_AUTO_TEST_CASE(bad_expressions_are_refused_before_they_run) {
  check_refused(R"({"$explode":1})", "Unrecognized expression '$explode'");
  check_refused(R"({"a":1,"$add":[1]})", "an object with an operator must have exactly one field");
  check_refused(R"("$$NOW")", "Use of undefined variable: NOW");
  check_refused(R"({"$cond":[1,2]})", "Expression $cond takes exactly 3 arguments.");
  check_refused(R"({"$cond":{"if":1,"then":2}})", "Missing 'else' parameter to $cond");
}

BOOST_AUTO_TEST_CASE(deep_expression_ends_with_an_error) {
  std::string source = "1";
  for (int i = 0; i < 200; ++i) source = R"({"$abs":)" + source + "}";
  check_refused(source.c_str(), "expression is nested too deep");
}

BOOST_AUTO_TEST_SUITE_END()
