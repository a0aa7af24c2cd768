#include "object/json.h"

#include <boost/test/unit_test.hpp>
#include <chrono>

#include "base/error.h"

using namespace parse::object;  // NOLINT

namespace {

std::string round_trip(std::string_view json) { return to_json(parse_json(json)); }

bool is_refused(std::string_view json) {
  try {
    parse_json(json);
  } catch (const parse::Error& error) {
    BOOST_TEST((error.code() == parse::ErrorCode::kInvalidJson));
    BOOST_TEST(!try_parse_json(json).has_value());
    return true;
  }
  return false;
}

std::string nested(int depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(what_is_read_is_written_the_same) {
  for (const char* text : {"null",
                           "true",
                           "false",
                           "0",
                           "-1",
                           "9223372036854775807",
                           "-9223372036854775808",
                           "1.5",
                           "1e+21",
                           "\"\"",
                           "\"a\\\"b\\\\c\\n\\t\"",
                           "\"é日😀\"",
                           "[]",
                           "{}",
                           "[1,[2,{}]]",
                           R"({"b":1,"a":2})",
                           R"({"":0})",
                           R"({"__type":"Date","iso":"2020-01-01T00:00:00.000Z"})",
                           R"({"__type":"Bytes","base64":"AQID"})",
                           R"({"__type":"GeoPoint","latitude":1.5,"longitude":-2})",
                           R"({"__type":"Polygon","coordinates":[[0,1],[2,3],[4,5]]})",
                           R"({"__type":"Pointer","className":"A","objectId":"b"})",
                           R"({"__type":"Relation","className":"A"})",
                           R"({"__type":"File","name":"a.txt","url":"http://x/a.txt"})"})
    BOOST_TEST(round_trip(text) == text);
}

// Texts are read and written by the word: every length, and a special character at every place of it.
BOOST_AUTO_TEST_CASE(a_special_character_is_found_wherever_it_stands_in_a_text) {
  for (std::size_t length = 1; length <= 70; ++length) {
    for (std::size_t place = 0; place < length; ++place) {
      for (const auto& [character, escaped] :
           {std::pair{'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\x01', "\\u0001"}}) {
        std::string text(length, '!');
        text[place] = character;
        const std::string plain(length, '!');
        const std::string json = '"' + plain.substr(0, place) + escaped + plain.substr(place + 1) + '"';
        BOOST_REQUIRE_EQUAL(to_json(text), json);
        BOOST_REQUIRE_EQUAL(parse_json(json).as<std::string>(), text);
      }
      std::string raw = '"' + std::string(length, '!') + '"';
      raw[place + 1] = '\x1f';
      BOOST_REQUIRE(is_refused(raw));
    }
  }
}

BOOST_AUTO_TEST_CASE(containers_of_any_size_may_stand_beside_each_other) {
  for (const char* text : {R"([{"a":1,"b":2,"c":3},{"d":4},{},{"e":5,"f":{"g":6},"h":7,"i":8,"j":9}])",
                           R"([[1,2,3],[],[4],[[5],[6,7]],{"a":[8]},[9,10,11,12,13]])",
                           R"([{"__type":"Pointer","className":"A","objectId":"b"},{"a":1},{"__type":"Date","iso":1}])",
                           R"({"a":{"a":{"a":{}}},"b":[{"a":[{}]}],"":"","c":[[],{},""]})", R"(["a",1,"b",-2.5,"c"])"})
    BOOST_TEST(round_trip(text) == text);
}

BOOST_AUTO_TEST_CASE(well_formed_type_maps_are_typed_values) {
  BOOST_TEST(parse_json(R"({"__type":"Date","iso":"2020-01-01"})").is<Date>());
  BOOST_TEST(parse_json(R"({"__type":"Pointer","className":"A","objectId":"b"})").is<Pointer>());
  BOOST_TEST(parse_json(R"({"objectId":"b","className":"A","__type":"Pointer"})").is<Pointer>());
  BOOST_TEST(parse_json(R"([{"__type":"GeoPoint","latitude":1,"longitude":2}])").as<Array>()[0].is<GeoPoint>());
}

BOOST_AUTO_TEST_CASE(malformed_type_maps_stay_objects) {
  for (const char* text :
       {R"({"__type":"Date"})", R"({"__type":"Date","iso":"x"})", R"({"__type":"Date","iso":5})",
        R"({"__type":"Pointer","className":1,"objectId":"b"})", R"({"__type":"GeoPoint","latitude":1})",
        R"({"__type":"Polygon","coordinates":[[1]]})", R"({"__type":"Unknown"})", R"({"__type":5})",
        R"({"__type":"Object","className":"A","objectId":"b"})", R"({"__type":"Bytes"})", R"({"__type":"File"})"}) {
    BOOST_TEST(parse_json(text).is<Object>(), text);
    BOOST_TEST(round_trip(text) == text);
  }
}

BOOST_AUTO_TEST_CASE(last_of_equal_keys_wins_at_the_place_of_the_first) {
  BOOST_TEST(round_trip(R"({"a":1,"b":2,"a":3})") == R"({"a":3,"b":2})");
  std::string many = "{";
  for (int i = 0; i < 100; ++i) many += "\"k" + std::to_string(i % 50) + "\":" + std::to_string(i) + ",";
  const Value value = parse_json(many + "\"z\":0}");
  BOOST_TEST(value.as<Object>().size() == 51U);
  BOOST_TEST((value.as<Object>().at("k0") == Value(50)));
  BOOST_TEST(value.as<Object>().begin()->key == "k0");
}

BOOST_AUTO_TEST_CASE(integers_are_exact_and_larger_ones_are_doubles) {
  BOOST_TEST(parse_json("9007199254740993").as<std::int64_t>() == 9007199254740993);
  BOOST_TEST(parse_json("9223372036854775808").is<double>());
  BOOST_TEST(round_trip("18446744073709551616") == "18446744073709552000");
  BOOST_TEST(round_trip("0.1") == "0.1");
  BOOST_TEST(round_trip("1.0") == "1");
  BOOST_TEST(round_trip("1E2") == "100");
  BOOST_TEST(round_trip("123456789012345678901234567890") == "1.2345678901234568e+29");
  BOOST_TEST(round_trip("5e-324") == "5e-324");
}

BOOST_AUTO_TEST_CASE(malformed_text_is_refused) {
  for (const char* text :
       {"",      " ",       "{",   "[",    "[1",  "[1,",   "[1,]",    "{\"a\"",    "{\"a\":", "{\"a\":1",  "{\"a\":1,}",
        "{a:1}", "{'a':1}", "tru", "nul",  "\"",  "\"a",   "\"\\x\"", "\"\\u12\"", "01",      "1.",        ".5",
        "+1",    "-",       "1e",  "0x10", "1 2", "[] []", "}",       "// x\n1",   "[1 2]",   "{\"a\" 1}", "\"a\nb\""})
    BOOST_TEST(is_refused(text), text);
}

BOOST_AUTO_TEST_CASE(every_truncation_of_a_text_is_refused) {
  const std::string text = R"({"a":[1,-2.5e3,"x\u00e9\n"],"b":{"c":null,"d":true}})";
  for (std::size_t length = 0; length < text.size(); ++length)
    BOOST_TEST(is_refused(std::string_view(text).substr(0, length)), text.substr(0, length));
}

BOOST_AUTO_TEST_CASE(numbers_that_are_none_or_too_large_are_refused) {
  for (const char* text : {"NaN", "Infinity", "-Infinity", "[NaN]", "1e400", "-1e400", "{\"a\":1e999999999}"})
    BOOST_TEST(is_refused(text), text);
}

BOOST_AUTO_TEST_CASE(invalid_utf8_is_refused) {
  for (const char* bytes : {"\xff", "\xc3", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\x80"}) {
    BOOST_TEST(is_refused(std::string("\"") + bytes + "\""));
    BOOST_TEST(is_refused(std::string("{\"") + bytes + "\":1}"));
  }
}

BOOST_AUTO_TEST_CASE(a_low_half_of_a_surrogate_pair_alone_is_refused_in_texts_and_keys) {
  BOOST_TEST(!parse::object::try_parse_json(R"("x\udfff")").has_value());
  BOOST_TEST(!parse::object::try_parse_json(R"({"\uDC00":1})").has_value());
  BOOST_TEST(parse::object::try_parse_json(R"("\ud83c\udf89")").has_value());
}

BOOST_AUTO_TEST_CASE(surrogates_need_their_other_half) {
  BOOST_TEST(parse_json(R"("\ud83d\ude00")").as<std::string>() == "😀");
  for (const char* text : {R"("\ud83d")", R"("\ud83dx")", R"("\ud83d\u0041")"}) BOOST_TEST(is_refused(text), text);
}

BOOST_AUTO_TEST_CASE(zero_bytes_inside_text_survive_only_escaped) {
  BOOST_TEST(round_trip(R"("a\u0000b")") == R"("a\u0000b")");
  BOOST_TEST(is_refused(std::string_view("\"a\0b\"", 5)));
  BOOST_TEST(is_refused(std::string_view("1\0", 2)));
}

BOOST_AUTO_TEST_CASE(nesting_is_read_to_the_limit_and_refused_beyond) {
  BOOST_TEST(!is_refused(nested(kMaxJsonDepth)));
  BOOST_TEST(is_refused(nested(kMaxJsonDepth + 1)));
  BOOST_TEST(is_refused(nested(10'000)));
  BOOST_TEST(is_refused(std::string(1'000'000, '[')));
  std::string objects;
  for (int i = 0; i < 10'000; ++i) objects += "{\"a\":";
  BOOST_TEST(is_refused(objects));
}

BOOST_AUTO_TEST_CASE(hundred_thousand_keys_are_read_in_linear_time) {
  std::string text = "{";
  for (int i = 0; i < 100'000; ++i) text += "\"key" + std::to_string(i) + "\":0,";
  text += "\"key0\":1}";
  const auto start = std::chrono::steady_clock::now();
  BOOST_TEST(parse_json(text).as<Object>().size() == 100'000U);
  // The square of their number would take minutes.
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(10)));
}

BOOST_AUTO_TEST_CASE(control_characters_are_escaped) {
  BOOST_TEST(to_json(Value(std::string("\x01\x1f\"\\/"))) == "\"\\u0001\\u001f\\\"\\\\/\"");
}

BOOST_AUTO_TEST_CASE(numbers_that_json_cannot_say_become_null) {
  BOOST_TEST(to_json(Value(std::numeric_limits<double>::infinity())) == "null");
  BOOST_TEST(to_json(Value(std::numeric_limits<double>::quiet_NaN())) == "null");
}

BOOST_AUTO_TEST_CASE(one_writer_writes_value_after_value) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array();
  writer.integer(1);
  writer.encoded_json(R"({"a":1})");
  writer.end_array();
  writer.boolean(true);
  writer.string("x");
  BOOST_TEST(out == R"([1,{"a":1}]true"x")");
}

BOOST_AUTO_TEST_SUITE_END()
