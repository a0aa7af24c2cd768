#include "transfer/csv_cell.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"

using namespace parse;
using object::Value;
using schema::FieldKind;

namespace {

bool is_wrong_type(const Error& error) { return error.code() == ErrorCode::kIncorrectType; }

}  // namespace

BOOST_AUTO_TEST_SUITE(csv_cell)

BOOST_AUTO_TEST_CASE(a_header_names_field_and_type) {
  for (const char* header : {"score:Number", "owner:Pointer<_User>", "fans:Relation<Team>", "a:Array", "p:Polygon"})
    BOOST_CHECK_EQUAL(transfer::header_of(transfer::read_header(header, nullptr)), header);
  BOOST_CHECK(transfer::read_header("createdAt", nullptr).type.kind == FieldKind::kDate);
  BOOST_CHECK(transfer::read_header("ACL", nullptr).type.kind == FieldKind::kAcl);
  BOOST_CHECK(transfer::read_header("anything", nullptr).type.kind == FieldKind::kString);
}

BOOST_AUTO_TEST_CASE(a_header_without_a_type_has_that_of_the_field) {
  schema::ClassSchema known;
  known.fields.push_back({"score", {FieldKind::kNumber, {}}, false, std::nullopt});
  BOOST_CHECK(transfer::read_header("score", &known).type.kind == FieldKind::kNumber);
}

BOOST_AUTO_TEST_CASE(headers_of_no_type_are_refused) {
  for (const char* header : {"a:", "a:number", "a:Pointer", "a:String<B>", "a:Pointer<>"})
    BOOST_CHECK_EXCEPTION(transfer::read_header(header, nullptr), Error, is_wrong_type);
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_again) {
  const std::pair<const char*, Value> values[] = {
      {"a:String", "x"},
      {"a:Number", std::int64_t{9007199254740993}},
      {"a:Number", 0.1},
      {"a:Boolean", false},
      {"a:Date", object::Date{1234}},
      {"a:Pointer<Game>", object::Pointer{"Game", "id"}},
      {"a:GeoPoint", object::GeoPoint{60.5, -24.25}},
      {"a:Bytes", object::Bytes{"aGk="}},
      {"a:File", object::File{"a.txt", ""}},
      {"a:Array", object::Array{1, "b"}},
      {"a:Object", object::Object{{"b", 1}}},
  };
  for (const auto& [header, value] : values) {
    const schema::Field column = transfer::read_header(header, nullptr);
    BOOST_CHECK_MESSAGE(transfer::read_cell(column, transfer::cell_of(value)) == value, header);
  }
}

BOOST_AUTO_TEST_CASE(texts_that_are_no_such_value_are_refused) {
  const std::pair<const char*, const char*> cells[] = {{"a:Number", "0x10"}, {"a:Number", "nan"}, {"a:Boolean", "yes"},
                                                       {"a:Date", "today"},  {"a:GeoPoint", "1"}, {"a:Array", "[1"}};
  for (const auto& [header, text] : cells)
    BOOST_CHECK_EXCEPTION(transfer::read_cell(transfer::read_header(header, nullptr), text), Error, is_wrong_type);
}

BOOST_AUTO_TEST_CASE(an_empty_text_stands_in_quotes) {
  BOOST_CHECK_EQUAL(transfer::quoted_cell(""), "\"\"");
  BOOST_CHECK_EQUAL(transfer::quoted_cell("a b"), "a b");
  BOOST_CHECK_EQUAL(transfer::quoted_cell("a,\"b\""), "\"a,\"\"b\"\"\"");
}

BOOST_AUTO_TEST_SUITE_END()
