#include "rest/security_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

namespace parse::rest {
namespace {

using object::Array;
using object::Object;
using object::Value;

constexpr std::size_t kStrongLength = 14;
constexpr std::string_view kSuccess = "success";
constexpr std::string_view kFail = "fail";

struct Check {
  std::string_view title;
  std::string_view warning;
  std::string_view solution;
  bool failed = false;
};

struct Group {
  std::string_view name;
  std::vector<Check> checks;
};

std::vector<Check> key_checks(const SecurityFacts& facts) {
  return {
      {"Strong master key", "The master key can be guessed: it is short, or made of few kinds of characters.",
       "Choose a masterKey of 14 characters or more, with capitals, small letters, digits and other characters.",
       !is_strong_secret(facts.master_key)},
      {"Master key bound to addresses", "Whoever learns the master key can use it from every address.",
       "List the addresses that need it in masterKeyIps.", facts.master_key_from_everywhere},
      {"Read-only master key bound to addresses", "Whoever learns the read-only master key can use it from everywhere.",
       "List the addresses that need it in readOnlyMasterKeyIps.", facts.read_only_master_key_from_everywhere},
      {"Maintenance key bound to addresses", "Whoever learns the maintenance key can use it from every address.",
       "List the addresses that need it in maintenanceKeyIps.", facts.maintenance_key_from_everywhere},
  };
}

std::vector<Check> option_checks(const SecurityFacts& facts) {
  return {
      {"Security report kept out of the log", "Everybody who reads the log learns which settings are weak.",
       "Set security.enableCheckLog to false.", facts.logs_report},
      {"No class creation by clients", "Every client can fill the database with classes of its own.",
       "Set allowClientClassCreation to false.", facts.clients_create_classes},
      {"New users are private", "Everybody can read new users by their id, or find them.",
       "Set enforcePrivateUsers to true.", facts.users_are_public},
      {"No insecure login providers", "A token made for another application is enough to log in as its user.",
       "Set enableInsecureAuthAdapters to false.", facts.has_insecure_auth_adapters},
      {"No explain for clients", "Every client can ask how queries are carried out, which tells about the data.",
       "Set databaseOptions.allowPublicExplain to false.", facts.explain_is_public},
      {"Requests are bounded", "Deep or wide queries of a single client can keep the server busy.",
       "Give every member of requestComplexity a positive number.", facts.lacks_complexity_limits},
      {"Password reset tells nothing about users", "The answer to a password reset says whether an address is known.",
       "Set passwordPolicy.resetPasswordSuccessOnInvalidEmail to true.", facts.password_reset_tells_users},
      {"E-mail verification tells nothing about users",
       "The answer to a request for a verification mail says whether an address is known.",
       "Set emailVerifySuccessOnInvalidEmail to true.", facts.email_verification_tells_users},
  };
}

std::vector<Group> groups(const SecurityFacts& facts) {
  std::vector<Check> server = key_checks(facts);
  for (Check& check : option_checks(facts)) server.push_back(check);
  const bool weak = !facts.database_password.empty() && !is_strong_secret(facts.database_password);
  return {
      {"Parse Server Configuration", std::move(server)},
      {"Database",
       {{"Strong database password", "The password of the database can be guessed.",
         "Choose one of 14 characters or more, with capitals, small letters, digits and other characters.", weak}}}};
}

Value state_of(bool failed) { return Value(failed ? kFail : kSuccess); }

Object to_json(const Check& check) {
  Object json{{"title", check.title}, {"state", state_of(check.failed)}};
  if (check.failed) {
    json.append("warning", check.warning);
    json.append("solution", check.solution);
  }
  return json;
}

bool failed(const Group& group) {
  return std::any_of(group.checks.begin(), group.checks.end(), [](const Check& check) { return check.failed; });
}

Object to_json(const Group& group) {
  Array checks;
  for (const Check& check : group.checks) checks.emplace_back(to_json(check));
  return {{"name", group.name}, {"state", state_of(failed(group))}, {"checks", std::move(checks)}};
}

const std::string& text(const Object& object, std::string_view key) { return object.at(key).as<std::string>(); }

std::string check_line(const Object& check) {
  if (text(check, "state") == kSuccess) return fmt::format("\n   ok    {}", text(check, "title"));
  return fmt::format("\n   WEAK  {}: {} {}", text(check, "title"), text(check, "warning"), text(check, "solution"));
}

}  // namespace

bool is_strong_secret(const std::string& secret) {
  const auto has = [&](auto test) { return std::any_of(secret.begin(), secret.end(), test) ? 1 : 0; };
  const int kinds = has([](unsigned char c) { return std::isupper(c) != 0; }) +
                    has([](unsigned char c) { return std::islower(c) != 0; }) +
                    has([](unsigned char c) { return std::isdigit(c) != 0; }) +
                    has([](unsigned char c) { return std::isalnum(c) == 0 && c != '_'; });
  return secret.size() >= kStrongLength && kinds >= 3;
}

Object security_report(const SecurityFacts& facts) {
  Array list;
  bool any_failed = false;
  for (const Group& group : groups(facts)) {
    any_failed = any_failed || failed(group);
    list.emplace_back(to_json(group));
  }
  return {{"report", Object{{"version", "1.0.0"}, {"state", state_of(any_failed)}, {"groups", std::move(list)}}}};
}

std::string security_report_text(const Object& report) {
  std::string lines;
  int weak = 0;
  for (const Value& group : report.at("report").as<Object>().at("groups").as<Array>()) {
    lines += "\n" + text(group.as<Object>(), "name");
    for (const Value& check : group.as<Object>().at("checks").as<Array>()) {
      lines += check_line(check.as<Object>());
      if (text(check.as<Object>(), "state") == kFail) ++weak;
    }
  }
  return fmt::format("security check: {} weak settings{}", weak, lines);
}

}  // namespace parse::rest
