#include "apps/common/generated_keys.h"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "config/validate.h"
#include "tests/support/temp_folder.h"

using namespace parse::apps;
using parse::config::Options;
using parse::test::TempFolder;

namespace {

struct Fixture {
  TempFolder folder;

  Options options(const std::string& name = "data") const {
    Options fresh;
    fresh.runtime.data_folder = folder.file(name);
    parse::config::create_data_folder(fresh);
    return fresh;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(generated_keys, Fixture)

BOOST_AUTO_TEST_CASE(keys_are_made_once_and_found_again) {
  Options first = options();
  BOOST_TEST(ensure_keys(first).in_use);
  BOOST_TEST(first.keys.app_id.size() == 20u);
  BOOST_TEST(first.keys.master_key.size() == 40u);
  Options second = options();
  ensure_keys(second);
  BOOST_TEST((first == second));
}

BOOST_AUTO_TEST_CASE(two_data_folders_get_different_keys) {
  Options first = options();
  Options second = options("other");
  ensure_keys(first);
  ensure_keys(second);
  BOOST_TEST(first.keys.master_key != second.keys.master_key);
}

BOOST_AUTO_TEST_CASE(only_the_owner_may_read_the_file) {
  Options made = options();
  struct stat info {};
  BOOST_REQUIRE(::stat(ensure_keys(made).path.c_str(), &info) == 0);
  BOOST_TEST((info.st_mode & 0777) == 0600u);
}

BOOST_AUTO_TEST_CASE(configured_keys_are_left_alone) {
  Options configured = options();
  configured.keys.app_id = "a";
  configured.keys.master_key = "m";
  BOOST_TEST(!ensure_keys(configured).in_use);
  BOOST_TEST(configured.keys.app_id == "a");
  BOOST_TEST(!std::filesystem::exists(folder.file("data/keys.json")));
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_an_error_not_new_keys) {
  Options damaged = options();
  folder.write("data/keys.json", "{\"appId\":");
  BOOST_CHECK_EXCEPTION(ensure_keys(damaged), parse::Error, [](const parse::Error& error) {
    return error.message().starts_with("'dataFolder' holds ") &&
           error.message().find("is damaged") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(the_first_steps_hold_the_keys_and_a_curl_line) {
  Options made = options();
  const auto keys = ensure_keys(made);
  const auto text = first_steps(made, keys, "http://localhost:1337/parse");
  BOOST_TEST(text.find("masterKey  " + made.keys.master_key) != std::string::npos);
  BOOST_TEST(text.find("curl -X POST -H 'X-Parse-Application-Id: " + made.keys.app_id + "'") != std::string::npos);
  BOOST_TEST(text.find("http://localhost:1337/parse/classes/GameScore\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
