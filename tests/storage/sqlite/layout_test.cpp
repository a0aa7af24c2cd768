#include "storage/sqlite/layout.h"

#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(sqlite_layout)

namespace {

void write_file(const std::string& path, const char* sql) {
  sqlite::ConnectionSettings settings;
  settings.path = path;
  sqlite::Connection(settings).execute(sql);
}

/// A file as the first servers wrote it: layout 0, no index on createdAt.
constexpr const char* kLayout0 = R"sql(
  CREATE TABLE "_SCHEMA" ("className" TEXT PRIMARY KEY, "definition" TEXT NOT NULL);
  INSERT INTO "_SCHEMA" VALUES ('Game', '{"fields":[{"name":"objectId","type":"String"},{"name":"createdAt","type":"Date"},{"name":"updatedAt","type":"Date"},{"name":"ACL","type":"ACL"},{"name":"n","type":"Number"}],"indexes":[]}');
  CREATE TABLE "Game" ("_row" INTEGER PRIMARY KEY, "objectId" TEXT NOT NULL UNIQUE, "createdAt" INTEGER NOT NULL,
    "updatedAt" INTEGER NOT NULL, "_rperm" TEXT, "_wperm" TEXT, "n" NUMERIC);
  INSERT INTO "Game" VALUES (1, 'g1', 1000, 1000, NULL, '|*|', 42);
)sql";

}  // namespace

BOOST_AUTO_TEST_CASE(layout_0_is_brought_up_to_date_with_its_objects) {
  ScratchFolder folder;
  const std::string path = folder.file("old.db");
  write_file(path, kLayout0);
  Store<SqliteFile> store;
  store.backend.adapter = SqliteFile::open(path);
  store.schema = store.backend->load_schema();
  BOOST_CHECK_EQUAL(store.get("Game", "g1"), R"({"objectId":"g1","ACL":{"*":{"write":true}},"n":42})");
  query::Find newest = store.find_of("Game");
  newest.order = {{"createdAt", true}};
  BOOST_CHECK(object::to_json(store.backend->explain(store.schema, newest, "queryPlanner")).find("made:Game") !=
              std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_newer_layout_is_refused) {
  ScratchFolder folder;
  const std::string path = folder.file("new.db");
  write_file(path, "PRAGMA user_version = 99");
  BOOST_CHECK_EXCEPTION(SqliteFile::open(path), Error, [](const Error& error) {
    return error.message().find("written by a newer server") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(a_database_of_another_program_is_refused) {
  ScratchFolder folder;
  const std::string path = folder.file("other.db");
  write_file(path, "CREATE TABLE notes (text)");
  BOOST_CHECK_EXCEPTION(SqliteFile::open(path), Error, [](const Error& error) {
    return error.message().find("tables of another program") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(what_was_stored_is_there_after_reopening) {
  ScratchFolder folder;
  const std::string path = folder.file("test.db");
  {
    Store<SqliteFile> store;
    store.backend.adapter = SqliteFile::open(path);
    store.make_class(class_of("A", {field("s", FieldKind::kString)}));
    store.create("A", "a1", R"({"s":"x"})");
  }
  Store<SqliteFile> store;
  store.backend.adapter = SqliteFile::open(path);
  store.schema = store.backend->load_schema();
  BOOST_CHECK_EQUAL(store.get("A", "a1"), R"({"objectId":"a1","s":"x"})");
}

BOOST_AUTO_TEST_SUITE_END()
