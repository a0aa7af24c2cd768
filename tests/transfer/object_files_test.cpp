#include "transfer/object_files.h"

#include <boost/test/unit_test.hpp>

#include "object/json.h"
#include "tests/support/temp_folder.h"

using namespace parse;
using namespace parse::transfer;

BOOST_AUTO_TEST_SUITE(object_files)

BOOST_AUTO_TEST_CASE(files_are_found_and_changed_at_any_depth) {
  object::Value row =
      object::parse_json(R"({"a":{"__type":"File","name":"1"},"b":[{"c":{"__type":"File","name":"2"}},3],"d":"File"})");
  std::string names;
  for_each_file(std::as_const(row).as<object::Object>(), [&](const object::File& file) { names += file.name; });
  BOOST_TEST(names == "12");
  for_each_file(*row.get_if<object::Object>(), [](object::File& file) { file = {"new" + file.name, "http://h/"}; });
  BOOST_TEST((object::to_json(row).find(R"("name":"new2","url":"http://h/")") != std::string::npos));
}

BOOST_AUTO_TEST_CASE(a_name_that_leads_out_of_the_folder_or_hides_is_not_safe) {
  for (const char* name : {"a.png", "a b.txt", "folder/a.png", "A@~_-"}) BOOST_TEST(is_safe_file_name(name));
  for (const char* name : {"", "/a", "a/", "a//b", "..", "../a", "a/../b", ".types", "a/.b", "a\\b", "a\nb"})
    BOOST_TEST(!is_safe_file_name(name));
  BOOST_TEST(!is_safe_file_name(std::string(300, 'a')));
}

BOOST_AUTO_TEST_CASE(content_types_are_remembered_by_name_and_told_by_the_ending) {
  const test::TempFolder folder;
  const std::filesystem::path path = std::filesystem::path(folder.write("a", "")).parent_path();
  BOOST_TEST(read_content_types(path).empty());
  add_content_type(path, "a", "text/x-test; charset=utf-8");
  add_content_type(path, "b", "image/png");
  BOOST_TEST(read_content_types(path).at("a") == "text/x-test; charset=utf-8");
  BOOST_TEST(content_type_of("x/A.JPEG") == "image/jpeg");
  BOOST_TEST(content_type_of("none") == "application/octet-stream");
}

BOOST_AUTO_TEST_SUITE_END()
