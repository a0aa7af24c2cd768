#include "config/load.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/support/temp_folder.h"

using namespace parse::config;
using parse::object::Value;
using parse::test::TempFolder;

namespace {

Given flag(const std::string& name, const std::string& value) { return {name, value, "--" + name}; }

Loaded from_flags(std::vector<Given> flags) {
  Sources sources;
  sources.flags = std::move(flags);
  return load(sources);
}

Loaded from_env(Environment environment) {
  Sources sources;
  sources.environment = std::move(environment);
  return load(sources);
}

/// Loads a file written for the test; `name` decides between TOML and JSON.
Loaded from_file(const std::string& name, const std::string& text) {
  const TempFolder folder;
  Sources sources;
  sources.file = folder.write(name, text);
  Loaded loaded = load(sources);
  for (auto& error : loaded.errors)
    if (const auto at = error.find(folder.path()); at != std::string::npos) error.erase(at, folder.path().size() + 1);
  return loaded;
}

using Lines = std::vector<std::string>;

std::string joined(const Lines& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(load_options)

BOOST_AUTO_TEST_CASE(nothing_given_leaves_the_defaults_and_derives_the_rest) {
  const Loaded loaded = load({});
  BOOST_TEST(joined(loaded.errors) == "");
  Options expected;
  expected.network.server_url = "http://localhost:1337/parse";
  expected.database.uri = "sqlite:./data/parse.db";
  BOOST_TEST((loaded.options == expected));
  BOOST_TEST(loaded.settings.empty());
}

BOOST_AUTO_TEST_CASE(every_default_of_the_table_equals_the_one_of_the_struct) {
  for (const OptionSpec& spec : option_table()) {
    const Value value = default_value(spec);
    if (!spec.is_live() || value.is_null()) continue;
    Options options;
    spec.apply(options, value);
    BOOST_TEST((options == Options()), spec.name);
  }
}

BOOST_AUTO_TEST_CASE(a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default) {
  const std::vector<std::pair<std::string, std::string>> options = {
      {"appId", "PARSE_SERVER_APPLICATION_ID"},   {"host", "PARSE_SERVER_HOST"},
      {"clientKey", "PARSE_SERVER_CLIENT_KEY"},   {"dataFolder", "PARSE_SERVER_DATA_FOLDER"},
      {"logsFolder", "PARSE_SERVER_LOGS_FOLDER"}, {"tlsCert", "PARSE_SERVER_TLS_CERT"},
  };
  const TempFolder folder;
  for (const auto& [name, env] : options) {
    Sources sources;
    const auto value = [&] { return load(sources).settings.front().value.as<std::string>(); };
    sources.file = folder.write("conf.json", "{\"" + name + "\":\"from-file\"}");
    BOOST_TEST(value() == "from-file");
    sources.environment[env] = "from-env";
    BOOST_TEST(value() == "from-env");
    sources.flags.push_back(flag(name, "from-flag"));
    BOOST_TEST(value() == "from-flag");
  }
}

BOOST_AUTO_TEST_CASE(the_last_of_two_equal_flags_counts) {
  BOOST_TEST(from_flags({flag("port", "1"), flag("port", "2")}).options.network.port == 2);
}

BOOST_AUTO_TEST_CASE(every_mistake_is_reported_at_once_each_behind_its_name) {
  const Loaded loaded =
      from_flags({flag("port", "abc"), flag("masterKeyIps", "10.0.0.0/8,nonsense"), flag("defaultLimit", "0"),
                  flag("serverURL", "localhost"), flag("appId", "a"), flag("prot", "1"), flag("tlsCert", "cert.pem")});
  BOOST_TEST(joined(loaded.errors) ==
             "'port' has invalid value 'abc', a whole number is needed (--port)\n"
             "'defaultLimit' must be at least 1, not 0 (--defaultLimit)\n"
             "'prot' is not an option, did you mean 'port'? (--prot)\n"
             "'masterKeyIps' contains an invalid IP address 'nonsense' (--masterKeyIps)\n"
             "'serverURL' must be a URL starting with http:// or https:// (--serverURL)\n"
             "'masterKey' is required when 'appId' is set\n"
             "'tlsKey' is required when 'tlsCert' is set\n");
}

BOOST_AUTO_TEST_CASE(seed_era_variables_still_work) {
  const Loaded loaded = from_env({{"APP_ID", "app"},
                                  {"MASTER_KEY", "secret"},
                                  {"MONGOLAB_URI", "sqlite:old.db"},
                                  {"DATABASE_URI", "sqlite:new.db"},
                                  {"SERVER_URL", "http://example.org/1"},
                                  {"PORT", "8080"},
                                  {"PARSE_MOUNT", "/1"},
                                  {"LOGS_FOLDER", "./seed-logs"},
                                  {"VERBOSE", "1"},
                                  {"SILENT", "true"},
                                  {"JSON_LOGS", "1"},
                                  {"CLOUD_CODE_MAIN", "cloud/main.js"},
                                  {"PARSE_PUBLIC_SERVER_URL", "https://example.org/1"}});
  BOOST_TEST(joined(loaded.errors) == "");
  const Options& options = loaded.options;
  BOOST_TEST(options.keys.app_id == "app");
  BOOST_TEST(options.keys.master_key == "secret");
  BOOST_TEST(options.database.uri == "sqlite:new.db");
  BOOST_TEST(options.network.server_url == "http://example.org/1");
  BOOST_TEST(options.network.public_server_url == "https://example.org/1");
  BOOST_TEST(options.network.port == 8080);
  BOOST_TEST(options.network.mount_path == "/1");
  BOOST_TEST(options.log.folder == "./seed-logs");
  BOOST_TEST(options.log.level == "verbose");
  BOOST_TEST(options.log.silent);
  BOOST_TEST(options.log.json);
  BOOST_TEST(options.cloud.main == "cloud/main.js");
}

BOOST_AUTO_TEST_CASE(seed_era_variables_of_missing_features_are_refused) {
  BOOST_TEST(joined(from_env({{"FILE_KEY", "k"}}).errors) ==
             "'fileKey' needs file storage, which this version does not have yet (FILE_KEY)\n");
}

BOOST_AUTO_TEST_CASE(the_modern_variable_beats_the_seed_era_one_and_empty_means_not_set) {
  BOOST_TEST(from_env({{"APP_ID", "old"}, {"PARSE_SERVER_APPLICATION_ID", "new"}}).options.keys.app_id == "new");
  BOOST_TEST(from_env({{"APP_ID", "old"}, {"PARSE_SERVER_APPLICATION_ID", ""}}).options.keys.app_id == "old");
}

BOOST_AUTO_TEST_CASE(an_empty_flag_takes_back_what_the_environment_says) {
  Sources sources;
  sources.environment["PARSE_PUBLIC_SERVER_URL"] = "https://example.org";
  sources.flags.push_back(flag("publicServerURL", ""));
  const Loaded loaded = load(sources);
  BOOST_TEST(joined(loaded.errors) == "");
  BOOST_TEST(loaded.options.network.public_server_url == "");
}

BOOST_AUTO_TEST_CASE(a_mistyped_variable_is_named_in_a_warning) {
  const auto warnings = joined(from_env({{"PARSE_SERVER_MASTERKEY", "x"}}).warnings);
  BOOST_TEST(warnings.find("PARSE_SERVER_MASTERKEY belongs to no option") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_json_file_of_the_node_server_is_read) {
  const Loaded loaded = from_file("config.json", R"({"appId":"a","masterKey":"m","port":1338,"silent":true,
    "masterKeyIps":["0.0.0.0/0"],"logsFolder":null,"requestComplexity":{"includeDepth":3}})");
  BOOST_TEST(joined(loaded.errors) == "");
  BOOST_TEST(loaded.options.network.port == 1338);
  BOOST_TEST(loaded.options.keys.master_key_ips == Lines{"0.0.0.0/0"}, boost::test_tools::per_element());
  BOOST_TEST(loaded.options.log.folder == "");
  BOOST_TEST(loaded.options.complexity.include_depth == 3);
}

BOOST_AUTO_TEST_CASE(the_apps_form_holds_exactly_one_app) {
  BOOST_TEST(from_file("a.json", R"({"apps":[{"appId":"a","masterKey":"m"}]})").options.keys.app_id == "a");
  BOOST_TEST(joined(from_file("a.json", R"({"apps":[{},{}]})").errors) ==
             "'config' a.json: Multiple apps are not supported\n");
  BOOST_TEST(joined(from_file("a.json", R"({"apps":{}})").errors) ==
             "'config' a.json: 'apps' must be an array with one app\n");
}

BOOST_AUTO_TEST_CASE(files_that_cannot_be_read_are_named) {
  BOOST_TEST(joined(from_file("a.json", "{\"port\":").errors).starts_with("'config' cannot be read as JSON"));
  BOOST_TEST(joined(from_file("a.json", "[]").errors) == "'config' a.json: must be a JSON object\n");
  BOOST_TEST(joined(from_flags({flag("config", "no-such.toml")}).errors) ==
             "'config' cannot read the file no-such.toml\n");
  Sources two;
  two.file = "a.json";
  two.flags.push_back(flag("config", "b.toml"));
  BOOST_TEST(joined(load(two).errors) == "'config' names b.toml, but a.json was given as well; give one file\n");
}

BOOST_AUTO_TEST_CASE(toml_mistakes_carry_their_line) {
  const Loaded loaded = from_file("parse.toml", R"(
appId = "a"
masterKey = "m"
port = "many"
masterKeyIps = ["127.0.0.1", "x"]
colour = "red"

[requestComplexity]
includeDepth = 0
depth = 5

[liveQuery]
classNames = ["Game"]
)");
  BOOST_TEST(
      joined(loaded.errors) ==
      "'colour' is not an option, did you mean 'cloud'? (parse.toml:6)\n"
      "'port' has invalid value 'many', a whole number is needed (parse.toml:4)\n"
      "'requestComplexity.depth' is not an option, did you mean 'requestComplexity.queryDepth'? (parse.toml:10)\n"
      "'masterKeyIps' contains an invalid IP address 'x' (parse.toml:5)\n"
      "'requestComplexity.includeDepth' must be a positive integer or -1 to disable (parse.toml:9)\n"
      "'liveQuery.classNames' needs LiveQuery, which this version does not have yet (parse.toml:13)\n");
}

BOOST_AUTO_TEST_CASE(broken_toml_is_reported_with_its_line) {
  const auto errors = joined(from_file("parse.toml", "port = 1\nhost = = 2\n").errors);
  BOOST_TEST(errors.starts_with("'config' cannot be read as TOML: "));
  BOOST_TEST(errors.find("(parse.toml:2)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(toml_holds_schemas_as_tables) {
  const Loaded loaded = from_file("parse.toml", R"(
[schema]
strict = true
[[schema.definitions]]
className = "Game"
[schema.definitions.fields.score]
type = "Number"
)");
  BOOST_TEST(joined(loaded.errors) == "");
  BOOST_REQUIRE(loaded.options.schema.declared);
  BOOST_REQUIRE(loaded.options.schema.definitions.size() == 1u);
  const auto& game = loaded.options.schema.definitions[0].as<parse::object::Object>();
  BOOST_TEST((game.at("fields") == Value(parse::object::Object{{"score", parse::object::Object{{"type", "Number"}}}})));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(groups)

BOOST_AUTO_TEST_CASE(a_group_is_json_in_the_flag_or_the_variable) {
  BOOST_TEST(from_flags({flag("databaseOptions", R"({"maxTimeMS":250})")}).options.database.max_time.count() == 250);
  BOOST_TEST(from_env({{"PARSE_SERVER_DATABASE_OPTIONS", R"({"maxTimeMS":250})"}}).options.database.max_time.count() ==
             250);
}

BOOST_AUTO_TEST_CASE(members_have_flags_and_variables_of_their_own) {
  BOOST_TEST(from_flags({flag("requestComplexity.queryDepth", "-1")}).options.complexity.query_depth == -1);
  BOOST_TEST(from_env({{"PARSE_SERVER_REQUEST_COMPLEXITY_QUERY_DEPTH", "4"}}).options.complexity.query_depth == 4);
}

BOOST_AUTO_TEST_CASE(a_member_by_name_beats_its_group_in_whatever_order) {
  const auto loaded = from_flags({flag("databaseOptions.maxTimeMS", "1"),
                                  flag("databaseOptions", R"({"maxTimeMS":2,"allowPublicExplain":true})")});
  BOOST_TEST(loaded.options.database.max_time.count() == 1);
  BOOST_TEST(loaded.options.database.allow_public_explain);
}

BOOST_AUTO_TEST_CASE(members_of_several_sources_are_merged) {
  Sources sources;
  sources.environment["PARSE_SERVER_REQUEST_COMPLEXITY"] = R"({"queryDepth":4,"includeDepth":4})";
  sources.flags.push_back(flag("requestComplexity", R"({"queryDepth":5})"));
  const auto complexity = load(sources).options.complexity;
  BOOST_TEST(complexity.query_depth == 5);
  BOOST_TEST(complexity.include_depth == 4);
}

BOOST_AUTO_TEST_CASE(unknown_members_and_broken_json_are_mistakes) {
  BOOST_TEST(joined(from_flags({flag("query", R"({"raw":true})")}).errors).starts_with("'query.raw' is not an option"));
  BOOST_TEST(joined(from_flags({flag("query", "{")}).errors) ==
             "'query' has invalid value '{', a JSON object is needed (--query)\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(refused_options)

namespace {

/// A text that is valid for the type of the option and differs from its default.
std::string unusual_text(const OptionSpec& spec) {
  switch (spec.type) {
    case OptionType::kBool:
    case OptionType::kIntegerOrBool:
      return spec.default_text == "true" ? "false" : "true";
    case OptionType::kInteger:
      return "17";
    case OptionType::kJson:
      return R"({"a":{"b":1}})";
    case OptionType::kJsonList:
      return R"([{"a":1}])";
    default:
      return "./unusual";
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_option_without_a_feature_stops_the_start_by_its_name) {
  for (const OptionSpec& spec : option_table()) {
    if (spec.is_live() || spec.is_group()) continue;
    const auto loaded = from_flags({flag(std::string(spec.name), unusual_text(spec))});
    BOOST_TEST(joined(loaded.errors) == refusal(spec) + " (--" + std::string(spec.name) + ")\n");
    BOOST_TEST(loaded.settings.empty());
  }
}

BOOST_AUTO_TEST_CASE(their_defaults_are_harmless) {
  for (const OptionSpec& spec : option_table()) {
    if (spec.is_live() || spec.is_group() || spec.default_text.empty()) continue;
    BOOST_TEST(joined(from_flags({flag(std::string(spec.name), std::string(spec.default_text))}).errors) == "");
  }
}

BOOST_AUTO_TEST_CASE(the_message_names_the_missing_feature) {
  BOOST_TEST(refusal(*find_option("fileKey")) == "'fileKey' needs file storage, which this version does not have yet");
  BOOST_TEST(joined(from_flags({flag("databaseURI", "mongodb://localhost/parse")}).errors) ==
             "'databaseURI' needs MongoDB, which this version does not have yet (--databaseURI)\n");
}

BOOST_AUTO_TEST_CASE(older_names_lead_to_the_same_option) {
  const Loaded loaded = from_flags({flag("oauth", R"({"github":{}})")});
  BOOST_TEST(joined(loaded.errors) == "");
  BOOST_TEST(loaded.options.accounts.auth.find("github") != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
