#include "rest/schema_declared.h"

#include "schema/schema_json.h"
#include "storage/sqlite/sqlite_adapter.h"
#include "tests/schema/expect_error.h"

using namespace parse;
using rest::DeclaredSchemas;
using schema::FieldKind;
using test::expect_error;
using test::json_object;

namespace {

struct Fixture {
  std::unique_ptr<storage::Adapter> storage = storage::sqlite::open_sqlite({});
  schema::SchemaCache cache;
  rest::SchemaService service{*storage, cache, {}};

  void apply(std::string_view definitions, DeclaredSchemas declared = {}) {
    declared.definitions = object::parse_json(definitions).as<object::Array>();
    rest::apply_declared_schemas(service, declared);
  }
  /// The class as storage has it.
  schema::ClassSchema stored(const char* name) {
    const schema::Schema schema = storage->load_schema();
    const schema::ClassSchema* found = schema.find(name);
    BOOST_REQUIRE(found != nullptr);
    return *found;
  }
  void make_game() {
    service.create_class("Game", json_object(R"({"fields":{"old":{"type":"String"},"score":{"type":"String"}},
        "indexes":{"by_old":{"old":1},"by_score":{"score":1}}})"));
  }
};

constexpr const char* kGame = R"([{"className":"Game","fields":{"objectId":{"type":"String"},
  "score":{"type":"Number","required":true}},"indexes":{"by_score":{"score":1}},
  "classLevelPermissions":{"find":{"*":true},"addField":{"*":true}}}])";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(schema_declared, Fixture)

BOOST_AUTO_TEST_CASE(a_declared_class_is_made_with_new_fields_closed_to_clients) {
  apply(kGame);
  const schema::ClassSchema game = stored("Game");
  BOOST_TEST(game.find_field("score")->required);
  BOOST_TEST(game.find_index("by_score") != nullptr);
  BOOST_TEST(object::to_json(*game.permissions) == R"({"find":{"*":true},"addField":{}})");
  BOOST_TEST(service.snapshot()->find("_Session") != nullptr);
}

BOOST_AUTO_TEST_CASE(applying_the_same_schemas_twice_changes_nothing) {
  apply(kGame);
  const schema::ClassSchema before = stored("Game");
  apply(kGame);
  BOOST_TEST((stored("Game") == before));
}

BOOST_AUTO_TEST_CASE(fields_that_differ_stay_unless_told_otherwise) {
  make_game();
  apply(kGame);
  BOOST_TEST((stored("Game").find_field("score")->type.kind == FieldKind::kString));
  BOOST_TEST(stored("Game").find_field("old") != nullptr);
}

BOOST_AUTO_TEST_CASE(extra_fields_go_with_delete_extra_fields) {
  make_game();
  apply(kGame, {.delete_extra_fields = true});
  BOOST_TEST(stored("Game").find_field("old") == nullptr);
  BOOST_TEST((stored("Game").find_field("score")->type.kind == FieldKind::kString));
}

BOOST_AUTO_TEST_CASE(changed_fields_are_made_anew_with_recreate_modified_fields) {
  make_game();
  apply(kGame, {.recreate_modified_fields = true});
  const schema::ClassSchema game = stored("Game");
  BOOST_TEST((game.find_field("score")->type.kind == FieldKind::kNumber));
  BOOST_TEST(game.find_field("score")->required);
  BOOST_TEST(game.find_index("by_score") != nullptr);
}

BOOST_AUTO_TEST_CASE(unknown_indexes_go_unless_they_are_kept) {
  make_game();
  apply(kGame, {.keep_unknown_indexes = true});
  BOOST_TEST(stored("Game").find_index("by_old") != nullptr);
  apply(kGame);
  BOOST_TEST(stored("Game").find_index("by_old") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_changed_index_is_made_anew) {
  make_game();
  apply(R"([{"className":"Game","fields":{"score":{"type":"String"}},"indexes":{"by_score":{"score":-1}}}])");
  BOOST_TEST(stored("Game").find_index("by_score")->keys.front().direction.number() == -1);
}

BOOST_AUTO_TEST_CASE(options_of_a_field_are_brought_up_to_date) {
  make_game();
  apply(R"([{"className":"Game","fields":{"score":{"type":"String","defaultValue":"none"}}}])");
  BOOST_TEST(stored("Game").find_field("score")->default_value->as<std::string>() == "none");
}

BOOST_AUTO_TEST_CASE(classes_that_are_not_declared_keep_their_permissions_but_for_new_fields) {
  service.ensure_class("Other");
  apply("[]");
  const object::Object permissions = *stored("Other").permissions;
  BOOST_TEST(object::to_json(permissions.at("addField")) == "{}");
  BOOST_TEST(object::to_json(permissions.at("find")) == R"({"*":true})");
  BOOST_TEST(stored("_User").permissions.has_value());
  BOOST_TEST(!stored("_PushStatus").permissions.has_value());
}

BOOST_AUTO_TEST_CASE(built_in_fields_and_indexes_of_system_classes_are_left_alone) {
  const schema::ClassSchema before = stored("_User");
  apply(R"([{"className":"_User","fields":{"username":{"type":"Number"},"nick":{"type":"String"}},
      "classLevelPermissions":{"find":{"*":true}}}])",
        {.strict = true, .delete_extra_fields = true, .recreate_modified_fields = true});
  const schema::ClassSchema after = stored("_User");
  BOOST_TEST(after.fields.size() == before.fields.size() + 1);
  BOOST_TEST((after.indexes == before.indexes));
}

BOOST_AUTO_TEST_CASE(a_bad_definition_stops_a_strict_start_only) {
  constexpr const char* kBad = R"([{"className":"Bad","fields":{"x":{"type":"Odd"}},"classLevelPermissions":{}},
                                   {"className":"Good","classLevelPermissions":{}}])";
  expect_error(ErrorCode::kIncorrectType, "The declared schema of Bad cannot be applied: invalid field type: Odd",
               [&] { apply(kBad, {.strict = true}); });
  BOOST_TEST(service.snapshot()->find("Good") == nullptr);
  apply(kBad);
  BOOST_TEST(service.snapshot()->find("Bad") == nullptr);
  BOOST_TEST(service.snapshot()->find("Good") != nullptr);
}

BOOST_AUTO_TEST_CASE(one_class_cannot_be_declared_twice) {
  expect_error(ErrorCode::kInvalidClassName, "The declared schemas name the class Game twice.",
               [&] { apply(R"([{"className":"Game"},{"className":"Game"}])"); });
}

BOOST_AUTO_TEST_SUITE_END()
