#include "rest/security_report.h"

#include <boost/test/unit_test.hpp>

using namespace parse::rest;
using parse::object::Array;
using parse::object::Object;
using parse::object::Value;

namespace {

const SecurityFacts kStrong{.master_key = "Correct-Horse-7-Battery"};

Object report_of(const SecurityFacts& facts) { return security_report(facts).at("report").as<Object>(); }

Object group(const Object& report, std::size_t index) { return report.at("groups").as<Array>().at(index).as<Object>(); }

std::vector<std::string> failed_titles(const SecurityFacts& facts) {
  std::vector<std::string> titles;
  const Object report = report_of(facts);
  for (const Value& group : report.at("groups").as<Array>())
    for (const Value& check : group.as<Object>().at("checks").as<Array>())
      if (check.as<Object>().at("state") == Value("fail"))
        titles.push_back(check.as<Object>().at("title").as<std::string>());
  return titles;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(security_report_suite)

BOOST_AUTO_TEST_CASE(strong_settings_pass_in_every_group) {
  const Object report = report_of(kStrong);
  BOOST_TEST((report.at("version") == Value("1.0.0")));
  BOOST_TEST((report.at("state") == Value("success")));
  BOOST_TEST((group(report, 0).at("name") == Value("Parse Server Configuration")));
  BOOST_TEST((group(report, 1).at("name") == Value("Database")));
  BOOST_TEST(failed_titles(kStrong).empty());
}

BOOST_AUTO_TEST_CASE(each_weak_setting_fails_one_check_with_a_warning_and_a_solution) {
  using Flag = bool SecurityFacts::*;
  for (const Flag flag :
       {&SecurityFacts::logs_report, &SecurityFacts::clients_create_classes, &SecurityFacts::users_are_public,
        &SecurityFacts::has_insecure_auth_adapters, &SecurityFacts::explain_is_public,
        &SecurityFacts::master_key_from_everywhere, &SecurityFacts::read_only_master_key_from_everywhere,
        &SecurityFacts::maintenance_key_from_everywhere, &SecurityFacts::lacks_complexity_limits,
        &SecurityFacts::password_reset_tells_users, &SecurityFacts::email_verification_tells_users}) {
    SecurityFacts facts = kStrong;
    facts.*flag = true;
    BOOST_TEST(failed_titles(facts).size() == 1U);
    const Object report = report_of(facts);
    BOOST_TEST((report.at("state") == Value("fail")));
    BOOST_TEST((group(report, 0).at("state") == Value("fail")));
    BOOST_TEST((group(report, 1).at("state") == Value("success")));
  }
}

BOOST_AUTO_TEST_CASE(secrets_need_14_characters_of_three_kinds) {
  for (const auto* strong : {"Correct-Horse-7", "abcdefghijkl1!", "ABCDEFGHIJKLm1"})
    BOOST_TEST(is_strong_secret(strong));
  for (const auto* weak : {"", "Ab1!", "abcdefghijklmnopqrst", "abcdefghijklmnop1", "ABCDEFGHIJKLM1"})
    BOOST_TEST(!is_strong_secret(weak));
}

BOOST_AUTO_TEST_CASE(a_database_without_a_password_passes_and_a_weak_one_fails) {
  SecurityFacts facts = kStrong;
  facts.database_password = "secret";
  BOOST_TEST((group(report_of(facts), 1).at("state") == Value("fail")));
}

BOOST_AUTO_TEST_CASE(the_log_says_how_many_settings_are_weak_and_what_to_do) {
  SecurityFacts facts = kStrong;
  facts.explain_is_public = true;
  const std::string text = security_report_text(security_report(facts));
  BOOST_TEST(text.starts_with("security check: 1 weak settings"));
  BOOST_TEST(text.find("WEAK  No explain for clients: ") != std::string::npos);
  BOOST_TEST(text.find("Correct-Horse") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
