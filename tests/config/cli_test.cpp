#include "apps/common/cli.h"

#include <boost/test/unit_test.hpp>
#include <sstream>

#include "apps/common/cli_docs.h"
#include "apps/common/option_flags.h"
#include "config/print.h"
#include "tests/support/temp_folder.h"

using namespace parse::apps;
namespace config = parse::config;
using parse::test::TempFolder;

namespace {

/// Runs the command line of parse-server in a data folder of its own.
struct Program {
  TempFolder folder;
  config::Environment environment = {{"PARSE_SERVER_DATA_FOLDER", folder.file("data")}};
  std::string out;
  std::string err;
  std::optional<config::Options> options;

  /// The exit code; -1 when a server would start.
  int run(const std::vector<std::string>& args) {
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    const auto outcome = run_cli({args, environment, "1.2.3"}, {out_stream, err_stream});
    out = out_stream.str();
    err = err_stream.str();
    options.reset();
    if (const auto* start = std::get_if<Start>(&outcome)) options = start->options;
    return options ? -1 : std::get<int>(outcome);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(command_line, Program)

BOOST_AUTO_TEST_CASE(flags_take_their_value_behind_a_blank_or_an_equals_sign) {
  BOOST_TEST(run({"--appId", "a", "--masterKey=m", "--port", "8080"}) == -1);
  BOOST_TEST(options->keys.app_id == "a");
  BOOST_TEST(options->keys.master_key == "m");
  BOOST_TEST(options->network.port == 8080);
}

BOOST_AUTO_TEST_CASE(a_boolean_flag_needs_no_value_and_leaves_the_file_alone) {
  const auto file = folder.write("config.json", R"({"appId":"a","masterKey":"m"})");
  BOOST_TEST(run({"--silent", file}) == -1);
  BOOST_TEST(options->log.silent);
  BOOST_TEST(options->keys.app_id == "a");
  BOOST_TEST(run({"--jsonLogs", "false", "--silent=1", file}) == -1);
  BOOST_TEST(!options->log.json);
  BOOST_TEST(options->log.silent);
}

BOOST_AUTO_TEST_CASE(values_may_begin_with_a_dash_a_bracket_or_a_brace) {
  BOOST_TEST(run({"--requestComplexity.queryDepth", "-1", "--masterKeyIps", R"(["::1"])", "--databaseOptions",
                  R"({"maxTimeMS":5})"}) == -1);
  BOOST_TEST(options->complexity.query_depth == -1);
  BOOST_TEST(options->keys.master_key_ips.size() == 1u);
  BOOST_TEST(options->database.max_time.count() == 5);
}

BOOST_AUTO_TEST_CASE(an_unknown_flag_ends_with_1_and_the_nearest_name) {
  BOOST_TEST(run({"--masterKye", "m", "--port", "x"}) == kExitUsage);
  BOOST_TEST(err ==
             "'masterKye' is not an option, did you mean 'masterKey'? (--masterKye)\n"
             "'port' has invalid value 'x', a whole number is needed (--port)\n");
}

BOOST_AUTO_TEST_CASE(a_flag_without_its_value_and_stray_words_are_named) {
  BOOST_TEST(run({"--port"}) == kExitUsage);
  BOOST_TEST(err == "'port' needs a value (--port)\n");
  BOOST_TEST(run({"a.json", "b.json"}) == kExitUsage);
  BOOST_TEST(err.find("'b.json' is not an option") != std::string::npos);
  BOOST_TEST(run({"-x"}) == kExitUsage);
  BOOST_TEST(err.find("'-x' is not an option") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_empty_value_does_not_swallow_the_next_flag) {
  BOOST_TEST(run({"--clientKey", "", "--port", "8080"}) == -1);
  BOOST_TEST(options->network.port == 8080);
  BOOST_TEST(options->keys.client_key == "");
}

BOOST_AUTO_TEST_CASE(version_and_help_answer_without_a_configuration) {
  BOOST_TEST(run({"--version"}) == kExitSuccess);
  BOOST_TEST(out == "parse-server 1.2.3\n");
  BOOST_TEST(run({"--help"}) == kExitSuccess);
  BOOST_TEST(out.find("\nNetwork:\n") != std::string::npos);
  BOOST_TEST(out.find("  --port <number>") != std::string::npos);
  BOOST_TEST(out.find("Examples:\n") != std::string::npos);
  BOOST_TEST(out.find("liveQuery") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(check_says_valid_or_lists_every_mistake) {
  BOOST_TEST(run({"--check", "--appId", "a", "--masterKey", "m"}) == kExitSuccess);
  BOOST_TEST(out == "configuration is valid\n");
  BOOST_TEST(run({"--check", "--port", "x", "--fileKey", "k"}) == kExitUsage);
  BOOST_TEST(err ==
             "'port' has invalid value 'x', a whole number is needed (--port)\n"
             "'fileKey' needs file storage, which this version does not have yet (--fileKey)\n");
}

BOOST_AUTO_TEST_CASE(check_looks_at_the_files_and_folders_that_options_name) {
  const auto file = folder.write("occupied", "");
  BOOST_TEST(run({"--check", "--dataFolder", file + "/data", "--tlsCert", "no-cert.pem", "--tlsKey", "no-key.pem"}) ==
             kExitUsage);
  BOOST_TEST(err.find("'tlsCert' cannot read the file no-cert.pem\n") != std::string::npos);
  BOOST_TEST(err.find("'tlsKey' cannot read the file no-key.pem\n") != std::string::npos);
  BOOST_TEST(err.find("'dataFolder' cannot create the folder") != std::string::npos);
  BOOST_TEST(run({"--check", "--dataFolder", file}) == kExitUsage);
  BOOST_TEST(err.starts_with("'dataFolder' is no folder: "));
}

BOOST_AUTO_TEST_CASE(check_changes_nothing) {
  BOOST_TEST(run({"--check"}) == kExitSuccess);
  BOOST_TEST(!std::filesystem::exists(folder.file("data")));
}

BOOST_AUTO_TEST_CASE(the_printed_configuration_masks_secrets_and_loads_again) {
  BOOST_TEST(run({"--print-config", "--appId", "a", "--masterKey", "hidden-key", "--requestComplexity.queryDepth", "5",
                  "--allowOrigin", "https://a.example,https://b.example", "--maxUploadSize", "1mb", "--verbose"}) ==
             kExitSuccess);
  BOOST_TEST(out.find("hidden-key") == std::string::npos);
  BOOST_TEST(out.find("masterKey = \"********\"  # --masterKey\n") != std::string::npos);
  BOOST_TEST(out.find("port = 1337  # default\n") != std::string::npos);
  const auto file = folder.write("printed.toml", out);
  BOOST_TEST(run({"--config", file}) == -1);
  BOOST_TEST(options->complexity.query_depth == 5);
  BOOST_TEST(options->log.level == "verbose");
  BOOST_TEST(!options->schema.declared);
  BOOST_TEST(options->network.max_upload_size == 1048576u);
  BOOST_TEST(options->network.allow_origin.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(generated_documents, Program)

BOOST_AUTO_TEST_CASE(the_example_loads_as_it_is_and_with_every_line_switched_on) {
  const std::string example = config::example_toml();
  const auto quiet = folder.write("example.toml", example);
  BOOST_TEST(run({"--config", quiet}) == -1);
  std::string loud;
  std::istringstream lines(example);
  for (std::string line; std::getline(lines, line);) {
    const bool empty_text = line.ends_with("= \"\"");
    loud += (line.find(" = ") != std::string::npos && !empty_text ? line.substr(2) : "") + "\n";
  }
  const auto switched_on = folder.write("loud.toml", loud);
  BOOST_TEST(run({"--config", switched_on}) == -1);
  BOOST_TEST(err == "");
}

BOOST_AUTO_TEST_CASE(generate_writes_the_man_page_completions_and_example) {
  BOOST_TEST(run({"generate", "--man", folder.file("man"), "--completions", folder.file("completions"), "--example",
                  folder.file("example.toml")}) == kExitSuccess);
  const auto man = parse::test::read_text(folder.file("man/parse-server.1"));
  BOOST_TEST(man.find("\\fBPARSE_SERVER_MASTER_KEY\\fR, \\fBMASTER_KEY\\fR") != std::string::npos);
  BOOST_TEST(man.find(".SH EXIT STATUS") != std::string::npos);
  for (const auto* name : {"parse-server.bash", "_parse-server", "parse-server.fish"})
    BOOST_TEST(parse::test::read_text(folder.file(std::string("completions/") + name)).find("masterKey") !=
               std::string::npos);
  BOOST_TEST(run({"generate", "--man"}) == kExitUsage);
}

BOOST_AUTO_TEST_SUITE_END()
