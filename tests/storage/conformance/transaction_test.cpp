#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_transaction)

namespace {

Object object_with(const std::string& id) {
  return {{"objectId", id}, {"createdAt", object::Date{1}}, {"updatedAt", object::Date{1}}};
}

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(leaving_without_commit_undoes_everything, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {field("n", FieldKind::kNumber)}));
  store.create("A", "a1", R"({"n":1})");
  {
    const auto transaction = store.backend->begin();
    transaction->create(store.schema, "A", object_with("a2"));
    transaction->update(store.schema, store.request("A", R"({"objectId":"a1"})", R"({"n":9})"));
    BOOST_CHECK_EQUAL(transaction->count(store.schema, "A", {}), 2);
  }
  BOOST_CHECK_EQUAL(store.ids("A", "{}"), "a1");
  BOOST_CHECK_EQUAL(store.get("A", "a1"), R"({"objectId":"a1","n":1})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(commit_keeps_everything, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {field("n", FieldKind::kNumber)}));
  BOOST_CHECK_EQUAL(store.backend->count(store.schema, "A", {}), 0);
  {
    const auto transaction = store.backend->begin();
    transaction->create(store.schema, "A", object_with("a1"));
    transaction->create(store.schema, "A", object_with("a2"));
    transaction->remove(store.schema, "A", store.where("A", R"({"objectId":"a1"})"));
    transaction->commit();
  }
  BOOST_CHECK_EQUAL(store.ids("A", "{}"), "a2");
  BOOST_CHECK_EQUAL(store.backend->count(store.schema, "A", {}), 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_failed_call_leaves_the_transaction_usable, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {}));
  const auto transaction = store.backend->begin();
  transaction->create(store.schema, "A", object_with("a1"));
  BOOST_CHECK_EXCEPTION(transaction->create(store.schema, "A", object_with("a1")), Error,
                        has_code(ErrorCode::kDuplicateValue));
  transaction->create(store.schema, "A", object_with("a2"));
  transaction->commit();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_transaction_stores_many_objects_or_none_of_them, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {}));
  const auto transaction = store.backend->begin();
  transaction->create_many(store.schema, "A", {object_with("a1"), object_with("a2")});
  BOOST_CHECK_EXCEPTION(transaction->create_many(store.schema, "A", {object_with("a3"), object_with("a1")}), Error,
                        has_code(ErrorCode::kDuplicateValue));
  transaction->commit();
  BOOST_CHECK_EQUAL(store.backend->count(store.schema, "A", {}), 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_storage_can_be_read_beside_a_transaction, Backend, AllBackends) {
  Store<Backend> store;
  store.make_class(class_of("A", {}));
  store.create("A", "a1");
  const auto transaction = store.backend->begin();
  BOOST_CHECK_EQUAL(store.ids("A", "{}"), "a1");
  BOOST_CHECK(store.backend->load_schema().find("A") != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
