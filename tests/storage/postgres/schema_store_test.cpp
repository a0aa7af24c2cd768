#include "storage/postgres/schema_store.h"

#include "object/json.h"
#include "schema/default_classes.h"
#include "storage/postgres/actual_schema.h"
#include "storage/postgres/class_changes.h"
#include "tests/storage/postgres/database.h"

using namespace parse;
using namespace parse::storage::postgres;
using schema::FieldKind;

BOOST_AUTO_TEST_SUITE(postgres_schema_store, *boost::unit_test::precondition(test::needs_postgres))

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

std::string names_of(const schema::ClassSchema& class_schema) {
  std::string names;
  for (const schema::Field& item : class_schema.fields) names += (names.empty() ? "" : " ") + item.name;
  return names;
}

void store_row(const Database& database, const std::string& class_name, const std::string& json) {
  database.run("INSERT INTO \"_SCHEMA\" VALUES ('" + class_name + "', " + json + ", true)");
}

constexpr const char* kCommonColumns =
    "\"objectId\" text PRIMARY KEY, \"createdAt\" timestamptz, \"updatedAt\" timestamptz, _rperm text[], _wperm text[]";

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_row_is_what_the_node_server_stores, PreparedDatabase) {
  schema::ClassSchema made = game({field("title", FieldKind::kString), field("owner", FieldKind::kPointer, "_User")});
  made.fields.back().required = true;
  made.permissions = object::Object{{"find", object::Object{{"*", true}}}};
  make_class(connection, made, "me");
  const std::string expected =
      R"({"fields": {"owner": {"type": "Pointer", "required": true, "targetClass": "_User"}, "title": {"type": "String"}, )"
      R"("_rperm": {"type": "Array", "contents": {"type": "String"}}, "_wperm": {"type": "Array", "contents": {"type": "String"}}, )"
      R"("objectId": {"type": "String"}, "createdAt": {"type": "Date"}, "updatedAt": {"type": "Date"}}, )"
      R"("className": "Game", "classLevelPermissions": {"find": {"*": true}}})";
  BOOST_CHECK_EQUAL(run("SELECT schema FROM \"_SCHEMA\""), expected);
  BOOST_CHECK_EQUAL(run("SELECT \"isParseClass\" FROM \"_SCHEMA\""), "t");
}

BOOST_FIXTURE_TEST_CASE(users_are_stored_with_the_hash_of_the_password_and_without_other_internal_columns,
                        PreparedDatabase) {
  make_class(connection, schema::default_class("_User"), "me");
  const std::string expected =
      R"({"fields": {"email": {"type": "String"}, "_rperm": {"type": "Array", "contents": {"type": "String"}}, )"
      R"("_wperm": {"type": "Array", "contents": {"type": "String"}}, "authData": {"type": "Object"}, )"
      R"("objectId": {"type": "String"}, "username": {"type": "String"}, "createdAt": {"type": "Date"}, )"
      R"("updatedAt": {"type": "Date"}, "emailVerified": {"type": "Boolean"}, "_hashed_password": {"type": "String"}}, )"
      R"("className": "_User"})";
  BOOST_CHECK_EQUAL(run("SELECT schema FROM \"_SCHEMA\""), expected);
  BOOST_CHECK(load_class(connection, "_User")->fields == schema::default_class("_User").fields);
}

BOOST_FIXTURE_TEST_CASE(fields_come_back_in_the_order_they_were_made_in, PreparedDatabase) {
  schema::ClassSchema made = game({field("zebra", FieldKind::kString), field("fans", FieldKind::kRelation, "_User"),
                                   field("apple", FieldKind::kGeoPoint), field("b", FieldKind::kBytes)});
  made.fields.back().default_value = object::Bytes{"AA=="};
  make_class(connection, made, "me");
  BOOST_CHECK(*load_class(connection, "Game") == made);
  BOOST_CHECK(*load_classes(connection).find("Game") == made);
}

BOOST_FIXTURE_TEST_CASE(fields_that_another_server_added_come_last_in_column_order, PreparedDatabase) {
  make_class(connection, game({field("fans", FieldKind::kRelation, "_User")}), "me");
  run("ALTER TABLE \"Game\" ADD COLUMN z text; ALTER TABLE \"Game\" ADD COLUMN a jsonb;"
      "UPDATE \"_SCHEMA\" SET schema = jsonb_set(jsonb_set(schema, '{fields,a}', '{\"type\":\"Array\"}'), '{fields,z}',"
      " '{\"type\":\"String\"}')");
  BOOST_CHECK_EQUAL(names_of(*load_class(connection, "Game")), "objectId createdAt updatedAt ACL fans z a");
}

