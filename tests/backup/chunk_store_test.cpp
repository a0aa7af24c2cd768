#include "backup/chunk_store.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "base/error.h"
#include "tests/support/temp_folder.h"

using namespace parse;
using backup::ChunkStore;
namespace fs = std::filesystem;

namespace {

std::size_t files_in(const std::string& folder) {
  std::size_t count = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) count += entry.is_regular_file();
  return count;
}

auto has_code(ErrorCode code) {
  return [code](const Error& error) { return error.code() == code; };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(chunk_store)

BOOST_AUTO_TEST_CASE(what_is_put_can_be_got_and_is_there_once) {
  const test::TempFolder folder;
  ChunkStore store(folder.path());
  const std::string content(5000, 'x');
  const auto hash = store.put(content);
  BOOST_CHECK_EQUAL(store.put(content), hash);
  store.settle();
  BOOST_CHECK_EQUAL(store.put(content), hash);
  BOOST_CHECK_EQUAL(store.new_chunks(), 1);
  BOOST_CHECK_EQUAL(store.get(hash), content);
  BOOST_CHECK_EQUAL(files_in(folder.path()), 1);
  BOOST_CHECK_EQUAL(fs::file_size(store.path_of(hash)), store.new_bytes());
}

BOOST_AUTO_TEST_CASE(what_was_not_settled_leaves_nothing) {
  const test::TempFolder folder;
  { ChunkStore(folder.path()).put("content"); }
  BOOST_CHECK_EQUAL(files_in(folder.path()), 0);
}

BOOST_AUTO_TEST_CASE(a_dry_store_counts_and_writes_nothing) {
  const test::TempFolder folder;
  ChunkStore store(folder.path(), ChunkStore::Mode::kDry);
  store.put("content");
  store.put("content");
  store.settle();
  BOOST_CHECK_EQUAL(store.new_chunks(), 1);
  BOOST_CHECK_EQUAL(files_in(folder.path()), 0);
}

BOOST_AUTO_TEST_CASE(damage_of_every_kind_is_noticed) {
  const test::TempFolder folder;
  ChunkStore store(folder.path());
  const auto hash = store.put("some content");
  store.settle();
  const std::string path = store.path_of(hash);
  const std::string good = test::read_text(path);
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(~bad[i]);  // a single bit may lie behind the end of what zlib reads
    std::ofstream(path, std::ios::binary) << bad;
    BOOST_CHECK_EXCEPTION(store.get(hash), Error, has_code(ErrorCode::kInvalidValue));
    std::ofstream(path, std::ios::binary) << good.substr(0, i);
    BOOST_CHECK_EXCEPTION(store.get(hash), Error, has_code(ErrorCode::kInvalidValue));
  }
  fs::remove(path);
  BOOST_CHECK_EXCEPTION(store.get(hash), Error, has_code(ErrorCode::kObjectNotFound));
}

BOOST_AUTO_TEST_SUITE_END()
