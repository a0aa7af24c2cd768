#include <boost/test/unit_test.hpp>

#include "object/value_sink.h"
#include "storage/postgres/postgres_adapter.h"
#include "storage/unavailable.h"
#include "tests/storage/postgres/database.h"

using namespace parse;
using namespace parse::storage;
using object::Object;
using query::ReadPreference;

namespace {

/// Where nobody listens.
constexpr const char* kAway = "postgres://nobody@127.0.0.1:1/nothing?connect_timeout=2";

/// A primary and a copy of it, which tells that it is one by what it holds.
struct Servers {
  Servers() {
    for (const char* name : {"objectId", "where"})
      made.fields.push_back({name, {schema::FieldKind::kString, {}}, false, {}});
    for (const char* name : {"createdAt", "updatedAt"})
      made.fields.push_back({name, {schema::FieldKind::kDate, {}}, false, {}});
    made.name = "A";
    schema.set(made);
    fill(primary.uri(), {"primary"});
    fill(replica.uri(), {"replica", "replica too"});
  }

  void fill(const std::string& uri, const std::vector<std::string>& names) {
    const auto adapter = postgres::open_postgres({.uri = uri});
    adapter->create_class(made);
    for (const std::string& name : names)
      adapter->create(
          schema, "A",
          {{"objectId", name}, {"createdAt", object::Date{1}}, {"updatedAt", object::Date{1}}, {"where", name}});
  }

  std::unique_ptr<Adapter> open(std::vector<std::string> replicas) const {
    return postgres::open_postgres({.uri = primary.uri(), .replicas = std::move(replicas)});
  }

  std::size_t found(Adapter& adapter, ReadPreference from) const {
    query::Find find;
    find.class_name = "A";
    find.read_from = from;
    object::ValueBuilder rows;
    rows.begin_array();
    const std::size_t count = adapter.find(schema, find, rows);
    rows.end_array();
    return count;
  }

  test::PostgresDatabase primary;
  test::PostgresDatabase replica;
  schema::ClassSchema made;
  schema::Schema schema;
};

constexpr std::size_t kFromPrimary = 1;
constexpr std::size_t kFromReplica = 2;

}  // namespace

BOOST_AUTO_TEST_SUITE(postgres_replicas, *boost::unit_test::precondition(test::needs_postgres))

BOOST_AUTO_TEST_CASE(reads_go_where_they_prefer_and_writes_to_the_primary) {
  Servers servers;
  const auto adapter = servers.open({servers.replica.uri()});
  BOOST_TEST(servers.found(*adapter, ReadPreference::kPrimary) == kFromPrimary);
  BOOST_TEST(servers.found(*adapter, ReadPreference::kPrimaryPreferred) == kFromPrimary);
  BOOST_TEST(servers.found(*adapter, ReadPreference::kSecondary) == kFromReplica);
  BOOST_TEST(servers.found(*adapter, ReadPreference::kSecondaryPreferred) == kFromReplica);
  adapter->create(servers.schema, "A",
                  {{"objectId", "new"}, {"createdAt", object::Date{1}}, {"updatedAt", object::Date{1}}});
  BOOST_TEST(servers.found(*adapter, ReadPreference::kPrimary) == kFromPrimary + 1);
  BOOST_TEST(servers.found(*adapter, ReadPreference::kSecondary) == kFromReplica);
}

BOOST_AUTO_TEST_CASE(counts_distinct_values_and_pipelines_follow_the_preference_too) {
  Servers servers;
  const auto adapter = servers.open({servers.replica.uri()});
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST(adapter->count(servers.schema, "A", {}) == 1);
    BOOST_TEST(adapter->count(servers.schema, "A", {}, ReadPreference::kSecondary) == 2);
  }
  query::Find find;
  find.class_name = "A";
  find.read_from = ReadPreference::kSecondary;
  BOOST_TEST(adapter->distinct(servers.schema, find, "where").size() == 2U);
  const query::Pipeline pipeline{{{"$limit", object::Value(10)}}, ReadPreference::kSecondary};
  BOOST_TEST(adapter->aggregate(servers.schema, "A", pipeline).size() == 2U);
}

BOOST_AUTO_TEST_CASE(nearest_lets_all_servers_take_turns) {
  Servers servers;
  const auto adapter = servers.open({servers.replica.uri()});
  const std::size_t first = servers.found(*adapter, ReadPreference::kNearest);
  const std::size_t second = servers.found(*adapter, ReadPreference::kNearest);
  BOOST_TEST(first + second == kFromPrimary + kFromReplica);
}

BOOST_AUTO_TEST_CASE(a_replica_that_is_away_is_passed_over) {
  Servers servers;
  const auto adapter = servers.open({kAway, servers.replica.uri()});
  for (int i = 0; i < 4; ++i) BOOST_TEST(servers.found(*adapter, ReadPreference::kSecondary) == kFromReplica);
}

BOOST_AUTO_TEST_CASE(without_a_replica_that_answers_only_preferences_that_allow_it_use_the_primary) {
  Servers servers;
  const auto adapter = servers.open({kAway});
  BOOST_TEST(servers.found(*adapter, ReadPreference::kSecondaryPreferred) == kFromPrimary);
  BOOST_CHECK_THROW(servers.found(*adapter, ReadPreference::kSecondary), Unavailable);
  const auto alone = servers.open({});
  BOOST_TEST(servers.found(*alone, ReadPreference::kSecondary) == kFromPrimary);
}

BOOST_AUTO_TEST_SUITE_END()
