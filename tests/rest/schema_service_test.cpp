#include "rest/schema_service.h"

#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "schema/default_classes.h"
#include "storage/sqlite/sqlite_adapter.h"
#include "tests/schema/expect_error.h"

using namespace parse;
using rest::SchemaService;
using schema::Field;
using schema::FieldKind;
using test::expect_error;
using test::json_object;

namespace {

/// One server on a database that several may share.
struct Server {
  explicit Server(storage::Adapter& storage) : service(storage, cache, {}) {}
  schema::SchemaCache cache;
  SchemaService service;
};

struct Fixture {
  std::unique_ptr<storage::Adapter> storage = storage::sqlite::open_sqlite({});
  Server server{*storage};
  SchemaService& service = server.service;

  void create_object(const std::string& class_name, const std::string& id, object::Object fields = {}) {
    fields.set("objectId", id);
    fields.set("createdAt", object::Date{1});
    fields.set("updatedAt", object::Date{1});
    storage->create(*service.snapshot(), class_name, fields);
  }
};

Field field(std::string name, FieldKind kind) { return Field{std::move(name), {kind, {}}, false, {}}; }

const schema::ClassSchema& stored_class(storage::Adapter& storage, schema::Schema& schema, const char* name) {
  schema = storage.load_schema();
  const schema::ClassSchema* found = schema.find(name);
  BOOST_REQUIRE(found != nullptr);
  return *found;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(schema_service, Fixture)

BOOST_AUTO_TEST_CASE(a_new_database_gets_users_roles_and_the_classes_of_the_server) {
  for (const char* name : {"_User", "_Role", "_GlobalConfig", "_Hooks", "_Idempotency"})
    BOOST_TEST(service.snapshot()->find(name) != nullptr, name);
  BOOST_TEST(service.snapshot()->find("_Installation") == nullptr);
  schema::Schema schema;
  BOOST_TEST((stored_class(*storage, schema, "_User") == schema::default_class("_User")));
}

BOOST_AUTO_TEST_CASE(usernames_and_role_names_are_unique_from_the_start) {
  create_object("_Role", "a", json_object(R"({"name":"Editors"})"));
  expect_error(ErrorCode::kDuplicateValue, "A duplicate value for a field with unique values was provided",
               [&] { create_object("_Role", "b", json_object(R"({"name":"Editors"})")); });
}

BOOST_AUTO_TEST_CASE(a_class_of_an_older_server_is_completed_at_start) {
  auto old = storage::sqlite::open_sqlite({});
  schema::ClassSchema role = schema::default_class("_Role");
  role.fields.pop_back();
  role.indexes.clear();
  old->create_class(role);
  const Server upgraded(*old);
  BOOST_TEST(upgraded.cache.snapshot()->find("_Role")->find_field("roles") != nullptr);
  schema::Schema schema;
  BOOST_TEST(stored_class(*old, schema, "_Role").find_index("name_1") != nullptr);
}

BOOST_AUTO_TEST_CASE(ensure_class_makes_a_class_once) {
  BOOST_TEST(service.ensure_class("Game")->find("Game") != nullptr);
  const auto before = service.snapshot();
  BOOST_TEST(service.ensure_class("Game") == before);
  BOOST_TEST(service.ensure_class("_Installation")->find("_Installation")->find_field("deviceToken") != nullptr);
  expect_error(ErrorCode::kInvalidClassName,
               "Invalid classname: _Foo, classnames can only "
               "have alphanumeric characters and _, and must start with an alpha character ",
               [&] { service.ensure_class("_Foo"); });
}

BOOST_AUTO_TEST_CASE(added_fields_are_stored_in_order_and_make_the_class) {
  service.add_fields("Game", {field("score", FieldKind::kNumber), field("title", FieldKind::kString)});
  service.add_fields("Game", {field("title", FieldKind::kString), field("tags", FieldKind::kArray)});
  schema::Schema schema;
  const auto& fields = stored_class(*storage, schema, "Game").fields;
  BOOST_REQUIRE(fields.size() == 7U);
  BOOST_TEST(fields[4].name == "score");
  BOOST_TEST(fields[6].name == "tags");
}

BOOST_AUTO_TEST_CASE(a_field_of_another_type_is_a_schema_mismatch) {
  service.add_fields("Game", {field("score", FieldKind::kNumber)});
  expect_error(ErrorCode::kIncorrectType, "schema mismatch for Game.score; expected Number but got String",
               [&] { service.add_fields("Game", {field("score", FieldKind::kString)}); });
}

BOOST_AUTO_TEST_CASE(fields_added_from_many_threads_at_once_are_all_there) {
  constexpr int kThreads = 4;
  constexpr int kFields = 15;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < kFields; ++i)
          service.add_fields("Game", {field(fmt::format("shared{}", i), FieldKind::kNumber),
                                      field(fmt::format("own{}_{}", thread, i), FieldKind::kString)});
      });
    }
  }
  schema::Schema schema;
  const std::size_t expected = 4 + kFields + kThreads * kFields;
  BOOST_TEST(stored_class(*storage, schema, "Game").fields.size() == expected);
  BOOST_TEST(service.snapshot()->find("Game")->fields.size() == expected);
}

