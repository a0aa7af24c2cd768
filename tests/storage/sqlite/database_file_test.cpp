#include "storage/sqlite/database_file.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "storage/sqlite/connection.h"
#include "tests/support/temp_folder.h"

using namespace parse;
using namespace parse::storage::sqlite;
namespace fs = std::filesystem;

namespace {

void make_database(const std::string& path, const char* table) {
  Connection connection({.path = path});
  connection.execute(("CREATE TABLE " + std::string(table) + " (a)").c_str());
}

bool has_table(const std::string& path, const char* table) {
  Connection connection({.path = path});
  StatementUse use(connection.prepare("SELECT COUNT(*) FROM sqlite_master WHERE name = '" + std::string(table) + "'"),
                   {});
  return use->step() && use->integer(0) == 1;
}

const auto kNever = [] { return false; };

}  // namespace

BOOST_AUTO_TEST_SUITE(sqlite_database_file)

BOOST_AUTO_TEST_CASE(a_database_is_replaced_with_its_log) {
  const test::TempFolder folder;
  const std::string path = folder.file("a.db");
  make_database(path, "before");
  make_database(folder.file("b.db"), "after");
  folder.write("a.db-wal", "what an ended server left");
  replace_database(path, folder.file("b.db"));
  BOOST_CHECK(!fs::exists(path + "-wal"));
  BOOST_CHECK(!fs::exists(folder.file("b.db")));
  BOOST_CHECK(has_table(path, "after") && !has_table(path, "before"));
}

BOOST_AUTO_TEST_CASE(a_database_that_somebody_has_open_stays) {
  const test::TempFolder folder;
  const std::string path = folder.file("a.db");
  make_database(path, "before");
  make_database(folder.file("b.db"), "after");
  {
    Connection reader({.path = path, .mode = ConnectionMode::kReader});
    reader.execute("BEGIN; SELECT * FROM before");
    BOOST_CHECK_EXCEPTION(replace_database(path, folder.file("b.db")), Error,
                          [](const Error& error) { return error.code() == ErrorCode::kOperationForbidden; });
  }
  BOOST_CHECK(has_table(path, "before"));
  BOOST_CHECK(fs::exists(folder.file("b.db")));
}

BOOST_AUTO_TEST_CASE(what_is_no_database_can_be_replaced) {
  const test::TempFolder folder;
  make_database(folder.file("b.db"), "after");
  replace_database(folder.write("a.db", std::string(5000, 'x')), folder.file("b.db"));
  BOOST_CHECK(has_table(folder.file("a.db"), "after"));
}

BOOST_AUTO_TEST_CASE(a_good_database_has_no_fault_and_a_torn_one_has) {
  const test::TempFolder folder;
  const std::string path = folder.file("a.db");
  make_database(path, "good");
  BOOST_CHECK_EQUAL(first_fault(path, kNever), "");
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(4096, '\x7f');
  file.close();
  BOOST_CHECK_NE(first_fault(path, kNever), "");
}

BOOST_AUTO_TEST_SUITE_END()
