#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(sqlite_names)

namespace {

schema::ClassSchema plain_class(const std::string& name) {
  schema::ClassSchema class_schema;
  class_schema.name = name;
  class_schema.fields = {{"objectId", {schema::FieldKind::kString, {}}, false, {}},
                         {"createdAt", {schema::FieldKind::kDate, {}}, false, {}},
                         {"updatedAt", {schema::FieldKind::kDate, {}}, false, {}},
                         {"ACL", {schema::FieldKind::kAcl, {}}, false, {}}};
  return class_schema;
}

bool is_class_name_error(const Error& error) { return error.code() == ErrorCode::kInvalidClassName; }

}  // namespace

BOOST_AUTO_TEST_CASE(a_class_that_differs_from_another_in_case_only_is_refused_by_name) {
  ScratchFolder folder;
  const auto adapter = SqliteFile::open(folder.file("names.db"));
  adapter->create_class(plain_class("Game"));
  BOOST_CHECK_EXCEPTION(adapter->create_class(plain_class("game")), Error, is_class_name_error);
  BOOST_TEST(adapter->load_schema().find("game") == nullptr);
  BOOST_TEST(adapter->load_schema().find("Game") != nullptr);
}

BOOST_AUTO_TEST_CASE(a_class_name_that_sqlite_keeps_for_itself_is_refused) {
  ScratchFolder folder;
  const auto adapter = SqliteFile::open(folder.file("names.db"));
  BOOST_CHECK_EXCEPTION(adapter->create_class(plain_class("sqlite_x")), Error, is_class_name_error);
}

BOOST_AUTO_TEST_CASE(a_field_that_differs_from_another_in_case_only_is_refused) {
  ScratchFolder folder;
  const auto adapter = SqliteFile::open(folder.file("names.db"));
  const schema::ClassSchema before = plain_class("Game");
  adapter->create_class(before);
  schema::ClassSchema after = before;
  after.fields.push_back({"objectid", {schema::FieldKind::kString, {}}, false, {}});
  BOOST_CHECK_EXCEPTION(adapter->update_class(before, after), Error,
                        [](const Error& error) { return error.code() == ErrorCode::kInvalidSchemaOperation; });
}

BOOST_AUTO_TEST_SUITE_END()