BOOST_AUTO_TEST_CASE(of_two_threads_that_add_one_field_with_two_types_one_loses) {
  service.ensure_class("Game");
  for (int round = 0; round < 10; ++round) {
    std::atomic<int> lost = 0;
    const auto add = [&](FieldKind kind) {
      try {
        service.add_fields("Game", {field(fmt::format("f{}", round), kind)});
      } catch (const Error& error) {
        if (error.code() == ErrorCode::kIncorrectType) ++lost;
      }
    };
    {
      std::jthread one([&] { add(FieldKind::kNumber); });
      std::jthread two([&] { add(FieldKind::kString); });
    }
    BOOST_TEST(lost == 1);
  }
}

BOOST_AUTO_TEST_CASE(what_another_server_made_is_noticed_when_it_is_met) {
  Server other(*storage);
  other.service.add_fields("Game", {field("score", FieldKind::kNumber)});
  BOOST_TEST(service.snapshot()->find("Game") == nullptr);
  service.add_fields("Game", {field("score", FieldKind::kNumber), field("mine", FieldKind::kString)});
  BOOST_TEST(service.snapshot()->find("Game")->find_field("score") != nullptr);
  other.service.add_fields("Game", {field("theirs", FieldKind::kString)});
  expect_error(ErrorCode::kIncorrectType, "schema mismatch for Game.theirs; expected String but got Number",
               [&] { service.add_fields("Game", {field("theirs", FieldKind::kNumber)}); });
  expect_error(ErrorCode::kInvalidClassName, "Class Game already exists.", [&] { service.create_class("Game", {}); });
}

BOOST_AUTO_TEST_CASE(reload_shows_what_another_server_made) {
  Server other(*storage);
  other.service.ensure_class("Game");
  service.reload();
  BOOST_TEST(service.snapshot()->find("Game") != nullptr);
}

BOOST_AUTO_TEST_CASE(a_class_that_another_server_deleted_is_made_again_when_a_field_is_added) {
  service.add_fields("Game", {field("old", FieldKind::kNumber)});
  Server other(*storage);
  other.service.delete_class("Game");
  service.add_fields("Game", {field("score", FieldKind::kNumber)});
  schema::Schema schema;
  BOOST_TEST(stored_class(*storage, schema, "Game").find_field("score") != nullptr);
  BOOST_TEST(stored_class(*storage, schema, "Game").find_field("old") == nullptr);
  BOOST_TEST(service.snapshot()->find("Game")->find_field("old") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_class_that_another_server_deleted_cannot_be_edited) {
  service.ensure_class("Game");
  Server other(*storage);
  other.service.delete_class("Game");
  expect_error(ErrorCode::kInvalidClassName, "Class Game does not exist.",
               [&] { service.edit_class("Game", json_object(R"({"fields":{"score":{"type":"Number"}}})")); });
}

BOOST_AUTO_TEST_CASE(servers_that_start_at_the_same_moment_complete_one_database) {
  constexpr int kServers = 4;
  for (int round = 0; round < 5; ++round) {
    const auto shared = storage::sqlite::open_sqlite({});
    std::atomic<int> started{0};
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < kServers; ++i) {
        threads.emplace_back([&] {
          const Server one(*shared);
          if (one.service.snapshot()->find("_User") != nullptr) ++started;
        });
      }
    }
    BOOST_TEST(started == kServers);
  }
}

BOOST_AUTO_TEST_CASE(a_class_can_be_made_only_once) {
  service.create_class("Game", json_object(R"({"fields":{"score":{"type":"Number"}}})"));
  BOOST_TEST(service.snapshot()->find("Game")->find_field("score") != nullptr);
  expect_error(ErrorCode::kInvalidClassName, "Class Game already exists.", [&] { service.create_class("Game", {}); });
  expect_error(ErrorCode::kInvalidClassName, "Class _Hooks already exists.",
               [&] { service.create_class("_Hooks", {}); });
}

