#include "storage/postgres/plan_choice.h"

#include <boost/test/unit_test.hpp>

#include "storage/postgres/transaction_scope.h"
#include "tests/storage/postgres/database.h"

using namespace parse;
using namespace parse::storage::postgres;
using namespace std::chrono_literals;
using storage::sql::SqlValue;

namespace {

const PlanChoice::Clock::time_point kStart{1h};
constexpr auto kQuick = 1ms;

/// Runs so often that the plans are compared.
bool runs_until_look(PlanChoice& choice, PlanChoice::Clock::time_point now) {
  for (int i = 0; i < 19; ++i) BOOST_TEST(!choice.note_run(now, kQuick));
  return choice.note_run(now, kQuick);
}

/// Scores of which most belong to "often" and few to each of the others.
struct Scores {
  Scores() {
    database.connection.execute(
        "CREATE TABLE score (id int, player text, made int); "
        "INSERT INTO score SELECT i, CASE WHEN i % 100 = 0 THEN 'P' || i ELSE 'often' END, i "
        "FROM generate_series(1, 30000) AS i; "
        "CREATE INDEX score_player ON score (player); CREATE INDEX score_made ON score (made); ANALYZE score");
  }

  CachedStatement& prepared(const std::string& sql) { return database.connection.cache(sql, sql); }
  void run(CachedStatement& statement, const std::vector<SqlValue>& values, int times) {
    for (int i = 0; i < times; ++i) {
      database.connection.query(statement, values);
      reconsider_plans(database.connection, statement, values, kQuick);
    }
  }
  bool has_generic_plans() {
    return database.connection.query_once("SELECT current_setting('plan_cache_mode')", {}).bytes(0, 0) ==
           "force_generic_plan";
  }

  Database database;
};

const std::string kOfPlayers = "SELECT id FROM score WHERE player = ANY($1::text[]) AND id >= $2::int";
const std::string kNewest = "SELECT id FROM score WHERE player = $1 ORDER BY made DESC LIMIT $2";
const std::vector<SqlValue> kFewPlayers = {std::string("{P100,P200}"), std::int64_t{1}};

}  // namespace

BOOST_AUTO_TEST_SUITE(postgres_plan_choice)

BOOST_AUTO_TEST_CASE(plans_are_compared_after_some_runs_and_then_not_more_than_once_a_second) {
  PlanChoice choice;
  BOOST_TEST(runs_until_look(choice, kStart));
  for (int i = 0; i < 100; ++i) BOOST_TEST(!choice.note_run(kStart + 900ms, kQuick));
  BOOST_TEST(choice.note_run(kStart + 1s, kQuick));
}

BOOST_AUTO_TEST_CASE(a_slow_run_by_the_generic_plan_ends_its_use_for_a_minute) {
  PlanChoice choice;
  runs_until_look(choice, kStart);
  choice.decide(true);
  BOOST_TEST(!choice.note_run(kStart + 2s, 60ms));
  BOOST_TEST((choice.wanted() == PlanMode::kAuto));
  for (int i = 0; i < 100; ++i) BOOST_TEST(!choice.note_run(kStart + 61s, kQuick));
  BOOST_TEST(choice.note_run(kStart + 62s, kQuick));
}

BOOST_AUTO_TEST_CASE(what_postgres_cannot_explain_is_not_asked_again) {
  PlanChoice choice;
  runs_until_look(choice, kStart);
  choice.give_up();
  for (int i = 0; i < 100; ++i) BOOST_TEST(!choice.note_run(kStart + 24h, kQuick));
}

BOOST_AUTO_TEST_CASE(a_statement_with_one_plan_is_left_alone) {
  PlanChoice choice(PlanMode::kAny);
  for (int i = 0; i < 100; ++i) BOOST_TEST(!choice.note_run(kStart, 60ms));
  BOOST_TEST((choice.wanted() == PlanMode::kAny));
}

BOOST_AUTO_TEST_CASE(a_statement_that_reads_the_same_index_for_all_values_is_planned_once,
                     *boost::unit_test::precondition(test::needs_postgres)) {
  Scores scores;
  CachedStatement& statement = scores.prepared(kOfPlayers);
  scores.run(statement, kFewPlayers, 19);
  BOOST_TEST((statement.choice.wanted() == PlanMode::kAuto));
  scores.run(statement, kFewPlayers, 1);
  BOOST_TEST((statement.choice.wanted() == PlanMode::kGeneric));
  BOOST_TEST(scores.database.connection.query(statement, kFewPlayers).row_count() == 2);
}

BOOST_AUTO_TEST_CASE(a_statement_whose_values_decide_the_index_is_planned_each_time,
                     *boost::unit_test::precondition(test::needs_postgres)) {
  Scores scores;
  CachedStatement& statement = scores.prepared(kNewest);
  BOOST_TEST(!are_plans_alike(scores.database.connection, statement, {std::string("often"), std::int64_t{5}}));
  BOOST_TEST(are_plans_alike(scores.database.connection, statement, {std::string("P100"), std::int64_t{5}}));
}

BOOST_AUTO_TEST_CASE(a_statement_that_a_pooler_renamed_is_left_to_postgres,
                     *boost::unit_test::precondition(test::needs_postgres)) {
  Scores scores;
  CachedStatement& statement = scores.prepared(kOfPlayers);
  scores.run(statement, kFewPlayers, 19);
  scores.database.connection.query(statement, kFewPlayers);
  statement.name = "elsewhere";
  reconsider_plans(scores.database.connection, statement, kFewPlayers, kQuick);
  BOOST_TEST((statement.choice.wanted() == PlanMode::kAuto));
  BOOST_TEST(scores.database.connection.query_once("SELECT current_setting('plan_cache_mode')", {}).bytes(0, 0) ==
             "auto");
}

BOOST_AUTO_TEST_CASE(each_statement_runs_by_the_plans_that_it_wants,
                     *boost::unit_test::precondition(test::needs_postgres)) {
  Scores scores;
  CachedStatement& often = scores.prepared(kOfPlayers);
  CachedStatement& seldom = scores.prepared(kNewest);
  scores.run(often, kFewPlayers, 25);
  BOOST_TEST(scores.has_generic_plans());
  BOOST_TEST(scores.database.connection.query(seldom, {std::string("often"), std::int64_t{5}}).row_count() == 5);
  BOOST_TEST(!scores.has_generic_plans());
  BOOST_TEST(scores.database.connection.query(often, kFewPlayers).row_count() == 2);
  BOOST_TEST(scores.has_generic_plans());
}

BOOST_AUTO_TEST_CASE(a_statement_that_fails_leaves_the_choice_of_plans_to_be_made_again,
                     *boost::unit_test::precondition(test::needs_postgres)) {
  Scores scores;
  CachedStatement& often = scores.prepared(kOfPlayers);
  scores.run(often, kFewPlayers, 25);
  CachedStatement& failing = scores.prepared("SELECT 1 / $1::int");
  BOOST_CHECK_THROW(scores.database.connection.query(failing, {std::int64_t{0}}), Error);
  BOOST_TEST(scores.database.connection.query(often, kFewPlayers).row_count() == 2);
  BOOST_TEST(scores.has_generic_plans());
}

BOOST_AUTO_TEST_CASE(a_transaction_begins_with_the_plans_that_postgres_chooses,
                     *boost::unit_test::precondition(test::needs_postgres)) {
  Scores scores;
  scores.run(scores.prepared(kOfPlayers), kFewPlayers, 25);
  const TransactionScope transaction(scores.database.connection);
  BOOST_TEST(!scores.has_generic_plans());
}

BOOST_AUTO_TEST_SUITE_END()
