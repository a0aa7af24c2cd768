#include <fmt/format.h>

#include <optional>

#include "apps/parsectl/checkup.h"
#include "apps/parsectl/commands.h"
#include "config/later.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;

/// The server that flags, environment or profile name. Without --config there must be one.
std::optional<Target> named_server(Session& session, bool has_config) {
  const GlobalFlags& flags = session.flags();
  const bool is_named = !flags.server.empty() || !flags.database.empty() || !flags.profile.empty();
  try {
    if (session.target().server.empty())
      throw Failure(ExitCode::kUsage, "doctor looks at a server or a configuration, not at a database",
                    "give --server URL, or --config FILE");
    return session.target();
  } catch (const Failure&) {
    if (is_named || !has_config) throw;
    return std::nullopt;
  }
}

std::chrono::milliseconds timeout_of(Session& session) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(session.flags().timeout_seconds * 1000));
}

/// Returns whether the configuration has a webhookKey.
bool check_file(Session& session, const std::string& file, const std::optional<Target>& named, Checkup& checkup) {
  const config::Sources sources{.flags = {}, .environment = session.environment(), .file = file};
  const config::Loaded loaded = config::load(sources);
  check_configuration(loaded, checkup);
  check_uploads(config::later_settings(sources), checkup);
  const bool has_key = !loaded.options.cloud.webhook_key.empty();
  if (!loaded.errors.empty()) return has_key;
  const config::NetworkOptions& network = loaded.options.network;
  const config::KeyOptions& keys = loaded.options.keys;
  const auto timeout = timeout_of(session);
  if (!named || named->server != network.server_url)
    check_server({"serverURL", network.server_url, {keys.app_id, keys.master_key}, timeout, has_key}, checkup);
  if (!network.public_server_url.empty() && network.public_server_url != network.server_url)
    check_server({"publicServerURL", network.public_server_url, {}, timeout}, checkup);
  return has_key;
}

void print(Session& session, const Checkup& checkup) {
  Array rows;
  for (const Finding& finding : checkup.findings)
    rows.emplace_back(Object{{"check", finding.check}, {"problem", finding.problem}, {"fix", finding.fix}});
  if (!rows.empty() || session.output().format() != OutputFormat::kTable)
    session.output().rows({"check", "problem", "fix"}, rows);
  for (const std::string& reason : checkup.skipped) session.output().remark("not checked: " + reason);
  session.output().flush();
}

void examine(Session& session, const std::string& file) {
  const auto named = named_server(session, !file.empty());
  Checkup checkup;
  std::optional<bool> has_key;
  if (!file.empty()) has_key = check_file(session, file, named, checkup);
  if (named)
    check_server({"server", named->server, {named->app_id, named->master_key}, timeout_of(session), has_key}, checkup);
  print(session, checkup);
  const std::size_t found = checkup.findings.size();
  if (found > 0)
    throw Failure(ExitCode::kPartly,
                  fmt::format("{} checks made, {} finding{}", checkup.checks, found, found == 1 ? "" : "s"));
  session.output().remark(fmt::format("{} checks made, nothing found", checkup.checks));
}

}  // namespace

void add_doctor_commands(Commands& commands) {
  const auto file = std::make_shared<std::string>();
  CLI::App& doctor =
      commands.add(commands.root(), "doctor", "Check a configuration and a running server for the mistakes people make",
                   [file](Session& session) { examine(session, *file); });
  doctor.add_option("--config", *file, "File of parse-server, TOML or JSON; its serverURL is asked, too")
      ->type_name("FILE");
  doctor.footer(
      "Of a file: mistakes in options, missing keys, who may use the master key, class creation by clients,\n"
      "indexes switched off, who may upload files, files and folders; PARSE_SERVER_... in the environment count\n"
      "as for the server. Of a server: whether it answers, takes the keys, has the right time, is encrypted, what\n"
      "it says about itself with security.enableCheck, indexes that its queries lack (see index suggest), and, with\n"
      "--config, whether its webhooks get a key. Exit code 7 when something was found. Nothing is changed.\n\n"
      "Examples:\n"
      "  parsectl doctor --config parse-server.toml\n"
      "  parsectl --profile production doctor");
}

}  // namespace parse::ctl