BOOST_AUTO_TEST_CASE(an_edit_reaches_storage_and_snapshot) {
  service.create_class("Game", json_object(R"({"fields":{"a":{"type":"String"},"b":{"type":"Number"}}})"));
  service.edit_class("Game", json_object(R"({"fields":{"a":{"__op":"Delete"},"c":{"type":"Date","required":true}},
      "classLevelPermissions":{"find":{"*":true}},"indexes":{"by_b":{"b":-1}}})"));
  schema::Schema schema;
  const schema::ClassSchema& stored = stored_class(*storage, schema, "Game");
  BOOST_TEST((stored == *service.snapshot()->find("Game")));
  BOOST_TEST(stored.find_field("a") == nullptr);
  BOOST_TEST(stored.find_field("c")->required);
  BOOST_TEST(stored.find_index("by_b") != nullptr);
  BOOST_TEST(stored.permissions->contains("find"));
}

BOOST_AUTO_TEST_CASE(only_classes_that_exist_and_are_listed_can_be_edited) {
  for (const char* name : {"Nope", "_PushStatus"})
    expect_error(ErrorCode::kInvalidClassName, fmt::format("Class {} does not exist.", name),
                 [&] { service.edit_class(name, {}); });
}

BOOST_AUTO_TEST_CASE(a_unique_index_over_equal_values_is_refused_and_changes_nothing) {
  service.create_class("Game", json_object(R"({"fields":{"slug":{"type":"String"}}})"));
  create_object("Game", "a", json_object(R"({"slug":"chess"})"));
  create_object("Game", "b", json_object(R"({"slug":"chess"})"));
  const auto before = *service.snapshot()->find("Game");
  expect_error(ErrorCode::kDuplicateValue, "A duplicate value for a field with unique values was provided", [&] {
    service.edit_class("Game", json_object(R"({"indexes":{"u":{"slug":1,"_options":{"unique":true}}}})"));
  });
  schema::Schema schema;
  BOOST_TEST((stored_class(*storage, schema, "Game") == before));
  BOOST_TEST((*service.snapshot()->find("Game") == before));
}

BOOST_AUTO_TEST_CASE(a_declared_unique_index_holds) {
  service.create_class("Game", json_object(R"({"fields":{"slug":{"type":"String"}},
      "indexes":{"u":{"slug":1,"_options":{"unique":true}}}})"));
  create_object("Game", "a", json_object(R"({"slug":"chess"})"));
  expect_error(ErrorCode::kDuplicateValue, "A duplicate value for a field with unique values was provided",
               [&] { create_object("Game", "b", json_object(R"({"slug":"chess"})")); });
  create_object("Game", "c");
  create_object("Game", "d");
}

BOOST_AUTO_TEST_CASE(only_an_empty_class_can_be_deleted) {
  service.ensure_class("Game");
  create_object("Game", "a");
  expect_error(ErrorCode::kInvalidSchemaOperation, "Class Game is not empty, contains 1 objects, cannot drop schema.",
               [&] { service.delete_class("Game"); });
  storage->remove(*service.snapshot(), "Game", {});
  service.delete_class("Game");
  BOOST_TEST(service.snapshot()->find("Game") == nullptr);
  BOOST_TEST(storage->load_schema().find("Game") == nullptr);
}

BOOST_AUTO_TEST_CASE(deleting_an_unknown_class_is_fine_and_a_bad_name_is_not) {
  service.delete_class("Nope");
  expect_error(ErrorCode::kInvalidClassName,
               "Invalid classname: 1x, classnames can only have alphanumeric characters and _, and must start with an "
               "alpha character ",
               [&] { service.delete_class("1x"); });
}

BOOST_AUTO_TEST_CASE(the_classes_of_the_server_outlive_their_deletion) {
  service.delete_class("_PushStatus");
  BOOST_TEST(service.snapshot()->find("_PushStatus") != nullptr);
}

BOOST_AUTO_TEST_CASE(redirection_follows_relation_fields_only) {
  service.create_class("Game", json_object(R"({"fields":{"fans":{"type":"Relation","targetClass":"_User"},
      "owner":{"type":"Pointer","targetClass":"_User"}}})"));
  BOOST_TEST(service.redirect_class("Game", "fans") == "_User");
  BOOST_TEST(service.redirect_class("Game", "owner") == "Game");
  BOOST_TEST(service.redirect_class("Nope", "fans") == "Nope");
}

BOOST_AUTO_TEST_SUITE_END()
