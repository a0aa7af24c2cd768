#include "templates/template.h"

#include "tests/schema/expect_error.h"

using namespace parse;
using templates::escape_html;
using templates::Markup;
using templates::render;

BOOST_AUTO_TEST_SUITE(template_text)

BOOST_AUTO_TEST_CASE(placeholders_are_replaced_and_missing_ones_vanish) {
  BOOST_TEST(render("Hi {{name}}{{nobody}}, {{n}}!", {{"name", "Ada"}, {"n", 3}}, Markup::kPlain) == "Hi Ada, 3!");
}

BOOST_AUTO_TEST_CASE(sections_show_lists_and_conditions) {
  const object::Object values{{"list", object::Array{object::Object{{"x", "1"}}, object::Object{{"x", "2"}}}},
                              {"yes", true}};
  BOOST_TEST(render("{{#list}}<{{x}}>{{/list}}{{#yes}}y{{/yes}}{{^no}}n{{/no}}", values, Markup::kPlain) == "<1><2>yn");
}

BOOST_AUTO_TEST_CASE(plain_text_is_not_escaped) {
  BOOST_TEST(render("{{a}}", {{"a", "<&'\">"}}, Markup::kPlain) == "<&'\">");
}

// GHSA-jhgf-2h8h-ggxv
BOOST_AUTO_TEST_CASE(values_in_html_never_become_markup) {
  const object::Object values{{"a", "</p><script>alert('1')</script>"}};
  for (const char* tag : {"{{a}}", "{{{a}}}", "{{&a}}"}) {
    const std::string page = render(tag, values, Markup::kHtml);
    BOOST_TEST(page.find_first_of("<>'\"") == std::string::npos, page);
  }
}

// GHSA-jhgf-2h8h-ggxv
BOOST_AUTO_TEST_CASE(values_cannot_end_the_string_of_a_script_or_attribute) {
  for (const char* value :
       {"'; alert(1)//", "\"; alert(1)//", "\\", "`${alert(1)}`", "a\nb", "a\rb", "x onload=alert(1)"}) {
    const std::string escaped = escape_html(value);
    BOOST_TEST(escaped.find_first_of("'\"\\`\n\r=/") == std::string::npos, escaped);
  }
}

BOOST_AUTO_TEST_CASE(control_characters_are_dropped_from_html) {
  BOOST_TEST(escape_html(std::string("a\0b\x1b\x7f\tc", 7)) == "ab\tc");
}

BOOST_AUTO_TEST_CASE(a_value_with_mustaches_stays_text) {
  BOOST_TEST(render("{{a}}", {{"a", "{{b}}"}, {"b", "secret"}}, Markup::kPlain) == "{{b}}");
}

BOOST_AUTO_TEST_CASE(a_malformed_template_is_an_error) {
  BOOST_CHECK_EXCEPTION(render("{{#open}}", {}, Markup::kHtml), Error,
                        [](const Error& error) { return error.cause().starts_with("template: "); });
}

BOOST_AUTO_TEST_SUITE_END()
