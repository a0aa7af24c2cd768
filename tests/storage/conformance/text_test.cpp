#include "tests/storage/conformance/fixture.h"

using namespace parse;
using namespace parse::storage::conformance;

BOOST_AUTO_TEST_SUITE(conformance_text)

namespace {

schema::ClassSchema post(bool has_index) {
  schema::ClassSchema made = class_of("Post", {field("text", FieldKind::kString), field("title", FieldKind::kString)});
  if (has_index) made.indexes.push_back({"words", {{"title", "text"}, {"text", "text"}}, false, std::nullopt});
  return made;
}

template <typename Backend>
struct Blog : Store<Backend> {
  explicit Blog(bool has_index) {
    this->make_class(post(has_index));
    this->create("Post", "1", R"({"text":"The dogs are running in the park","title":"cats"})");
    this->create("Post", "2", R"({"text":"A dog. A dog! Another dog?"})");
    this->create("Post", "3", R"({"text":"Café crème for the runner"})");
    this->create("Post", "4");
  }
  query::Find search(const std::string& term) {
    query::Find find = this->find_of("Post");
    find.where.conditions.push_back(query::FieldCondition{"text", query::TextSearch{term, {}, {}, {}}});
    return find;
  }
};

constexpr bool kWithAndWithoutIndex[] = {false, true};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(words_match_by_their_stem_without_case_and_accents, Backend, AllBackends) {
  for (const bool has_index : kWithAndWithoutIndex) {
    Blog<Backend> blog(has_index);
    BOOST_CHECK_EQUAL(blog.ids(blog.search("dog")), "1 2");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("run")), "1");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("CAFÉ")), "3");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("CAFE")), Backend::kFoldsAccents ? "3" : "");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("cats")), "");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("the")), "");
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_term_is_any_word_every_phrase_and_no_negated_word, Backend, AllBackends) {
  for (const bool has_index : kWithAndWithoutIndex) {
    Blog<Backend> blog(has_index);
    BOOST_CHECK_EQUAL(blog.ids(blog.search("dog café")), "1 2 3");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("\"dogs are running\"")), "1");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("dog -park")), "2");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("dog & park")), "1");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("dog & !park | caf:*")), "2 3");
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(odd_terms_are_no_errors, Backend, AllBackends) {
  for (const bool has_index : kWithAndWithoutIndex) {
    Blog<Backend> blog(has_index);
    for (const char* term :
         {"a & | b", "((", "'", "\\", ":*", "!", "-", "\"\"", "\" \"", "\"", "& &", "<->", "-dog", "the -dog", "!!"})
      BOOST_CHECK_EQUAL(blog.ids(blog.search(term)), "");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("(park")), "1");
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(changes_of_the_text_are_found, Backend, AllBackends) {
  for (const bool has_index : kWithAndWithoutIndex) {
    Blog<Backend> blog(has_index);
    blog.update("Post", R"({"objectId":"1"})", R"({"text":"only birds"})");
    blog.backend->remove(blog.schema, "Post", blog.where("Post", R"({"objectId":"2"})"));
    BOOST_CHECK_EQUAL(blog.ids(blog.search("dog")), "");
    BOOST_CHECK_EQUAL(blog.ids(blog.search("bird")), "1");
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(score_sorts_and_is_returned_when_asked_for, Backend, AllBackends) {
  for (const bool has_index : kWithAndWithoutIndex) {
    Blog<Backend> blog(has_index);
    query::Find find = blog.search("dog");
    query::OrderTerm by_score;
    by_score.is_text_score = true;
    find.order = {by_score};
    find.with_text_score = true;
    const object::Array rows = blog.find(find);
    BOOST_REQUIRE_EQUAL(rows.size(), 2);
    BOOST_CHECK_EQUAL(rows[0].as<Object>().at("objectId").template as<std::string>(), "2");
    BOOST_CHECK_GT(rows[0].as<Object>().at("score").number(), rows[1].as<Object>().at("score").number());
    BOOST_CHECK_GT(rows[1].as<Object>().at("score").number(), 0);
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_index_made_later_knows_older_objects, Backend, AllBackends) {
  Blog<Backend> blog(false);
  blog.backend->update_class(post(false), post(true));
  blog.schema.set(post(true));
  BOOST_CHECK_EQUAL(blog.ids(blog.search("dog")), "1 2");
}

BOOST_AUTO_TEST_SUITE_END()
