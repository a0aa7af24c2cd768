#include "storage/postgres/auto_index.h"

#include <boost/test/unit_test.hpp>
#include <thread>

#include "object/json.h"
#include "query/where_parser.h"
#include "storage/postgres/class_changes.h"
#include "storage/postgres/schema_store.h"
#include "tests/storage/postgres/database.h"

using namespace parse;
using namespace parse::storage::postgres;
using namespace std::chrono_literals;
using schema::FieldKind;

BOOST_AUTO_TEST_SUITE(postgres_auto_index, *boost::unit_test::precondition(test::needs_postgres))

namespace {

schema::Field field(std::string name, FieldKind kind) {
  schema::Field made;
  made.name = std::move(name);
  made.type.kind = kind;
  return made;
}

/// A class of many scores: `player` has many different values, `level` has two.
struct Scores {
  Scores() {
    schema::ClassSchema score;
    score.name = "Score";
    score.fields = {field("objectId", FieldKind::kString), field("createdAt", FieldKind::kDate),
                    field("updatedAt", FieldKind::kDate),  field("ACL", FieldKind::kAcl),
                    field("player", FieldKind::kString),   field("level", FieldKind::kNumber)};
    make_class(database.connection, score, "test");
    schema.set(score);
    database.connection.execute(
        "INSERT INTO \"Score\" (\"objectId\", \"createdAt\", \"updatedAt\", player, level) SELECT i, now(), now(), "
        "'P' || i % 5000, i % 2 FROM generate_series(1, 50000) AS i; ANALYZE \"Score\"");
  }

  query::Find find(const std::string& where) const {
    query::Find made;
    made.class_name = "Score";
    made.where =
        query::parse_where(object::parse_json(where), {.schema = schema, .class_name = "Score", .is_master = true});
    return made;
  }

  std::string auto_indexes() const {
    return database.run(
        "SELECT coalesce(string_agg(indexname, ' '), 'none') FROM pg_indexes WHERE indexname LIKE "
        "'auto%' OR indexname LIKE 'parse_unfinished%'");
  }

  /// Asks until these are there, for ten seconds at most.
  void check_indexes_become(const std::string& expected) const {
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (auto_indexes() != expected && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(10ms);
    BOOST_CHECK_EQUAL(auto_indexes(), expected);
  }

  PreparedDatabase database;
  schema::Schema schema;
};

}  // namespace

BOOST_AUTO_TEST_CASE(finds_that_read_the_whole_table_again_and_again_get_an_index) {
  Scores scores;
  AutoIndex indexes(settings_of(scores.database.database.uri()));
  for (int i = 0; i < 5; ++i) indexes.note(scores.schema, scores.find(R"({"player":"P7"})"), 20ms, 10);
  scores.check_indexes_become("auto_player");
  BOOST_CHECK(load_classes(scores.database.connection).find("Score")->indexes.empty());
}

BOOST_AUTO_TEST_CASE(quick_finds_and_small_waste_ask_for_nothing) {
  Scores scores;
  {
    AutoIndex indexes(settings_of(scores.database.database.uri()));
    for (int i = 0; i < 100; ++i) indexes.note(scores.schema, scores.find(R"({"player":"P7"})"), 1ms, 10);
    indexes.note(scores.schema, scores.find(R"({"player":"P7"})"), 4ms, 10);
    indexes.note(scores.schema, scores.find("{}"), 500ms, 10);
  }
  BOOST_CHECK_EQUAL(scores.auto_indexes(), "none");
}

BOOST_AUTO_TEST_CASE(an_index_that_would_not_be_used_is_not_kept) {
  Scores scores;
  AutoIndex indexes(settings_of(scores.database.database.uri()));
  for (int i = 0; i < 5; ++i) indexes.note(scores.schema, scores.find(R"({"level":1})"), 20ms, 10);
  for (int i = 0; i < 5; ++i) indexes.note(scores.schema, scores.find(R"({"player":"P7"})"), 20ms, 10);
  // Wishes are granted in turn: when the second is there, the first has been made and dropped.
  scores.check_indexes_become("auto_player");
}

BOOST_AUTO_TEST_CASE(a_small_class_gets_none_however_long_its_finds_take) {
  Scores scores;
  schema::ClassSchema few = *scores.schema.find("Score");
  few.name = "Few";
  make_class(scores.database.connection, few, "test");
  scores.schema.set(few);
  scores.database.connection.execute(
      "INSERT INTO \"Few\" (\"objectId\", \"createdAt\", \"updatedAt\", player) SELECT i, now(), now(), 'P' || i FROM "
      "generate_series(1, 2000) AS i; ANALYZE \"Few\"");
  AutoIndex indexes(settings_of(scores.database.database.uri()));
  query::Find small = scores.find(R"({"player":"P7"})");
  small.class_name = "Few";
  for (int i = 0; i < 5; ++i) indexes.note(scores.schema, small, 20ms, 1);
  for (int i = 0; i < 5; ++i) indexes.note(scores.schema, scores.find(R"({"player":"P7"})"), 20ms, 10);
  // Wishes are granted in turn: when the second is there, the first has been turned down.
  scores.check_indexes_become("auto_player");
  BOOST_CHECK_EQUAL(scores.database.run("SELECT count(*) FROM pg_indexes WHERE tablename = 'Few'"), "1");
}

BOOST_AUTO_TEST_CASE(a_find_that_would_gain_waits_while_its_index_is_made) {
  Scores scores;
  Connection writer(settings_of(scores.database.database.uri()));
  writer.execute("BEGIN; UPDATE \"Score\" SET level = 5 WHERE player = 'P1'");
  AutoIndex indexes(settings_of(scores.database.database.uri()));
  for (int i = 0; i < 5; ++i) indexes.note(scores.schema, scores.find(R"({"player":"P7"})"), 20ms, 10);
  scores.check_indexes_become("parse_unfinished_index");
  const auto time_of_wait = [&](const std::string& where) {
    const auto start = std::chrono::steady_clock::now();
    indexes.wait_for_index(scores.schema, scores.find(where));
    return std::chrono::steady_clock::now() - start;
  };
  BOOST_CHECK(time_of_wait(R"({"level":1})") < 400ms);
  // As long as the writer goes on, the index cannot be had, and the find waits no longer than it may.
  const auto waited = time_of_wait(R"({"player":"P7"})");
  BOOST_CHECK(waited >= 400ms);
  BOOST_CHECK(waited < 5s);
  writer.execute("ROLLBACK");
  scores.check_indexes_become("auto_player");
}

BOOST_AUTO_TEST_CASE(the_end_of_the_server_does_not_wait_for_an_index) {
  Scores scores;
  // Somebody writes, and CREATE INDEX CONCURRENTLY waits for them.
  Connection writer(settings_of(scores.database.database.uri()));
  writer.execute("BEGIN; UPDATE \"Score\" SET level = 5 WHERE player = 'P1'");
  std::optional<AutoIndex> indexes(std::in_place, settings_of(scores.database.database.uri()));
  for (int i = 0; i < 5; ++i) indexes->note(scores.schema, scores.find(R"({"player":"P7"})"), 20ms, 10);
  scores.check_indexes_become("parse_unfinished_index");
  const auto start = std::chrono::steady_clock::now();
  indexes.reset();
  BOOST_CHECK(std::chrono::steady_clock::now() - start < 5s);
  writer.execute("ROLLBACK");
}

BOOST_AUTO_TEST_SUITE_END()
