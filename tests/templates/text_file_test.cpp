#include "templates/text_file.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "tests/support/temp_folder.h"

using parse::templates::read_file_below;

namespace {

struct Fixture {
  Fixture() {
    std::filesystem::create_directories(root + "/de");
    std::filesystem::create_directories(temp.path() + "/public-x");
    write(root + "/page.html", "page");
    write(root + "/de/page.html", "Seite");
    write(temp.path() + "/secret", "secret");
    write(temp.path() + "/public-x/secret", "secret");
  }
  static void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

  parse::test::TempFolder temp;
  std::string root = temp.path() + "/public";
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(text_file, Fixture)

BOOST_AUTO_TEST_CASE(files_in_the_folder_and_below_are_read) {
  BOOST_TEST((read_file_below(root, "page.html") == "page"));
  BOOST_TEST((read_file_below(root, "de/page.html") == "Seite"));
  BOOST_TEST((read_file_below(root, "de/../page.html") == "page"));
}

BOOST_AUTO_TEST_CASE(missing_files_and_folders_are_nothing) {
  BOOST_TEST(!read_file_below(root, "other.html"));
  BOOST_TEST(!read_file_below(root, "de"));
  BOOST_TEST(!read_file_below(root, ""));
  BOOST_TEST(!read_file_below(root + "/none", "page.html"));
}

// GHSA-hm3f-q6rw-m6wh
BOOST_AUTO_TEST_CASE(nothing_outside_the_folder_is_read) {
  for (const std::string& name :
       {std::string("../secret"), std::string("../public-x/secret"), std::string("de/../../secret"),
        temp.path() + "/secret", std::string("/etc/passwd"), std::string("//etc/passwd"),
        std::string("page.html\0/../../secret", 23), std::string("..")}) {
    BOOST_TEST(!read_file_below(root, name), name);
  }
}

BOOST_AUTO_TEST_CASE(symbolic_links_that_lead_out_are_not_followed) {
  std::filesystem::create_symlink("../secret", root + "/link");
  std::filesystem::create_symlink("..", root + "/up");
  BOOST_TEST(!read_file_below(root, "link"));
  BOOST_TEST(!read_file_below(root, "up/secret"));
}

BOOST_AUTO_TEST_CASE(huge_files_are_not_read) {
  write(root + "/huge", std::string((1 << 20) + 1, 'x'));
  BOOST_TEST(!read_file_below(root, "huge"));
}

BOOST_AUTO_TEST_SUITE_END()
