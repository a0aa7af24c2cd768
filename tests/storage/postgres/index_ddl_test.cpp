#include "storage/postgres/index_ddl.h"

#include <thread>

#include "schema/default_classes.h"
#include "storage/postgres/class_changes.h"
#include "storage/postgres/schema_store.h"
#include "tests/storage/postgres/database.h"

using namespace parse;
using namespace parse::storage::postgres;
using object::Object;
using schema::FieldKind;

BOOST_AUTO_TEST_SUITE(postgres_index_ddl, *boost::unit_test::precondition(test::needs_postgres))

namespace {

schema::Field field(std::string name, FieldKind kind) {
  schema::Field made;
  made.name = std::move(name);
  made.type = {kind, {}};
  return made;
}

schema::Index index_on(std::string name, std::vector<schema::IndexKey> keys) {
  return {std::move(name), std::move(keys)};
}

schema::Index unique_on(std::string name, std::vector<schema::IndexKey> keys) {
  return {std::move(name), std::move(keys), true};
}

schema::ClassSchema game(std::vector<schema::Index> indexes, std::string name = "Game") {
  schema::ClassSchema made = schema::default_class(name);
  for (const auto& [field_name, kind] :
       {std::pair("slug", FieldKind::kString), std::pair("n", FieldKind::kNumber), std::pair("map", FieldKind::kObject),
        std::pair("list", FieldKind::kArray), std::pair("place", FieldKind::kGeoPoint),
        std::pair("area", FieldKind::kPolygon)})
    made.fields.push_back(field(field_name, kind));
  made.indexes = std::move(indexes);
  return made;
}

/// The indexes of a table but its primary key, without their names' schema.
std::string indexes(const Database& database, const std::string& table) {
  return database.run(
      "SELECT string_agg(replace(indexdef, 'public.', ''), E'\\n' ORDER BY indexname) FROM pg_indexes WHERE tablename ="
      " '" +
      table + "' AND indexname <> '" + table + "_pkey'");
}

std::string names(const Database& database, const std::string& table) {
  return database.run("SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes WHERE tablename = '" +
                      table + "' AND indexname <> '" + table + "_pkey'");
}

std::string row_indexes(const Database& database, const std::string& class_name) {
  return database.run("SELECT schema->'indexes' FROM \"_SCHEMA\" WHERE \"className\" = '" + class_name + "'");
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(indexes_of_users_are_called_as_the_node_server_calls_them, PreparedDatabase) {
  schema::ClassSchema users = schema::default_class("_User");
  users.indexes.push_back(schema::auth_data_index("anonymous"));
  make_class(connection, users, "me");
  BOOST_CHECK_EQUAL(
      indexes(*this, "_User"),
      "CREATE UNIQUE INDEX \"_User_unique_authData_anonymous_id\" ON \"_User\" USING btree ((((\"authData\" -> "
      "'anonymous'::text) ->> 'id'::text))) WHERE (((\"authData\" -> 'anonymous'::text) ->> 'id'::text) IS NOT NULL)\n"
      "CREATE UNIQUE INDEX \"_User_unique_email\" ON \"_User\" USING btree (email)\n"
      "CREATE UNIQUE INDEX \"_User_unique_username\" ON \"_User\" USING btree (username)\n"
      "CREATE INDEX _email_verify_token ON \"_User\" USING btree (_email_verify_token)\n"
      "CREATE INDEX _perishable_token ON \"_User\" USING btree (_perishable_token)\n"
      "CREATE UNIQUE INDEX case_insensitive_email ON \"_User\" USING btree (lower(email) varchar_pattern_ops)\n"
      "CREATE UNIQUE INDEX case_insensitive_username ON \"_User\" USING btree (lower(username) varchar_pattern_ops)");
  BOOST_CHECK_EQUAL(row_indexes(*this, "_User"), "");
  BOOST_CHECK(load_class(connection, "_User")->indexes == users.indexes);
}

BOOST_FIXTURE_TEST_CASE(indexes_of_other_system_classes_get_names_of_their_own, PreparedDatabase) {
  for (const char* name : {"_Session", "_Installation", "_Role", "_Idempotency"}) {
    const schema::ClassSchema made = schema::default_class(name);
    make_class(connection, made, "me");
    BOOST_CHECK(load_class(connection, name)->indexes == made.indexes);
  }
  BOOST_CHECK_EQUAL(names(*this, "_Session"), "_Session_sessionToken _Session_user");
  BOOST_CHECK_EQUAL(names(*this, "_Installation"), "_Installation_deviceToken _Installation_unique_installationId");
  BOOST_CHECK_EQUAL(names(*this, "_Role"), "_Role_unique_name");
  BOOST_CHECK_EQUAL(names(*this, "_Idempotency"), "_Idempotency_unique_reqId ttl");
}

BOOST_FIXTURE_TEST_CASE(every_kind_of_index_fits_its_fields, PreparedDatabase) {
  make_class(connection, game({}), "me");
  schema::Index partial = unique_on("h_partial", {{"slug", 1}});
  partial.where = Object{{"n", Object{{"$gt", 10}}}};
  const schema::ClassSchema after =
      game({index_on("a_down", {{"n", -1}, {"slug", 1}}), index_on("b_words", {{"slug", "text"}}),
            index_on("c_place", {{"place", "2dsphere"}}), index_on("d_area", {{"area", 1}}),
            index_on("e_list", {{"list", 1}}), index_on("f_path", {{"map.a.b", 1}}),
            unique_on("g_path", {{"map.a.b", 1}}), partial, unique_on("i_place", {{"place", 1}, {"n", 1}}),
            unique_on("j_area", {{"area", 1}}), index_on("k_id", {{"_id", 1}}), index_on("_id_", {{"_id", 1}})});
  change_class(connection, game({}), after, "me");
  BOOST_CHECK_EQUAL(indexes(*this, "Game"),
                    "CREATE INDEX a_down ON \"Game\" USING btree (n DESC, slug)\n"
                    "CREATE INDEX b_words ON \"Game\" USING gin (to_tsvector('english'::regconfig, slug))\n"
                    "CREATE INDEX c_place ON \"Game\" USING gist (place)\n"
                    "CREATE INDEX d_area ON \"Game\" USING gist (area)\n"
                    "CREATE INDEX e_list ON \"Game\" USING gin (list jsonb_path_ops)\n"
                    "CREATE INDEX f_path ON \"Game\" USING gin (map jsonb_path_ops)\n"
                    "CREATE UNIQUE INDEX g_path ON \"Game\" USING btree ((((map -> 'a'::text) ->> 'b'::text)))\n"
                    "CREATE UNIQUE INDEX h_partial ON \"Game\" USING btree (slug) WHERE (n > (10)::double precision)\n"
                    "CREATE UNIQUE INDEX i_place ON \"Game\" USING btree ((place[0]), (place[1]), n)\n"
                    "CREATE UNIQUE INDEX j_area ON \"Game\" USING btree (((area)::text))\n"
                    "CREATE INDEX k_id ON \"Game\" USING btree (\"objectId\")");
  schema::ClassSchema expected = after;
  expected.indexes.pop_back();
  BOOST_CHECK(*load_class(connection, "Game") == expected);
  change_class(connection, after, game({}), "me");
  BOOST_CHECK_EQUAL(indexes(*this, "Game"), "");
  BOOST_CHECK(*load_class(connection, "Game") == game({}));
}

BOOST_FIXTURE_TEST_CASE(the_row_shows_indexes_as_the_node_server_reads_them, PreparedDatabase) {
  schema::Index unique = unique_on("by_slug", {{"slug", 1}, {"n", -1}});
  unique.where = Object{{"n", 1}};
  make_class(connection, game({unique}), "me");
  BOOST_CHECK_EQUAL(row_indexes(*this, "Game"), R"({"_id_": {"_id": 1}, "by_slug": {"n": -1, "slug": 1}})");
  BOOST_CHECK(*load_class(connection, "Game") == game({unique}));
  change_class(connection, game({unique}), game({}), "me");
  BOOST_CHECK_EQUAL(row_indexes(*this, "Game"), R"({"_id_": {"_id": 1}})");
}

BOOST_FIXTURE_TEST_CASE(indexes_that_the_node_server_made_are_known_and_can_be_dropped, PreparedDatabase) {
  make_class(connection, game({}), "me");
  run("CREATE INDEX pair ON \"Game\" (slug, n); UPDATE \"_SCHEMA\" SET schema = schema || "
      "'{\"indexes\":{\"_id_\":{\"_id\":1},\"pair\":{\"n\":1,\"slug\":1},\"lost\":{\"n\":1}}}'");
  const schema::ClassSchema before = *load_class(connection, "Game");
  BOOST_CHECK(before == game({index_on("pair", {{"slug", 1}, {"n", 1}}), index_on("lost", {{"n", 1}})}));
  change_class(connection, before, game({}), "me");
  BOOST_CHECK_EQUAL(names(*this, "Game"), "");
  BOOST_CHECK_EQUAL(row_indexes(*this, "Game"), R"({"_id_": {"_id": 1}})");
}

BOOST_FIXTURE_TEST_CASE(two_classes_may_use_the_same_name, PreparedDatabase) {
  make_class(connection, game({index_on("name_1", {{"n", 1}})}), "me");
  make_class(connection, game({index_on("name_1", {{"slug", 1}})}, "Other"), "me");
  make_class(connection, game({}, "Third"), "me");
  change_class(connection, game({}, "Third"), game({unique_on("name_1", {{"n", 1}})}, "Third"), "me");
  BOOST_CHECK_EQUAL(names(*this, "Game"), "name_1");
  BOOST_CHECK_EQUAL(names(*this, "Other"), "Other_name_1");
  BOOST_CHECK_EQUAL(names(*this, "Third"), "Third_name_1");
  BOOST_CHECK(*load_class(connection, "Third") == game({unique_on("name_1", {{"n", 1}})}, "Third"));
  change_class(connection, game({index_on("name_1", {{"slug", 1}})}, "Other"), game({}, "Other"), "me");
  BOOST_CHECK_EQUAL(names(*this, "Other"), "");
  BOOST_CHECK_EQUAL(names(*this, "Game"), "name_1");
}

BOOST_FIXTURE_TEST_CASE(an_index_of_the_owner_of_the_database_is_left_alone, PreparedDatabase) {
  make_class(connection, game({}), "me");
  run("CREATE INDEX mine ON \"Game\" (slug)");
  change_class(connection, game({}), game({index_on("mine", {{"n", 1}})}), "me");
  BOOST_CHECK_EQUAL(names(*this, "Game"), "Game_mine mine");
  change_class(connection, game({index_on("mine", {{"n", 1}})}), game({}), "me");
  BOOST_CHECK_EQUAL(names(*this, "Game"), "mine");
}

BOOST_FIXTURE_TEST_CASE(an_index_that_changes_is_replaced, PreparedDatabase) {
  make_class(connection, game({index_on("same", {{"n", 1}})}), "me");
  const schema::ClassSchema after = game({unique_on("same", {{"slug", 1}})});
  change_class(connection, game({index_on("same", {{"n", 1}})}), after, "me");
  BOOST_CHECK_EQUAL(indexes(*this, "Game"), "CREATE UNIQUE INDEX same ON \"Game\" USING btree (slug)");
  BOOST_CHECK(*load_class(connection, "Game") == after);
}

BOOST_FIXTURE_TEST_CASE(a_unique_index_over_equal_values_changes_nothing, PreparedDatabase) {
  make_class(connection, game({}), "me");
  run("INSERT INTO \"Game\" (\"objectId\", slug) VALUES ('1','a'), ('2','a')");
  schema::ClassSchema after = game({index_on("good", {{"n", 1}}), unique_on("bad", {{"slug", 1}})});
  after.fields.push_back(field("more", FieldKind::kString));
  BOOST_CHECK_EXCEPTION(change_class(connection, game({}), after, "me"), Error, has_code(ErrorCode::kDuplicateValue));
  BOOST_CHECK_EQUAL(names(*this, "Game"), "");
  BOOST_CHECK(*load_class(connection, "Game") == game({}));
}

BOOST_FIXTURE_TEST_CASE(indexes_on_new_fields_come_with_them, PreparedDatabase) {
  make_class(connection, game({}), "me");
  schema::ClassSchema after = game({unique_on("by_more", {{"more", 1}})});
  after.fields.push_back(field("more", FieldKind::kString));
  change_class(connection, game({}), after, "me");
  BOOST_CHECK(*load_class(connection, "Game") == after);
  BOOST_CHECK_EQUAL(names(*this, "Game"), "by_more");
  schema::ClassSchema gone = game({});
  change_class(connection, after, gone, "me");
  BOOST_CHECK_EQUAL(names(*this, "Game"), "");
}

BOOST_FIXTURE_TEST_CASE(what_a_killed_server_left_unfinished_is_cleared_away, PreparedDatabase) {
  make_class(connection, game({}), "me");
  run("CREATE INDEX parse_unfinished_index ON \"Game\" (n)");
  change_class(connection, game({}), game({index_on("by_n", {{"n", 1}})}), "me");
  BOOST_CHECK_EQUAL(names(*this, "Game"), "by_n");
}

BOOST_FIXTURE_TEST_CASE(fields_that_cannot_be_indexed_are_refused, PreparedDatabase) {
  make_class(connection, game({}), "me");
  for (const char* name : {"ghost", "ghost.path", "ACL"}) {
    BOOST_CHECK_EXCEPTION(change_class(connection, game({}), game({index_on("x", {{name, 1}})}), "me"), Error,
                          has_code(ErrorCode::kInvalidQuery));
  }
  schema::Index partial = index_on("x", {{"n", 1}});
  partial.where = Object{{"slug", Object{{"$inQuery", Object{{"className", "Game"}, {"where", Object()}}}}}};
  BOOST_CHECK_EXCEPTION(change_class(connection, game({}), game({partial}), "me"), Error,
                        has_code(ErrorCode::kInvalidQuery));
  partial.where = Object{{"list", Object{{"$regex", "^a"}}}};
  BOOST_CHECK_EXCEPTION(change_class(connection, game({}), game({partial}), "me"), Error,
                        has_code(ErrorCode::kInvalidQuery));
  BOOST_CHECK_EQUAL(names(*this, "Game"), "");
}

BOOST_FIXTURE_TEST_CASE(a_missing_right_to_make_default_indexes_does_not_keep_the_server_from_starting,
                        PreparedDatabase) {
  schema::ClassSchema before = schema::default_class("_Session");
  before.indexes.clear();
  make_class(connection, before, "me");
  run("GRANT ALL ON ALL TABLES IN SCHEMA public TO pg_monitor");
  connection.execute("SET ROLE pg_monitor");
  change_class(connection, before, schema::with_defaults(before), "me");
  BOOST_CHECK(load_class(connection, "_Session")->indexes.empty());
}

BOOST_FIXTURE_TEST_CASE(names_of_indexes_are_only_ever_names, PreparedDatabase) {
  const std::string odd = "x\"; DROP TABLE \"_SCHEMA\"; --'";
  const schema::ClassSchema made =
      game({index_on(odd, {{"n", 1}}), index_on(std::string(80, 'x'), {{"slug", 1}}),
            index_on(std::string(81, 'x'), {{"n", -1}}), index_on("p", {{"map.a'b\".c", 1}, {"n", 1}})});
  make_class(connection, made, "me");
  BOOST_CHECK_EQUAL(load_class(connection, "Game")->indexes.size(), 4U);
  change_class(connection, made, game({}), "me");
  BOOST_CHECK_EQUAL(names(*this, "Game"), "");
}

BOOST_FIXTURE_TEST_CASE(plain_indexes_of_the_node_server_become_unique_when_no_names_are_equal, PreparedDatabase) {
  schema::ClassSchema before = schema::default_class("_User");
  before.indexes.clear();
  make_class(connection, before, "me");
  run("CREATE INDEX case_insensitive_username ON \"_User\" (lower(username) varchar_pattern_ops);"
      "CREATE UNIQUE INDEX \"_User_unique_email\" ON \"_User\" (email);"
      "INSERT INTO \"_User\" (\"objectId\", username) VALUES ('1','a'), ('2','b')");
  const schema::ClassSchema loaded = *load_class(connection, "_User");
  BOOST_REQUIRE_EQUAL(loaded.indexes.size(), 1U);
  BOOST_CHECK_EQUAL(loaded.indexes.front().name, "email_1");
  change_class(connection, loaded, schema::with_defaults(loaded), "me");
  BOOST_CHECK_EQUAL(load_class(connection, "_User")->indexes.size(), 6U);
  BOOST_CHECK_EQUAL(names(*this, "_User"),
                    "_User_unique_email _User_unique_username _email_verify_token _perishable_token "
                    "case_insensitive_email case_insensitive_username");
}

BOOST_FIXTURE_TEST_CASE(names_that_differ_in_case_only_do_not_keep_the_server_from_starting, PreparedDatabase) {
  schema::ClassSchema before = schema::default_class("_User");
  before.indexes.clear();
  make_class(connection, before, "me");
  run("INSERT INTO \"_User\" (\"objectId\", username) VALUES ('1','a'), ('2','A')");
  change_class(connection, before, schema::with_defaults(before), "me");
  BOOST_CHECK_EQUAL(run("SELECT indexdef FROM pg_indexes WHERE indexname = 'case_insensitive_username'"),
                    "CREATE INDEX case_insensitive_username ON public.\"_User\" USING btree (lower(username) "
                    "varchar_pattern_ops)");
  BOOST_CHECK(load_class(connection, "_User")->find_index("case_insensitive_username") == nullptr);
  BOOST_CHECK(load_class(connection, "_User")->find_index("username_1") != nullptr);
}

BOOST_FIXTURE_TEST_CASE(equal_accounts_of_somebody_else_are_told_to_the_caller, PreparedDatabase) {
  const schema::ClassSchema before = schema::default_class("_User");
  make_class(connection, before, "me");
  run(R"(INSERT INTO "_User" ("objectId", "authData") VALUES ('1','{"x":{"id":"7"}}'), ('2','{"x":{"id":"7"}}'))");
  schema::ClassSchema after = before;
  after.indexes.push_back(schema::auth_data_index("x"));
  BOOST_CHECK_EXCEPTION(change_class(connection, before, after, "me"), Error, has_code(ErrorCode::kDuplicateValue));
}

BOOST_FIXTURE_TEST_CASE(servers_that_make_the_same_index_at_once_all_succeed, PreparedDatabase) {
  make_class(connection, game({}), "me");
  std::atomic<int> done{0};
  {
    std::vector<std::jthread> servers;
    for (int server = 0; server < 4; ++server) {
      servers.emplace_back([&] {
        Connection own = connect();
        change_class(own, game({}), game({unique_on("by_slug", {{"slug", 1}})}), "me");
        ++done;
      });
    }
  }
  BOOST_CHECK_EQUAL(done, 4);
  BOOST_CHECK_EQUAL(names(*this, "Game"), "by_slug");
}

BOOST_FIXTURE_TEST_CASE(the_time_limit_of_statements_does_not_hold_for_indexes_and_comes_back, PreparedDatabase) {
  make_class(connection, game({}), "me");
  connection.execute("SET statement_timeout = '7s'");
  change_class(connection, game({}), game({index_on("by_n", {{"n", 1}})}), "me");
  BOOST_CHECK_EQUAL(
      connection.query(storage::sql::SqlText(storage::sql::Values::kNumbered).raw("SHOW statement_timeout"))
          .bytes(0, 0),
      "7s");
}

BOOST_FIXTURE_TEST_CASE(members_of_relations_are_indexed_by_owner, Database) {
  run("CREATE TABLE \"_Join:fans:Game\" (\"relatedId\" varchar(120), \"owningId\" varchar(120), PRIMARY KEY "
      "(\"relatedId\", \"owningId\"))");
  prepare_database(connection);
  prepare_database(connection);
  BOOST_CHECK_EQUAL(names(*this, "_Join:fans:Game"), "_Join:fans:Game_owningId");
}

BOOST_AUTO_TEST_SUITE_END()
