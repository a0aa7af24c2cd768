#include "schema/schema_json.h"

#include <fmt/format.h>

#include "schema/default_classes.h"
#include "schema/schema_edit.h"
#include "tests/schema/expect_error.h"

using namespace parse;
using test::expect_error;
using test::json_object;

namespace {

constexpr const char* kCommon =
    R"("objectId":{"type":"String"},"createdAt":{"type":"Date"},"updatedAt":{"type":"Date"},"ACL":{"type":"ACL"})";

/// The fields of every class, then `rest`.
std::string with_common(const char* rest) { return fmt::format("{{{},{}", kCommon, rest); }

std::string described(const schema::ClassSchema& class_schema, std::string_view key) {
  return object::to_json(schema::describe(class_schema).at(key));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema_json)

BOOST_AUTO_TEST_CASE(a_class_without_permissions_shows_as_open_to_all) {
  const schema::ClassSchema made =
      schema::new_class("Game", json_object(R"({"fields":{"score":{"type":"Number","required":true,"defaultValue":3},
        "owner":{"type":"Pointer","targetClass":"_User"}}})"),
                        {});
  BOOST_TEST(described(made, "fields") == with_common(R"("score":{"type":"Number","required":true,"defaultValue":3},)"
                                                      R"("owner":{"type":"Pointer","targetClass":"_User"}})"));
  BOOST_TEST(described(made, "classLevelPermissions") ==
             R"({"ACL":{"*":{"read":true,"write":true}},"find":{"*":true},"get":{"*":true},"count":{"*":true},)"
             R"("create":{"*":true},"update":{"*":true},"delete":{"*":true},"addField":{"*":true},)"
             R"("protectedFields":{"*":[]}})");
  BOOST_TEST(!schema::describe(made).contains("indexes"));
}

BOOST_AUTO_TEST_CASE(operations_missing_in_stored_permissions_show_as_closed) {
  schema::ClassSchema made = schema::default_class("Game");
  made.permissions = json_object(R"({"find":{"*":true}})");
  BOOST_TEST(described(made, "classLevelPermissions") ==
             R"({"find":{"*":true},"get":{},"count":{},"create":{},"update":{},"delete":{},"addField":{},)"
             R"("protectedFields":{}})");
}

BOOST_AUTO_TEST_CASE(users_show_their_password_but_no_internal_column_and_no_index) {
  const schema::ClassSchema user = schema::default_class("_User");
  BOOST_TEST(described(user, "fields") ==
             with_common(R"("username":{"type":"String"},"password":{"type":"String"},"email":{"type":"String"},)"
                         R"("emailVerified":{"type":"Boolean"},"authData":{"type":"Object"}})"));
  BOOST_TEST(!schema::describe(user).contains("indexes"));
  BOOST_TEST(user.find_field("_hashed_password") != nullptr);
  BOOST_TEST(user.find_index("username_1")->unique);
}

BOOST_AUTO_TEST_CASE(a_volatile_class_shows_empty_permissions) {
  BOOST_TEST(described(schema::default_class("_PushStatus"), "classLevelPermissions") == "{}");
}

BOOST_AUTO_TEST_CASE(indexes_show_with_that_of_the_object_id) {
  const schema::ClassSchema made =
      schema::new_class("Game", json_object(R"({"fields":{"a":{"type":"String"},"b":{"type":"Number"}},
        "indexes":{"ab":{"a":1,"b":-1,"_options":{"unique":true,"where":{"b":{"$gt":1}}}},"t":{"a":"text"}}})"),
                        {});
  BOOST_TEST(described(made, "indexes") ==
             R"({"ab":{"a":1,"b":-1,"_options":{"unique":true,"where":{"b":{"$gt":1}}}},"t":{"a":"text"},)"
             R"("_id_":{"_id":1}})");
}

BOOST_AUTO_TEST_CASE(malformed_indexes_are_refused) {
  const auto read = [](const char* json) { schema::read_index("i", object::parse_json(json)); };
  expect_error(ErrorCode::kInvalidQuery, "Index i: must be an object of fields.", [&] { read("3"); });
  expect_error(ErrorCode::kInvalidQuery, "Index i: has no field.", [&] { read("{}"); });
  expect_error(ErrorCode::kInvalidQuery, "Index i: a must be 1, -1, \"text\", \"2d\" or \"2dsphere\".",
               [&] { read(R"({"a":2})"); });
  expect_error(ErrorCode::kInvalidQuery, "Index i: _options must be an object.",
               [&] { read(R"({"a":1,"_options":1})"); });
  expect_error(ErrorCode::kInvalidQuery, "Index i: bad option unique; there are unique (true or false) and where.",
               [&] { read(R"({"a":1,"_options":{"unique":1}})"); });
}

BOOST_AUTO_TEST_SUITE_END()
