#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "storage/sqlite/connection.h"
#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(sqlite_faults)

namespace {

std::string message_of(const std::string& path) {
  try {
    SqliteFile::open(path);
  } catch (const Error& error) {
    return error.message();
  }
  return "opened";
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// No file may grow beyond the size given while this lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

/// Creates objects from four threads and writes each acknowledged id to `out`, until killed.
[[noreturn]] void write_until_killed(const std::string& path, int out) {
  const auto adapter = SqliteFile::open(path);
  const schema::Schema schema = adapter->load_schema();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0;; ++k) {
        char id[16];
        std::snprintf(id, sizeof id, "%d-%08d", i, k);
        adapter->create(
            schema, "A",
            {{"objectId", std::string(id)}, {"createdAt", object::Date{k}}, {"updatedAt", object::Date{k}}});
        if (::write(out, id, 10) != 10) _exit(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  _exit(0);
}

/// The ids that a child acknowledged before it was killed.
std::set<std::string> run_and_kill(const std::string& path, std::size_t acknowledged) {
  int ends[2];
  BOOST_REQUIRE_EQUAL(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) write_until_killed(path, ends[1]);
  ::close(ends[1]);
  std::set<std::string> ids;
  char id[10];
  while (::read(ends[0], id, sizeof id) == sizeof id) {
    ids.emplace(id, sizeof id);
    if (ids.size() == acknowledged) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return ids;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_second_server_is_refused_with_one_clear_sentence) {
  SqliteFile first;
  const std::string path = first.folder.file("test.db");
  BOOST_CHECK_EQUAL(message_of(path), "The database " + path + " is already open in another server.");
  first.adapter.reset();
  BOOST_CHECK_EQUAL(message_of(path), "opened");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_database_is_refused) {
  ScratchFolder folder;
  const std::string path = folder.file("text.db");
  std::ofstream(path) << std::string(5000, 'x');
  BOOST_CHECK(contains(message_of(path), path));
  BOOST_CHECK(contains(message_of(path), "file is not a database"));
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_missing_is_named) {
  const std::string path = "/nonexistent/folder/test.db";
  BOOST_CHECK(contains(message_of(path), path));
  BOOST_CHECK(contains(message_of(path), "No such file or directory"));
}

BOOST_AUTO_TEST_CASE(a_full_disk_fails_the_write_and_the_next_one_works_when_space_is_back) {
  Store<SqliteFile> store;
  store.make_class(class_of("A", {field("s", FieldKind::kString)}));
  const std::string json = R"({"s":")" + std::string(20000, 'x') + R"("})";
  store.create("A", "before", json);
  {
    FileSizeLimit full(200000);
    bool has_failed = false;
    for (int i = 0; i < 50 && !has_failed; ++i) {
      try {
        store.create("A", std::to_string(i), json);
      } catch (const Error& error) {
        has_failed = true;
        BOOST_CHECK(error.code() == ErrorCode::kInternal);
      }
    }
    BOOST_CHECK(has_failed);
    BOOST_CHECK(store.get("A", "before") != "none");
  }
  store.create("A", "after", json);
  BOOST_CHECK(store.get("A", "after") != "none");
}

BOOST_AUTO_TEST_CASE(what_was_acknowledged_survives_a_kill) {
  ScratchFolder folder;
  const std::string path = folder.file("test.db");
  SqliteFile::open(path)->create_class(class_of("A", {}));
  std::size_t lost = 0;
  for (int round = 0; round < 3; ++round) {
    const std::string file = path + std::to_string(round);
    std::filesystem::copy_file(path, file);
    const std::set<std::string> ids = run_and_kill(file, 200 + 150 * static_cast<std::size_t>(round));
    Store<SqliteFile> store;
    store.backend.adapter = SqliteFile::open(file);
    store.schema = store.backend->load_schema();
    for (const std::string& id : ids) lost += store.get("A", id) == "none" ? 1 : 0;
    BOOST_CHECK_GE(ids.size(), 200);
  }
  BOOST_CHECK_EQUAL(lost, 0);
}

BOOST_AUTO_TEST_CASE(an_idle_transaction_gives_the_writer_back) {
  sqlite::SqliteSettings settings;
  settings.transaction_idle_limit = std::chrono::milliseconds(1);
  const auto adapter = sqlite::open_sqlite(settings);
  const schema::ClassSchema made = class_of("A", {});
  adapter->create_class(made);
  schema::Schema schema;
  schema.set(made);
  const auto transaction = adapter->begin();
  const Object object{{"objectId", "a1"}, {"createdAt", object::Date{1}}, {"updatedAt", object::Date{1}}};
  adapter->create(schema, "A", object);
  BOOST_CHECK_EXCEPTION(transaction->commit(), Error, has_code(ErrorCode::kTimeout));
  BOOST_CHECK_EQUAL(adapter->count(schema, "A", {}), 1);
}

BOOST_AUTO_TEST_CASE(a_statement_that_takes_too_long_is_a_timeout) {
  sqlite::ConnectionSettings settings;
  settings.path = ":memory:";
  settings.statement_limit = std::chrono::milliseconds(20);
  sqlite::Connection connection(settings);
  BOOST_CHECK_EXCEPTION(
      connection.execute("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"),
      Error, has_code(ErrorCode::kTimeout));
  connection.execute("SELECT 1");
}

BOOST_AUTO_TEST_SUITE_END()
