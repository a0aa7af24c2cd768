#include "storage/postgres/pattern.h"

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "query/regex.h"
#include "tests/storage/postgres/database.h"

namespace parse::storage::postgres {
namespace {

struct Pattern {
  const char* pattern;
  const char* options = "";
};

constexpr Pattern kPatterns[] = {
    {""},
    {"^a"},
    {"a$"},
    {"^a$"},
    {"^a$", "m"},
    {"a.b"},
    {"a.b", "s"},
    {"a.b$", "ms"},
    {"\\Qa.b\\E"},
    {"^\\Q(a|b)*\\E$"},
    {"x\\Q\\d\\E|\\d"},
    {"\\Qa.b"},
    {"a b # comment", "x"},
    {"a\\ b [ #]", "x"},
    {"ABC", "i"},
    {"GRÜN", "i"},
    {"(?i)abc"},
    {"(?s)a.b"},
    {"(?s:a.)b"},
    {"(?-s)a.b", "s"},
    {"\\d+"},
    {"\\D"},
    {"^\\w+$"},
    {"^\\W+$"},
    {"\\s"},
    {"^\\S+$"},
    {"\\h\\w"},
    {"[\\d.]"},
    {"[^\\d\\s]"},
    {"[\\w-]{3}"},
    {"[a-c-e]"},
    {"[]a]"},
    {"[^]a]"},
    {"[-a]"},
    {"[a\\-c]"},
    {"[\\Q^]\\E]"},
    {"[[:alpha:]]"},
    {"[[:punct:]]"},
    {"[\\x61-\\x63]"},
    {"\\bcaf\\b"},
    {"\\Bb"},
    {"\\bü"},
    {"\\x61"},
    {"\\x{fc}"},
    {"\\141"},
    {"\\t|\\n"},
    {"a{2}"},
    {"a{2,}"},
    {"^a{1,2}$"},
    {"a{"},
    {"a{,2}"},
    {"{a}"},
    {"a+?b"},
    {"(a)(b)\\2"},
    {"(?:ab)+"},
    {"(?<name>a)b"},
    {"(?P<name>a)b"},
    {"a(?=b)"},
    {"a(?!b)"},
    {"(?<=a)b"},
    {"(?<!a)b"},
    {"a(?#comment)b"},
    {"\\Aa"},
    {"b\\z"},
    {"b\\Z"},
    {"(a|)b"},
    {"()a"},
    {"a|^$"},
    {"^b", "m"},
    {"\\p{Lu}"},
    {"\\*\\*\\*|a:"},
    {"\\/a"},
    {"'"},
    {"[.]"},
    {"\\."},
    {"\\-"},
    {"]"},
    {"}"},
    {"\\N"},
};

constexpr const char* kSubjects[] = {
    "",      "a",    "b",     "ab",  "abb",  "aab", "a.b", "a\nb",         "ab\n", "a\n",   "A",      "ABC",
    "abc",   "grün", "Grün",  "caf", "café", "a b", "a-c", "12",           "x1",   "x\\d",  "(a|b)*", "{a}",
    "a{",    "a{,2", "a{,2}", "a^]", "a\tb", "\n",  "***", "/a",           "'",    "#",     "b\n\n",  "aaa",
    "a bab", "e",    "-",     ".",   "]",    "}",   "_",   "\xe2\x80\x83", "B",    "c\nab",
};

constexpr const char* kUntranslatable[] = {
    "a++", "(?>a)",      "(a(?1)?b)", "(?R)?a",        "(*UTF)a",     "a\\Kb", "\\R",
    "\\X", "\\p{Greek}", "a(?i)b",    "\\k<n>(?<n>a)", "(?(?=a)a|b)", "\\G",
};

struct Regexes : Database {
  bool matches(const std::string& subject, const std::string& pattern) {
    sql::SqlText sql(sql::Values::kNumbered);
    sql.raw("SELECT ").bind(subject).raw("::text ~ ").bind(pattern).raw("::text");
    return connection.query(sql).boolean(0, 0);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(pattern)

BOOST_AUTO_TEST_CASE(translated_patterns_match_what_pcre_matches,
                     *boost::unit_test::precondition(test::needs_postgres)) {
  Regexes regexes;
  for (const Pattern& pattern : kPatterns) {
    const query::CompiledRegex wanted(pattern.pattern, pattern.options);
    const std::string translated = translate_pattern(pattern.pattern, pattern.options);
    for (const char* subject : kSubjects) {
      BOOST_CHECK_MESSAGE(regexes.matches(subject, translated) == wanted.matches(subject),
                          pattern.pattern << " /" << pattern.options << " -> " << translated << " on \"" << subject
                                          << "\": PCRE says " << wanted.matches(subject));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_postgresql_cannot_match_is_refused) {
  for (const char* pattern : kUntranslatable) {
    try {
      translate_pattern(pattern, "");
      BOOST_ERROR(pattern << " was translated");
    } catch (const Error& error) {
      BOOST_CHECK(error.code() == ErrorCode::kInvalidQuery);
    }
  }
  BOOST_CHECK_THROW(translate_pattern("(", ""), Error);
}

BOOST_AUTO_TEST_CASE(a_prefix_means_itself_to_like) { BOOST_CHECK_EQUAL(like_prefix("a%b_c\\"), "a\\%b\\_c\\\\%"); }

BOOST_AUTO_TEST_SUITE_END()

}  // namespace parse::storage::postgres
