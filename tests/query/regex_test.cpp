#include "query/regex.h"

#include <thread>

#include "support.h"

using parse::ErrorCode;
using namespace parse::query;  // NOLINT

BOOST_AUTO_TEST_SUITE(regex)

BOOST_AUTO_TEST_CASE(pattern_matches_anywhere_unless_anchored) {
  BOOST_TEST(CompiledRegex("b+", "").matches("abba"));
  BOOST_TEST(!CompiledRegex("^b", "").matches("abba"));
  BOOST_TEST(CompiledRegex("", "").matches(""));
}

BOOST_AUTO_TEST_CASE(quoted_text_is_literal) {
  BOOST_TEST(CompiledRegex("^\\Qa.b\\E", "").matches("a.bc"));
  BOOST_TEST(!CompiledRegex("^\\Qa.b\\E", "").matches("axbc"));
  BOOST_TEST(CompiledRegex("\\Q'; DROP TABLE \"x\"\\E", "").matches("'; DROP TABLE \"x\""));
}

BOOST_AUTO_TEST_CASE(options_change_the_meaning) {
  BOOST_TEST(CompiledRegex("ABC", "i").matches("xabc"));
  BOOST_TEST(CompiledRegex("^b", "m").matches("a\nb"));
  BOOST_TEST(CompiledRegex("a.b", "s").matches("a\nb"));
  BOOST_TEST(!CompiledRegex("a.b", "").matches("a\nb"));
  BOOST_TEST(CompiledRegex("a b # words", "x").matches("ab"));
  BOOST_TEST(CompiledRegex("^.$", "u").matches("é"));
}

BOOST_AUTO_TEST_CASE(characters_are_unicode) {
  BOOST_TEST(CompiledRegex("^.É$", "i").matches("日é"));
  BOOST_TEST(CompiledRegex("^\\S+$", "").matches("grün"));
  BOOST_TEST(CompiledRegex("\\W", "").matches("ü"));
  BOOST_TEST(CompiledRegex("\\D", "").matches("日"));
}

BOOST_AUTO_TEST_CASE(invalid_utf8_in_the_subject_is_no_match_but_no_harm) {
  BOOST_TEST(!CompiledRegex("^a$", "").matches("\xff\xfe"));
  BOOST_TEST(
      !CompiledRegex("b", "").matches("\xff"
                                      "b"));
}

BOOST_AUTO_TEST_CASE(bad_patterns_are_refused) {
  parse::query::test::check_error([] { CompiledRegex("(", ""); }, ErrorCode::kInvalidQuery,
                                  "Bad $regex value for query: (");
  parse::query::test::check_error([] { check_regex("[", ""); }, ErrorCode::kInvalidQuery,
                                  "Bad $regex value for query: [");
  parse::query::test::check_error([] { check_regex(std::string(70'000, 'a'), ""); }, ErrorCode::kInvalidQuery,
                                  "$regex value is too long");
}

BOOST_AUTO_TEST_CASE(hostile_pattern_ends_with_an_error) {
  const CompiledRegex nested("^(a+)+$", "");
  std::string subject(40, 'a');
  subject.push_back('b');
  parse::query::test::check_error([&] { nested.matches(subject); }, ErrorCode::kInvalidQuery,
                                  "$regex is too expensive to match");
  BOOST_TEST(nested.matches("aaaa"));
}

BOOST_AUTO_TEST_CASE(deep_recursion_does_not_overflow_the_stack) {
  const CompiledRegex recursive("^(\\((?1)*\\))+$", "");
  const std::string subject = std::string(200'000, '(') + std::string(200'000, ')');
  try {
    recursive.matches(subject);
  } catch (const parse::Error& error) {
    BOOST_TEST((error.code() == ErrorCode::kInvalidQuery));
  }
}

BOOST_AUTO_TEST_CASE(one_pattern_serves_many_threads) {
  const CompiledRegex regex("^a(b+)c$", "");
  std::vector<std::thread> threads;
  std::atomic<int> hits = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 1000; ++j) hits += regex.matches("abbbc") && !regex.matches("abbb");
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(hits == 4000);
}

BOOST_AUTO_TEST_CASE(cache_keeps_the_patterns_used_last) {
  RegexCache cache(2);
  BOOST_TEST(cache.get("a", "").matches("a"));
  BOOST_TEST(cache.get("a", "i").matches("A"));
  BOOST_TEST(cache.get("b", "").matches("b"));
  BOOST_TEST(cache.get("a", "").matches("a"));
  BOOST_TEST(!cache.get("a", "").matches("A"));
}

BOOST_AUTO_TEST_SUITE_END()
