#include <fmt/format.h>

#include <algorithm>

#include "apps/parsectl/checkup.h"
#include "apps/parsectl/security_findings.h"
#include "config/validate.h"
#include "server/guard_settings.h"

namespace parse::ctl {
namespace {

/// "port" of "'port' has …".
std::string option_named_in(const std::string& line) {
  const std::size_t end = line.starts_with('\'') ? line.find('\'', 1) : std::string::npos;
  return end == std::string::npos ? "configuration" : line.substr(1, end - 1);
}

void check_lines(const std::vector<std::string>& lines, const std::string& fix, Checkup& checkup) {
  for (const std::string& line : lines) checkup.findings.push_back({option_named_in(line), line, fix});
}

void check_keys(const config::KeyOptions& keys, Checkup& checkup) {
  checkup.add(keys.app_id.empty() || keys.master_key.empty(),
              {"keys", "there is no appId and masterKey: the server makes up its own in its dataFolder",
               "set appId and masterKey, so that every machine has the same"});
  checkup.add(!keys.master_key.empty() && keys.master_key_ips.empty(),
              {"masterKeyIps", "nobody may use the master key, not even parsectl on the same machine",
               "list the addresses that need it in masterKeyIps"});
}

/// The report that a server with these options would give.
void check_security(config::Options options, Checkup& checkup) {
  options.security.enable_check = true;
  options.security.enable_check_log = false;
  if (const auto report = server::enabled_security_report(options)) add_security_findings(*report, checkup);
}

void check_indexes(const config::UserIndexOptions& indexes, Checkup& checkup) {
  const auto check = [&](bool is_on, const std::string& option, const std::string& problem) {
    const std::string name = "databaseOptions.createIndex" + option;
    checkup.add(!is_on, {"indexes", fmt::format("{} is off: {}", name, problem), fmt::format("set {} to true", name)});
  };
  check(indexes.username, "UserUsername", "two users may get the same username");
  check(indexes.username_case_insensitive, "UserUsernameCaseInsensitive", "each signup reads all users");
  check(indexes.email, "UserEmail", "two users may get the same email");
  check(indexes.email_case_insensitive, "UserEmailCaseInsensitive", "each signup with an email reads all users");
  check(indexes.email_verify_token, "UserEmailVerifyToken", "each verified email reads all users");
  check(indexes.password_reset_token, "UserPasswordResetToken", "each password reset reads all users");
  check(indexes.role_name, "RoleName", "two roles may get the same name");
  check(indexes.auth_data_uniqueness, "AuthDataUniqueness", "two users may have the same account of a provider");
}

/// A warning about something that the report has found, too, would only say it twice.
bool is_reported(const std::string& warning, const Checkup& checkup) {
  const std::string option = option_named_in(warning);
  return std::any_of(checkup.findings.begin(), checkup.findings.end(),
                     [&](const Finding& finding) { return finding.fix.find(" " + option + " ") != std::string::npos; });
}

}  // namespace

void check_configuration(const config::Loaded& loaded, Checkup& checkup) {
  ++checkup.checks;
  check_lines(loaded.errors, "correct it: the server does not start so", checkup);
  // With mistakes in them the options are not what anybody meant.
  if (!loaded.errors.empty()) {
    checkup.skipped.emplace_back("the other options, until these mistakes are mended");
    return;
  }
  check_keys(loaded.options.keys, checkup);
  check_security(loaded.options, checkup);
  check_indexes(loaded.options.user_indexes, checkup);
  ++checkup.checks;
  check_lines(config::check_environment(loaded.options), "let the user that runs the server read and write it",
              checkup);
  std::vector<std::string> warnings = loaded.warnings;
  std::erase_if(warnings, [&](const std::string& warning) { return is_reported(warning, checkup); });
  check_lines(warnings, "the server starts so, and warns of it; set it as you mean it", checkup);
}

}  // namespace parse::ctl
