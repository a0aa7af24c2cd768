#include "apps/parsectl/program.h"

#include <fmt/format.h>

#include <ostream>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/error_text.h"
#include "apps/parsectl/failure.h"
#include "apps/parsectl/session.h"

namespace parse::ctl {
namespace {

constexpr const char* kAbout =
    "Administers a Parse Server from shells and CI jobs: schemas, permissions, indexes, users and data.\n"
    "Works on a running server (--server) or straight on a database while no server runs on it (--database).";

constexpr const char* kExamples =
    "Examples:\n"
    "  parsectl --server http://localhost:1337/parse --appId myApp --masterKey mySecret schema list\n"
    "  parsectl --profile production health\n"
    "  parsectl --database sqlite:./data/parse.db schema get Game --output json\n"
    "\n"
    "Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 refused, 5 conflict, 6 unreachable, 7 partly done,\n"
    "130 interrupted. The environment (PARSECTL_SERVER ...) and profiles are described in parsectl(1).";

void add_global_flags(CLI::App& app, GlobalFlags& flags) {
  app.add_option("--server", flags.server, "URL of the server, with its mount path")->type_name("URL");
  app.add_option("--appId", flags.app_id, "Application id")->type_name("ID");
  app.add_option("--masterKey", flags.master_key, "Master key; better kept in PARSECTL_MASTER_KEY or a profile")
      ->type_name("KEY");
  app.add_option("--database", flags.database, "Work straight on this database")->type_name("URI");
  app.add_option("--profile", flags.profile, "Named server of profiles.toml")->type_name("NAME");
  app.add_option("-o,--output", flags.output, "table, json, ndjson or csv")->type_name("FORMAT");
  app.add_option("--timeout", flags.timeout_seconds, "Longest time for one call, in seconds [30]")
      ->type_name("SECONDS")
      ->check(CLI::Validator(CLI::PositiveNumber).description(""));
  app.add_flag("-q,--quiet", flags.is_quiet, "Print results only");
  app.add_flag("--dry-run", flags.is_dry_run, "Say what would be done, and do nothing");
  app.add_flag("-y,--yes", flags.says_yes, "Agree to what would be asked");
}

ExitCode exit_code_of(const client::Refusal& refusal) {
  switch (refusal.code()) {
    case ErrorCode::kObjectNotFound:
    case ErrorCode::kInvalidClassName:
    case ErrorCode::kInvalidSchemaOperation:
      return ExitCode::kNotFound;
    case ErrorCode::kDuplicateValue:
    case ErrorCode::kUsernameTaken:
    case ErrorCode::kEmailTaken:
      return ExitCode::kConflict;
    case ErrorCode::kOperationForbidden:
      return ExitCode::kRefused;
    default:
      break;
  }
  if (refusal.status() == 401 || refusal.status() == 403) return ExitCode::kRefused;
  return refusal.status() == 404 ? ExitCode::kNotFound : ExitCode::kFailed;
}

/// "parsectl: what went wrong (code)", and how to mend it on the next line.
int report(std::ostream& err, ExitCode code, const std::string& message, const std::string& fix = {}) {
  err << "parsectl: " << message << '\n';
  if (!fix.empty()) err << "  " << fix << '\n';
  return static_cast<int>(code);
}

std::string fix_of(const client::Refusal& refusal) {
  if (refusal.status() == 401 || refusal.status() == 403)
    return "check --appId and --masterKey, and that masterKeyIps of the server lets this machine in";
  return "";
}

int run_chosen(const Commands::Run& run, Session& session, std::ostream& err) {
  try {
    run(session);
    return static_cast<int>(ExitCode::kSuccess);
  } catch (const Failure& failure) {
    return report(err, failure.code(), failure.what(), failure.fix());
  } catch (const client::Unreachable& error) {
    return report(err, ExitCode::kUnreachable, error.message());
  } catch (const client::Refusal& refusal) {
    return report(err, exit_code_of(refusal),
                  fmt::format("{} (code {})", refusal.message(), static_cast<int>(refusal.code())), fix_of(refusal));
  } catch (const Error& error) {
    return report(err, ExitCode::kFailed, text_of(error));
  } catch (const std::exception& error) {
    return report(err, ExitCode::kFailed, error.what());
  }
}

/// The deepest command that the line names.
const CLI::App& named_command(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : named_command(*chosen.back());
}

std::string path_of(const CLI::App& app) {
  return app.get_parent() ? path_of(*app.get_parent()) + " " + app.get_name() : app.get_name();
}

}  // namespace

int run_program(const apps::CliInput& input, apps::CliOutput output) {
  CLI::App app(kAbout, "parsectl");
  GlobalFlags flags;
  Commands commands(app);
  app.set_version_flag("-V,--version", "parsectl " + input.version);
  app.require_subcommand(1);
  add_global_flags(app, flags);
  add_all_commands(commands);
  app.footer(kExamples);  // after the commands, which would inherit it
  std::vector<std::string> arguments(input.args.rbegin(), input.args.rend());  // CLI11 reads from the back
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::Success& asked) {
    return app.exit(asked, output.out, output.err);
  } catch (const CLI::ParseError& error) {
    return report(output.err, ExitCode::kUsage, error.what(),
                  fmt::format("'{} --help' shows how it is used", path_of(named_command(app))));
  }
  try {
    Output printer({output.out, output.err}, output_format(flags, input.environment), flags.is_quiet);
    Session session({flags, input.environment, printer, input.version});
    return run_chosen(commands.chosen(), session, output.err);
  } catch (const Failure& failure) {
    return report(output.err, failure.code(), failure.what(), failure.fix());
  }
}

}  // namespace parse::ctl
