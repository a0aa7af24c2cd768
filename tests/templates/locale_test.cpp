#include "templates/locale.h"

#include <boost/test/unit_test.hpp>

using namespace parse::templates;

BOOST_AUTO_TEST_SUITE(locale)

BOOST_AUTO_TEST_CASE(names_of_locales_are_read) {
  for (const char* name : {"en", "deu", "de-AT", "zh-Hans-CN", "es-419"})
    BOOST_TEST((parse_locale(name) == name), name);
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_locale) {
  for (const char* text : {"", "e", "en-", "-en", "../de", "de/AT", "de-A", "de--AT", "de-AT-", "de\r\nX: y", "english",
                           "de.", "de-abcdefghi"}) {
    BOOST_TEST(!parse_locale(text), text);
  }
  BOOST_TEST(!parse_locale(std::string("de\0", 3)));
  BOOST_TEST(!parse_locale("en" + std::string(1000, 'a')));
}

BOOST_AUTO_TEST_CASE(a_text_is_looked_for_in_the_locale_the_language_and_the_root) {
  BOOST_TEST(locale_folders("de-AT") == (std::vector<std::string>{"de-AT", "de", ""}),
             boost::test_tools::per_element());
  BOOST_TEST(locale_folders("de") == (std::vector<std::string>{"de", ""}), boost::test_tools::per_element());
  BOOST_TEST(locale_folders("") == (std::vector<std::string>{""}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
