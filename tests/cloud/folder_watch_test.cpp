#include "cloud/folder_watch.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <thread>

#include "base/error.h"
#include "cloud/reloader.h"
#include "tests/support/temp_folder.h"

using namespace parse;
using namespace parse::cloud;
using parse::test::TempFolder;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kLong = std::chrono::seconds(20);

void write(const std::filesystem::path& file, const std::string& text = "x") {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(folder_watch)

BOOST_AUTO_TEST_CASE(only_source_files_count) {
  for (const char* name : {"main.js", "a.mjs", "a.cjs", "package.json", "..data"}) BOOST_CHECK(is_source_file(name));
  for (const char* name : {"main.js~", ".main.js", "notes.txt", "js", ""}) BOOST_CHECK(!is_source_file(name));
}

BOOST_AUTO_TEST_CASE(a_change_is_seen_and_then_all_is_quiet) {
  const TempFolder folder;
  FolderWatch watch(folder.path());
  watch.start();
  BOOST_CHECK(!watch.wait(milliseconds(10)));
  write(std::filesystem::path(folder.path()) / "main.js");
  BOOST_CHECK(watch.wait(kLong));
  while (watch.wait(milliseconds(50))) continue;
  write(std::filesystem::path(folder.path()) / "notes.txt");
  BOOST_CHECK(!watch.wait(milliseconds(50)));
}

BOOST_AUTO_TEST_CASE(folders_made_later_are_watched_too_but_not_those_of_packages) {
  const TempFolder folder;
  std::filesystem::create_directories(std::filesystem::path(folder.path()) / "node_modules/a");
  FolderWatch watch(folder.path());
  watch.start();
  std::filesystem::create_directories(std::filesystem::path(folder.path()) / "lib");
  while (watch.wait(milliseconds(50))) continue;
  write(std::filesystem::path(folder.path()) / "lib/deep.mjs");
  BOOST_CHECK(watch.wait(kLong));
  while (watch.wait(milliseconds(50))) continue;
  write(std::filesystem::path(folder.path()) / "node_modules/a/index.js");
  BOOST_CHECK(!watch.wait(milliseconds(50)));
}

BOOST_AUTO_TEST_CASE(a_wait_ends_when_it_is_woken) {
  const TempFolder folder;
  FolderWatch watch(folder.path());
  watch.start();
  std::thread waker([&] { watch.wake(); });
  BOOST_CHECK(!watch.wait(kLong));
  waker.join();
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_is_named) {
  FolderWatch watch("/nowhere/at/all");
  BOOST_CHECK_THROW(watch.start(), Error);
}

BOOST_AUTO_TEST_CASE(the_reloader_loads_when_asked_and_goes_on_after_a_failure) {
  const TempFolder folder;
  std::atomic<int> loads{0};
  Reloader reloader(std::filesystem::path(folder.path()) / "main.js", false, [&] {
    if (++loads == 1) throw Error(ErrorCode::kScriptFailed, "broken");
  });
  reloader.start();
  const auto end = std::chrono::steady_clock::now() + kLong;
  for (int wanted = 1; wanted <= 3; ++wanted) {
    reloader.request();
    while (loads < wanted && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    BOOST_CHECK_EQUAL(loads.load(), wanted);
  }
  reloader.stop();
}

BOOST_AUTO_TEST_SUITE_END()
