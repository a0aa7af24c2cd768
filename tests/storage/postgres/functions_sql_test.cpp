#include "storage/postgres/functions_sql.h"

#include "tests/storage/postgres/database.h"

using namespace parse;
using namespace parse::storage::postgres;

BOOST_AUTO_TEST_SUITE(postgres_functions_sql, *boost::unit_test::precondition(test::needs_postgres))

BOOST_FIXTURE_TEST_CASE(lists_keep_their_order, PreparedDatabase) {
  BOOST_CHECK_EQUAL(run("SELECT array_add('[3,1,3]', '[1,2]')"), "[3, 1, 3, 1, 2]");
  BOOST_CHECK_EQUAL(run("SELECT array_add_unique('[3,1,3]', '[9,1,2,9]')"), "[3, 1, 3, 9, 2]");
  BOOST_CHECK_EQUAL(run("SELECT array_remove('[3,{\"a\":1},null,3,2]'::jsonb, '[3,null]'::jsonb)"), "[{\"a\": 1}, 2]");
  BOOST_CHECK_EQUAL(run("SELECT array_remove('[3]'::jsonb, '[3]'::jsonb)"), "[]");
}

BOOST_FIXTURE_TEST_CASE(lists_are_asked_for_members, PreparedDatabase) {
  BOOST_CHECK_EQUAL(run("SELECT array_contains('[1,\"a\",null]', '[\"a\",7]')"), "t");
  BOOST_CHECK_EQUAL(run("SELECT array_contains('[1]', '[]')"), "f");
  BOOST_CHECK_EQUAL(run("SELECT array_contains_all('[1,2,2,3]', '[2,1]')"), "t");
  BOOST_CHECK_EQUAL(run("SELECT array_contains_all('[1,3]', '[2,1]')"), "f");
  BOOST_CHECK_EQUAL(run("SELECT array_contains_all('[1]', '[]')"), "f");
  BOOST_CHECK_EQUAL(run("SELECT array_contains_all_regex('[\"abc\",\"xyz\"]', '[\"ab%\",\"x%\"]')"), "t");
  BOOST_CHECK_EQUAL(run("SELECT array_contains_all_regex('[\"abc\"]', '[\"ab%\",\"x%\"]')"), "f");
}

BOOST_FIXTURE_TEST_CASE(one_key_of_an_object_is_set, PreparedDatabase) {
  BOOST_CHECK_EQUAL(run("SELECT json_object_set_key('{\"a\":1,\"b\":2}', 'a'::text, '[3]'::jsonb)"),
                    "{\"a\": [3], \"b\": 2}");
}

BOOST_FIXTURE_TEST_CASE(expired_records_of_requests_are_deleted, PreparedDatabase) {
  run("CREATE TABLE \"_Idempotency\" (expire timestamptz); INSERT INTO \"_Idempotency\" VALUES (now() - interval '1 "
      "h'),"
      " (now())");
  run("SELECT idempotency_delete_expired_records()");
  BOOST_CHECK_EQUAL(run("SELECT count(*) FROM \"_Idempotency\""), "1");
}

BOOST_FIXTURE_TEST_CASE(functions_that_are_there_are_not_touched, Database) {
  run("CREATE FUNCTION array_add(a jsonb, b jsonb) RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb'");
  prepare_database(connection);
  prepare_database(connection);
  BOOST_CHECK_EQUAL(run("SELECT array_add('[1]', '[2]') IS NULL"), "t");
}

BOOST_AUTO_TEST_SUITE_END()
