#include "transfer/row_reader.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "object/json.h"
#include "tests/support/temp_folder.h"

using namespace parse;
using transfer::ByteReader;
using transfer::Format;
using transfer::Position;
using transfer::Row;

namespace {

struct Files {
  test::TempFolder folder;

  /// "line: object" or "line! problem" of each row.
  std::vector<std::string> read(Format format, const std::string& text) const {
    ByteReader bytes(folder.write("rows", text));
    const auto reader = make_row_reader(format, bytes, {}, nullptr);
    std::vector<std::string> rows;
    for (Row row; reader->next(row);) rows.push_back(shown(row));
    return rows;
  }
  /// As read, but with a new reader for each row, as if the program had ended between any two of them.
  std::vector<std::string> read_in_pieces(Format format, const std::string& text) const {
    const std::string file = folder.write("rows", text);
    std::vector<std::string> rows;
    for (Position from;;) {
      ByteReader bytes(file);
      const auto reader = make_row_reader(format, bytes, from, nullptr);
      Row row;
      if (!reader->next(row)) return rows;
      rows.push_back(shown(row));
      from = bytes.position();
    }
  }

 private:
  static std::string shown(const Row& row) {
    const std::string line = std::to_string(row.line);
    return row.problem.empty() ? line + ": " + object::to_json(row.object) : line + "! " + row.problem;
  }
};

void check_rows(const std::vector<std::string>& found, const std::vector<std::string>& expected) {
  BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), expected.begin(), expected.end());
}

bool is_not_of_format(const Error& error) { return error.code() == ErrorCode::kInvalidJson; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(row_reader, Files)

BOOST_AUTO_TEST_CASE(each_line_of_ndjson_is_an_object_and_empty_lines_count_as_lines) {
  check_rows(read(Format::kNdjson, "{\"a\":1}\n\n  \r\n{\"a\":2}\r\n[1]\n{\"a\":3}"),
             {"1: {\"a\":1}", "4: {\"a\":2}", "5! not a JSON object", "6: {\"a\":3}"});
}

BOOST_AUTO_TEST_CASE(a_line_that_is_too_long_is_one_problem) {
  const std::string text = "{\"a\":\"" + std::string(transfer::kMostRowBytes, 'x') + "\"}\n{\"a\":1}\n";
  check_rows(read(Format::kNdjson, text), {"1! longer than 16 MiB", "2: {\"a\":1}"});
  check_rows(read(Format::kJson, "[" + text.substr(0, text.size() - 9) + ",{\"a\":1}]"),
             {"1! longer than 16 MiB", "1: {\"a\":1}"});
}

BOOST_AUTO_TEST_CASE(a_list_is_found_behind_other_members) {
  const std::vector<std::string> rows{"1: {\"a\":\"]},\"}", "2: {\"b\":[{}]}"};
  check_rows(read(Format::kJson, "[{\"a\":\"]},\"} ,\n {\"b\":[{}]}]"), rows);
  check_rows(read(Format::kJson, "\xef\xbb\xbf{\"results\":[{\"a\":\"]},\"},\n{\"b\":[{}]}],\"more\":1}"), rows);
  check_rows(
      read(Format::kJson, "{\"x\":{\"results\":[1]},\"y\":\"\\\"[\",\"results\" : [{\"a\":\"]},\"},\n{\"b\":[{}]}]}"),
      rows);
  check_rows(read(Format::kJson, "[]"), {});
}

BOOST_AUTO_TEST_CASE(elements_that_are_no_objects_do_not_hide_the_others) {
  const auto rows = read(Format::kJson, "[{\"a\":1},\nnull,\n{\"a\":},\n\"x\",\n{\"a\":2}]");
  BOOST_REQUIRE_EQUAL(rows.size(), 5);
  BOOST_CHECK_EQUAL(rows[1], "2! not a JSON object");
  BOOST_CHECK(rows[2].starts_with("3! "));
  BOOST_CHECK_EQUAL(rows[4], "5: {\"a\":2}");
}

BOOST_AUTO_TEST_CASE(a_list_that_is_cut_off_says_so) {
  check_rows(read(Format::kJson, "[{\"a\":1},{\"b\":\"x"), {"1: {\"a\":1}", "1! the file ends inside it"});
  check_rows(read(Format::kJson, "[{\"a\":1}"), {"1: {\"a\":1}", "1! the file ends before its list of objects does"});
}

BOOST_AUTO_TEST_CASE(what_holds_no_list_is_refused) {
  for (const char* text : {"", "hello", "{}", "{\"results\":{}}", "{\"results\"", "{\"other\":[{}]}"})
    BOOST_CHECK_EXCEPTION(read(Format::kJson, text), Error, is_not_of_format);
}

BOOST_AUTO_TEST_CASE(cells_have_the_types_of_their_columns) {
  check_rows(
      read(Format::kCsv, "objectId,n:Number,t,b:Boolean\na,1.5,\"x,\"\"y\"\"\nz\",true\r\nb,,\"\",\n"),
      {"2: {\"objectId\":\"a\",\"n\":1.5,\"t\":\"x,\\\"y\\\"\\nz\",\"b\":true}", "4: {\"objectId\":\"b\",\"t\":\"\"}"});
}

BOOST_AUTO_TEST_CASE(lines_of_csv_that_do_not_fit_the_header_are_problems) {
  check_rows(read(Format::kCsv, "a,b:Number\n1\n1,x\n1,2\n\"1"),
             {"2! 1 cells, but the header has 2", "3! b: 'x' is no Number", "4: {\"a\":\"1\",\"b\":2}",
              "5! the file ends inside a quoted cell"});
  BOOST_CHECK_EXCEPTION(read(Format::kCsv, ""), Error, is_not_of_format);
}

BOOST_AUTO_TEST_CASE(reading_goes_on_between_any_two_rows) {
  const std::pair<Format, std::string> files[] = {
      {Format::kNdjson, "{\"a\":1}\n\n{\"a\":2}\noops\n{\"a\":3}\n"},
      {Format::kJson, "{\"results\": [ {\"a\":1},\n\n{\"a\":2} ,\nnull,\n{\"a\":3}\n]\n}"},
      {Format::kCsv, "a:Number,b\n1,\"x\ny\"\n\n2,\nz,\n3,\n"}};
  for (const auto& [format, text] : files) {
    BOOST_CHECK_EQUAL(read(format, text).size(), 4);
    check_rows(read_in_pieces(format, text), read(format, text));
  }
}

BOOST_AUTO_TEST_SUITE_END()