BOOST_FIXTURE_TEST_CASE(rows_of_older_servers_load, PreparedDatabase) {
  run(std::string("CREATE TABLE \"Odd\" (") + kCommonColumns + ", tags text[], n double precision, x text)");
  store_row(*this, "Odd",
            R"('{"fields":{"tags":{"type":"Array","contents":{"type":"String"}},"n":{"type":"Number","required":false,)"
            R"("defaultValue":null},"x":{"type":"Novelty"},"y":null,"ghost":{"type":"String"}},"indexes":null,)"
            R"("classLevelPermissions":null,"more":[1]}')");
  run(std::string("CREATE TABLE \"Empty\" (") + kCommonColumns + ")");
  store_row(*this, "Empty", "NULL");
  store_row(*this, "Lost", R"('{"fields":{"n":{"type":"Number"}}}')");
  const schema::Schema loaded = load_classes(connection);
  const schema::ClassSchema& odd = *loaded.find("Odd");
  BOOST_CHECK_EQUAL(names_of(odd), "objectId createdAt updatedAt ACL tags n");
  BOOST_CHECK(!odd.permissions && odd.indexes.empty() && !odd.find_field("n")->required);
  BOOST_CHECK_EQUAL(names_of(*loaded.find("Empty")), "objectId createdAt updatedAt ACL");
  BOOST_CHECK(loaded.find("Lost") != nullptr);
}

BOOST_FIXTURE_TEST_CASE(what_a_row_names_and_the_database_lacks_is_made_at_the_start, PreparedDatabase) {
  run(std::string("CREATE TABLE \"Old\" (") + kCommonColumns + ", n text)");
  store_row(*this, "Old",
            R"('{"fields":{"ghost":{"type":"String"},"mates":{"type":"Relation","targetClass":"Old"}}}')");
  run(std::string("CREATE TABLE \"Other\" (") + kCommonColumns + ", n text)");
  store_row(*this, "Other", R"('{"fields":{"n":{"type":"String"},"m":{"type":"Number"}}}')");
  store_row(*this, "Lost", R"('{"fields":{"n":{"type":"Number"}}}')");
  prepare_database(connection);
  const schema::Schema loaded = load_classes(connection);
  BOOST_CHECK_EQUAL(names_of(*loaded.find("Old")), "objectId createdAt updatedAt ACL ghost mates");
  BOOST_CHECK_EQUAL(names_of(*loaded.find("Other")), "objectId createdAt updatedAt ACL n m");
  BOOST_CHECK_EQUAL(names_of(*loaded.find("Lost")), "objectId createdAt updatedAt ACL n");
  BOOST_CHECK_EQUAL(run("SELECT count(*) FROM pg_index WHERE indisprimary AND indrelid = '\"Lost\"'::regclass"), "1");
}

BOOST_FIXTURE_TEST_CASE(a_column_of_another_type_does_not_keep_the_server_from_starting, PreparedDatabase) {
  run(std::string("CREATE TABLE \"Odd\" (") + kCommonColumns + ", n text)");
  store_row(*this, "Odd", R"('{"fields":{"n":{"type":"GeoPoint"},"m":{"type":"Number"}}}')");
  prepare_database(connection);
  BOOST_CHECK(load_classes(connection).find("Odd")->find_field("m") != nullptr);
}

BOOST_FIXTURE_TEST_CASE(what_nobody_knows_survives_a_change, PreparedDatabase) {
  run(std::string("CREATE TABLE \"Odd\" (") + kCommonColumns + ", tags text[], x text)");
  store_row(*this, "Odd",
            R"('{"fields":{"tags":{"type":"Array","contents":{"type":"String"}},"x":{"type":"Novelty"}},"more":[1]}')");
  const schema::ClassSchema before = *load_class(connection, "Odd");
  schema::ClassSchema after = before;
  after.fields.back().required = true;
  after.fields.push_back(field("n", FieldKind::kNumber));
  change_class(connection, before, after, "me");
  BOOST_CHECK_EQUAL(run("SELECT schema->'more' FROM \"_SCHEMA\""), "[1]");
  BOOST_CHECK_EQUAL(run("SELECT schema->'fields'->'x' FROM \"_SCHEMA\""), R"({"type": "Novelty"})");
  BOOST_CHECK_EQUAL(run("SELECT schema->'fields'->'tags' FROM \"_SCHEMA\""),
                    R"({"type": "Array", "contents": {"type": "String"}, "required": true})");
}

