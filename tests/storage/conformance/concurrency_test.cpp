#include <atomic>
#include <thread>

#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_concurrency)

BOOST_AUTO_TEST_CASE_TEMPLATE(concurrent_increments_all_count, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {field("n", FieldKind::kNumber), field("list", FieldKind::kArray)}));
  store.create("A", "a1");
  const auto add = store.request("A", R"({"objectId":"a1"})", R"({"n":{"__op":"Increment","amount":1}})");
  const auto append = store.request("A", R"({"objectId":"a1"})", R"({"list":{"__op":"Add","objects":[1]}})");
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 20; ++k) {
        store.backend->update(store.schema, add);
        store.backend->update(store.schema, append);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const object::Array rows = store.find(store.find_of("A"));
  BOOST_CHECK_EQUAL(rows.front().as<Object>().at("n").template as<std::int64_t>(), 160);
  BOOST_CHECK_EQUAL(rows.front().as<Object>().at("list").template as<object::Array>().size(), 160);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(everybody_reads_their_own_writes, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {field("n", FieldKind::kNumber)}));
  std::atomic<int> missed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 20; ++k) {
        const std::string id = std::to_string(i) + "-" + std::to_string(k);
        store.backend->create(store.schema, "A",
                              {{"objectId", id}, {"createdAt", object::Date{k}}, {"updatedAt", object::Date{k}}});
        query::Where own;
        own.conditions.push_back(query::FieldCondition{"objectId", query::Equal{id}});
        if (store.backend->count(store.schema, "A", own) != 1) ++missed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  BOOST_CHECK_EQUAL(missed, 0);
  BOOST_CHECK_EQUAL(store.backend->count(store.schema, "A", {}), 160);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_failed_write_does_not_harm_its_neighbours, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {}));
  store.create("A", "taken");
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 10; ++k) {
        const bool is_bad = k % 2 == 0;
        const std::string id = is_bad ? "taken" : std::to_string(i) + "-" + std::to_string(k);
        try {
          store.backend->create(store.schema, "A",
                                {{"objectId", id}, {"createdAt", object::Date{k}}, {"updatedAt", object::Date{k}}});
        } catch (const Error& error) {
          if (is_bad && error.code() == ErrorCode::kDuplicateValue) ++refused;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  BOOST_CHECK_EQUAL(refused, 40);
  BOOST_CHECK_EQUAL(store.backend->count(store.schema, "A", {}), 41);
}

BOOST_AUTO_TEST_SUITE_END()
