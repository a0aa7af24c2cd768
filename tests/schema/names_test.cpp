#include "schema/names.h"

#include <boost/test/unit_test.hpp>

namespace schema = parse::schema;

BOOST_AUTO_TEST_SUITE(schema_names)

BOOST_AUTO_TEST_CASE(class_names_are_identifiers_system_classes_or_join_classes) {
  for (const char* name : {"Game", "a1_", "_User", "_PushStatus", "_Join:users:_Role"})
    BOOST_TEST(schema::is_valid_class_name(name), name);
  for (const char* name : {"", "1a", "_Foo", "a b", "a-b", "length", "className", "_Hooks", "_Join:", "_Join::a", "é"})
    BOOST_TEST(!schema::is_valid_class_name(name), name);
}

BOOST_AUTO_TEST_CASE(field_names_are_identifiers_but_neither_length_nor_class_name) {
  BOOST_TEST(schema::is_valid_field_name("score", "Game"));
  for (const char* name : {"", "0x", "_x", "a.b", "length", "className", "a$"})
    BOOST_TEST(!schema::is_valid_field_name(name, "Game"), name);
  BOOST_TEST(schema::is_valid_field_name("className", "_Hooks"));
}

BOOST_AUTO_TEST_CASE(default_fields_are_those_of_every_class_and_of_the_system_class) {
  BOOST_TEST(schema::is_default_field("objectId", "Game"));
  BOOST_TEST(schema::is_default_field("password", "_User"));
  BOOST_TEST(!schema::is_default_field("password", "Game"));
}

BOOST_AUTO_TEST_CASE(internal_classes_and_join_tables_are_for_the_master_key_only) {
  BOOST_TEST(schema::is_master_only_class("_Hooks"));
  BOOST_TEST(schema::is_master_only_class("_Join:users:_Role"));
  BOOST_TEST(!schema::is_master_only_class("_User"));
  BOOST_TEST(!schema::is_master_only_class("Game"));
}

BOOST_AUTO_TEST_CASE(the_root_of_a_path_ends_at_the_first_dot_after_its_first_character) {
  BOOST_TEST(schema::root_field("a.b.c") == "a");
  BOOST_TEST(schema::root_field("a") == "a");
  BOOST_TEST(schema::root_field(".a") == ".a");
}

BOOST_AUTO_TEST_SUITE_END()