BOOST_FIXTURE_TEST_CASE(a_row_the_node_server_rewrote_after_deleting_a_field_loads, PreparedDatabase) {
  run(std::string("CREATE TABLE \"_User\" (") + kCommonColumns + ", username text, _hashed_password text)");
  store_row(*this, "_User",
            R"('{"fields":{"ACL":{"type":"ACL"},"password":{"type":"String"},"username":{"type":"String"},)"
            R"("objectId":{"type":"String"},"createdAt":{"type":"Date"},"updatedAt":{"type":"Date"}}}')");
  BOOST_CHECK_EQUAL(names_of(*load_class(connection, "_User")),
                    "objectId createdAt updatedAt ACL username _hashed_password");
}

BOOST_FIXTURE_TEST_CASE(volatile_classes_have_tables_but_no_rows, PreparedDatabase) {
  for (const std::string_view name : schema::classes_made_at_start()) {
    const schema::ClassSchema made = schema::default_class(name);
    make_class(connection, made, "me");
    BOOST_CHECK(load_class(connection, made.name)->fields == made.fields);
  }
  BOOST_CHECK_EQUAL(run("SELECT string_agg(\"className\", ' ') FROM \"_SCHEMA\""), "_User _Role");
  BOOST_CHECK_EQUAL(load_classes(connection).classes().size(), schema::classes_made_at_start().size());
}

BOOST_FIXTURE_TEST_CASE(fields_of_volatile_classes_are_told_by_their_columns, PreparedDatabase) {
  const schema::ClassSchema before = schema::default_class("_Audience");
  make_class(connection, before, "me");
  schema::ClassSchema after = before;
  after.fields.push_back(field("list", FieldKind::kArray));
  after.fields.push_back(field("owner", FieldKind::kPointer, "_User"));
  change_class(connection, before, after, "me");
  run("ALTER TABLE \"_Audience\" ADD COLUMN \"when\" timestamptz");
  after.fields.push_back(field("when", FieldKind::kDate));
  BOOST_CHECK(load_class(connection, "_Audience")->fields == after.fields);
}

BOOST_FIXTURE_TEST_CASE(tables_of_the_node_server_lend_volatile_classes_their_columns, PreparedDatabase) {
  run("CREATE TABLE \"_GlobalConfig\" (\"objectId\" text PRIMARY KEY, params jsonb, \"masterKeyOnly\" jsonb)");
  const schema::ClassSchema before = *load_class(connection, "_GlobalConfig");
  BOOST_CHECK_EQUAL(names_of(before), "objectId params masterKeyOnly");
  change_class(connection, before, schema::with_defaults(before), "me");
  BOOST_CHECK(load_class(connection, "_GlobalConfig")->fields == schema::default_class("_GlobalConfig").fields);
}

BOOST_FIXTURE_TEST_CASE(hooks_of_the_node_server_have_no_id, PreparedDatabase) {
  make_class(connection, schema::default_class("_Hooks"), "me");
  run("INSERT INTO \"_Hooks\" (\"functionName\", url) VALUES ('a','http://a'), ('b','http://b')");
  BOOST_CHECK_EQUAL(run("SELECT count(*) FROM \"_Hooks\" WHERE \"objectId\" IS NULL"), "2");
}

BOOST_FIXTURE_TEST_CASE(the_actual_schema_leaves_out_what_is_not_there, PreparedDatabase) {
  make_class(connection, game({field("n", FieldKind::kNumber)}), "me");
  schema::Schema snapshot;
  snapshot.set(game({field("n", FieldKind::kNumber), field("late", FieldKind::kString),
                     field("fans", FieldKind::kRelation, "_User")}));
  schema::ClassSchema other = schema::default_class("Other");
  snapshot.set(other);
  const schema::Schema actual = actual_schema(connection, snapshot);
  BOOST_CHECK_EQUAL(names_of(*actual.find("Game")), "objectId createdAt updatedAt ACL n");
  BOOST_CHECK(actual.find("Other") == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
