#include "storage/postgres/class_changes.h"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "schema/default_classes.h"
#include "storage/postgres/schema_store.h"
#include "tests/storage/postgres/database.h"

using namespace parse;
using namespace parse::storage::postgres;
using schema::FieldKind;

BOOST_AUTO_TEST_SUITE(postgres_class_changes, *boost::unit_test::precondition(test::needs_postgres))

namespace {

schema::Field field(std::string name, FieldKind kind, std::string target = {}) {
  schema::Field made;
  made.name = std::move(name);
  made.type = {kind, std::move(target)};
  return made;
}

schema::ClassSchema game(const std::vector<schema::Field>& fields) {
  schema::ClassSchema made = schema::default_class("Game");
  made.fields.insert(made.fields.end(), fields.begin(), fields.end());
  return made;
}

std::string columns(const Database& database, const std::string& table) {
  return database.run(
      "SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute"
      " WHERE attnum > 0 AND NOT attisdropped AND attrelid = '\"" +
      table + "\"'::regclass");
}

/// Runs the same on several connections at once and counts by error code; 0 is success.
template <typename Work>
std::map<int, int> at_once(const Database& database, const Work& work) {
  constexpr int kServers = 6;
  std::mutex mutex;
  std::map<int, int> codes;
  std::atomic<int> waiting{kServers};
  std::vector<std::jthread> servers;
  for (int server = 0; server < kServers; ++server) {
    servers.emplace_back([&, server] {
      int code = 0;
      Connection connection = Connection(settings_of(database.database.uri()));
      --waiting;
      while (waiting > 0) std::this_thread::yield();
      try {
        work(connection, server);
      } catch (const Error& error) {
        code = static_cast<int>(error.code());
      }
      const std::lock_guard lock(mutex);
      ++codes[code];
    });
  }
  servers.clear();
  return codes;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(columns_have_the_types_of_the_node_server, PreparedDatabase) {
  make_class(connection,
             game({field("s", FieldKind::kString), field("n", FieldKind::kNumber), field("b", FieldKind::kBoolean),
                   field("d", FieldKind::kDate), field("o", FieldKind::kObject), field("a", FieldKind::kArray),
                   field("y", FieldKind::kBytes), field("f", FieldKind::kFile),
                   field("p", FieldKind::kPointer, "_User"), field("g", FieldKind::kGeoPoint),
                   field("l", FieldKind::kPolygon), field("r", FieldKind::kRelation, "_User")}),
             "me");
  BOOST_CHECK_EQUAL(
      columns(*this, "Game"),
      "objectId text, createdAt timestamp with time zone, updatedAt timestamp with time zone, _rperm "
      "text[], _wperm text[], s text, n double precision, b boolean, d timestamp with time zone, o jsonb, "
      "a jsonb, y jsonb, f text, p text, g point, l polygon");
  BOOST_CHECK_EQUAL(columns(*this, "_Join:r:Game"),
                    "relatedId character varying(120), owningId character varying(120)");
  BOOST_CHECK_EQUAL(run("SELECT pg_get_indexdef('\"_Join:r:Game_pkey\"'::regclass)"),
                    "CREATE UNIQUE INDEX \"_Join:r:Game_pkey\" ON public.\"_Join:r:Game\" USING btree (\"relatedId\", "
                    "\"owningId\")");
}

BOOST_FIXTURE_TEST_CASE(a_table_without_a_row_is_taken_over, PreparedDatabase) {
  run("CREATE TABLE \"Game\" (\"objectId\" text PRIMARY KEY, n double precision)");
  make_class(connection, game({field("n", FieldKind::kNumber), field("s", FieldKind::kString)}), "me");
  BOOST_CHECK(load_class(connection, "Game")->find_field("s") != nullptr);
  run("CREATE TABLE \"Other\" (\"objectId\" text PRIMARY KEY, n text)");
  schema::ClassSchema other = game({field("n", FieldKind::kNumber)});
  other.name = "Other";
  BOOST_CHECK_EXCEPTION(make_class(connection, other, "me"), Error, has_code(ErrorCode::kInvalidSchemaOperation));
}

BOOST_FIXTURE_TEST_CASE(servers_that_make_the_same_class_at_once_all_succeed_or_hear_103, PreparedDatabase) {
  const auto codes = at_once(
      *this, [&](Connection& own, int) { make_class(own, game({field("fans", FieldKind::kRelation, "Game")}), "me"); });
  BOOST_CHECK_EQUAL(codes.at(0), 1);
  BOOST_CHECK_EQUAL(codes.at(static_cast<int>(ErrorCode::kInvalidClassName)), 5);
}

BOOST_FIXTURE_TEST_CASE(servers_that_add_the_same_field_at_once_all_succeed, PreparedDatabase) {
  make_class(connection, game({}), "me");
  const auto codes = at_once(*this, [&](Connection& own, int server) {
    change_class(own, game({}),
                 game({field("same", FieldKind::kString), field("fans", FieldKind::kRelation, "Game"),
                       field("own" + std::to_string(server), FieldKind::kNumber)}),
                 "me");
  });
  BOOST_CHECK_EQUAL(codes.at(0), 6);
  BOOST_CHECK_EQUAL(load_class(connection, "Game")->fields.size(), 4U + 2U + 6U);
}

BOOST_FIXTURE_TEST_CASE(of_servers_that_add_a_field_with_different_types_one_wins, PreparedDatabase) {
  make_class(connection, game({}), "me");
  const auto codes = at_once(*this, [&](Connection& own, int server) {
    change_class(own, game({}), game({field("x", server % 2 == 0 ? FieldKind::kString : FieldKind::kNumber)}), "me");
  });
  BOOST_CHECK_EQUAL(codes.at(0), 3);
  BOOST_CHECK_EQUAL(codes.at(static_cast<int>(ErrorCode::kInvalidSchemaOperation)), 3);
}

BOOST_FIXTURE_TEST_CASE(a_change_that_fails_leaves_nothing_behind, PreparedDatabase) {
  make_class(connection, game({}), "me");
  run("ALTER TABLE \"Game\" ADD COLUMN taken boolean");
  BOOST_CHECK_EXCEPTION(change_class(connection, game({}),
                                     game({field("a", FieldKind::kString), field("taken", FieldKind::kDate)}), "me"),
                        Error, has_code(ErrorCode::kInvalidSchemaOperation));
  BOOST_CHECK(!connection.is_in_transaction());
  BOOST_CHECK(*load_class(connection, "Game") == game({}));
  BOOST_CHECK_EQUAL(run("SELECT count(*) FROM pg_attribute WHERE attname = 'a'"), "0");
}

BOOST_FIXTURE_TEST_CASE(names_that_postgresql_would_cut_to_the_same_are_refused, PreparedDatabase) {
  const std::string name(63, 'x');
  make_class(connection, game({field(name + "1", FieldKind::kString)}), "me");
  BOOST_CHECK(load_class(connection, "Game")->find_field(name + "1") != nullptr);
  const schema::ClassSchema before = *load_class(connection, "Game");
  schema::ClassSchema after = before;
  after.fields.push_back(field(name + "2", FieldKind::kString));
  BOOST_CHECK_EXCEPTION(change_class(connection, before, after, "me"), Error,
                        has_code(ErrorCode::kInvalidSchemaOperation));
  schema::ClassSchema first = game({});
  first.name = name + "1";
  make_class(connection, first, "me");
  schema::ClassSchema second = game({});
  second.name = name + "2";
  BOOST_CHECK_EXCEPTION(make_class(connection, second, "me"), Error, has_code(ErrorCode::kInvalidClassName));
}

BOOST_FIXTURE_TEST_CASE(names_are_only_ever_names, PreparedDatabase) {
  schema::ClassSchema odd = game({field("x\" text); DROP TABLE \"_SCHEMA\"; --", FieldKind::kString)});
  odd.name = "a\"b'c; DROP TABLE \"_SCHEMA\"; --";
  make_class(connection, odd, "me");
  BOOST_CHECK(*load_class(connection, odd.name) == odd);
  drop_class(connection, odd, "me");
  BOOST_CHECK(!load_class(connection, odd.name));
}

BOOST_AUTO_TEST_SUITE_END()
