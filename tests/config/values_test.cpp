#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "config/load.h"
#include "config/read_value.h"

using namespace parse::config;
using parse::object::Value;

namespace {

Given flag(const std::string& name, const std::string& text) { return {name, text, "--" + name}; }

Loaded with(const std::string& name, const std::string& text) {
  Sources sources;
  sources.flags.push_back(flag(name, text));
  return load(sources);
}

std::string error_of(const std::string& name, const std::string& text) {
  const Loaded loaded = with(name, text);
  return loaded.errors.empty() ? "" : loaded.errors.front();
}

using Texts = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(option_values)

BOOST_AUTO_TEST_CASE(numbers_are_whole_numbers_and_nothing_else) {
  BOOST_TEST(with("port", "8080").options.network.port == 8080);
  for (const auto* text : {"8080x", "80.5", "", " 80", "0x10", "1e3", "99999999999999999999"})
    BOOST_TEST(error_of("port", text).starts_with("'port' has invalid value"));
  BOOST_TEST(error_of("port", "65536") == "'port' must be between 0 and 65535, not 65536 (--port)");
}

BOOST_AUTO_TEST_CASE(true_and_1_are_true_and_everything_else_is_false_with_a_warning) {
  const auto off = [](const char* text) {
    return !with("enableSanitizedErrorResponse", text).options.objects.enable_sanitized_error_response;
  };
  BOOST_TEST(with("jsonLogs", "true").options.log.json);
  BOOST_TEST(with("jsonLogs", "1").options.log.json);
  for (const auto* text : {"false", "0", "yes", "TRUE", "on"}) BOOST_TEST(off(text));
  const auto warnings = with("jsonLogs", "yes").warnings;
  BOOST_TEST(warnings.front() ==
             "'jsonLogs' has value 'yes', which means false; only true and 1 mean true (--jsonLogs)");
}

BOOST_AUTO_TEST_CASE(lists_are_texts_between_commas_or_a_json_array) {
  const Texts expected = {"X-A", "X-B"};
  BOOST_TEST(with("allowHeaders", "X-A, X-B").options.network.allow_headers == expected,
             boost::test_tools::per_element());
  BOOST_TEST(with("allowHeaders", R"(["X-A","X-B"])").options.network.allow_headers == expected,
             boost::test_tools::per_element());
  BOOST_TEST(error_of("allowHeaders", "[1]") == "'allowHeaders' must only contain texts (--allowHeaders)");
  BOOST_TEST(error_of("allowHeaders", "[\"a\"").starts_with("'allowHeaders' has invalid value"));
}

BOOST_AUTO_TEST_CASE(sizes_take_units) {
  BOOST_TEST(with("maxUploadSize", "2mb").options.network.max_upload_size == 2097152u);
  BOOST_TEST(with("maxUploadSize", "1.5 KB").options.network.max_upload_size == 1536u);
  BOOST_TEST(with("maxUploadSize", "1000").options.network.max_upload_size == 1000u);
  BOOST_TEST(*parse_size("1gb") == 1073741824);
  for (const auto* text : {"", "mb", "-1", "2 apples", "1e300tb", "nan", "inf"})
    BOOST_TEST(!parse_size(text).has_value());
}

BOOST_AUTO_TEST_CASE(addresses_may_be_blocks_of_both_families) {
  for (const auto* text : {"127.0.0.1", "::1", "::0", "0.0.0.0/0", "10.0.0.0/8", "fe80::/10", "::ffff:1.2.3.4"})
    BOOST_TEST(is_ip_or_block(text));
  for (const auto* text : {"", "localhost", "1.2.3", "1.2.3.4/33", "1.2.3.4/", "::1/129", "1.2.3.4/-1", "1.2.3.4/8x"})
    BOOST_TEST(!is_ip_or_block(text));
}

BOOST_AUTO_TEST_CASE(trustProxy_is_a_switch_a_number_of_hops_or_addresses) {
  BOOST_TEST(with("trustProxy", "true").options.network.trust_proxy.all);
  BOOST_TEST(with("trustProxy", "2").options.network.trust_proxy.hops == 2u);
  BOOST_TEST(with("trustProxy", "loopback, 10.0.0.0/8").options.network.trust_proxy.addresses ==
                 (Texts{"loopback", "10.0.0.0/8"}),
             boost::test_tools::per_element());
  BOOST_TEST(with("trustProxy", R"(["::1"])").options.network.trust_proxy.addresses == Texts{"::1"},
             boost::test_tools::per_element());
  BOOST_TEST((with("trustProxy", "false").options.network.trust_proxy == TrustProxy()));
  BOOST_TEST(error_of("trustProxy", "nearby") == "'trustProxy' contains an invalid IP address 'nearby' (--trustProxy)");
  BOOST_TEST(error_of("trustProxy", R"({"a":1})") ==
             "'trustProxy' must be a boolean, a number of hops, or addresses (--trustProxy)");
}

BOOST_AUTO_TEST_CASE(urls_need_a_scheme_and_a_host_and_lose_their_last_slash) {
  BOOST_TEST(with("serverURL", "https://example.org/parse/").options.network.server_url == "https://example.org/parse");
  for (const auto* text : {"ftp://example.org", "http://", "http:///parse", "http://exa mple"})
    BOOST_TEST(error_of("publicServerURL", text).starts_with("'publicServerURL' "));
}

BOOST_AUTO_TEST_CASE(mount_paths_begin_with_a_slash) {
  BOOST_TEST(with("mountPath", "/1/").options.network.mount_path == "/1");
  const auto root = with("mountPath", "/").options.network;
  BOOST_TEST(root.mount_path == "/");
  BOOST_TEST(root.server_url == "http://localhost:1337");
  BOOST_TEST(error_of("mountPath", "parse") ==
             "'mountPath' has invalid value 'parse', it must begin with a slash (--mountPath)");
  BOOST_TEST(error_of("mountPath", "/a?b").starts_with("'mountPath' has invalid value"));
}

BOOST_AUTO_TEST_CASE(databases_are_sqlite_uris_or_paths) {
  BOOST_TEST(with("databaseURI", "my.db").options.database.uri == "sqlite:my.db");
  BOOST_TEST(with("databaseURI", "sqlite:///srv/my.db").options.database.uri == "sqlite:/srv/my.db");
  BOOST_TEST(with("databaseURI", "sqlite::memory:").options.database.uri == "sqlite::memory:");
  BOOST_TEST(with("dataFolder", "/srv/parse").options.database.uri == "sqlite:/srv/parse/parse.db");
  BOOST_TEST(
      error_of("databaseURI", "redis://x") ==
      "'databaseURI' has unknown scheme 'redis'; use sqlite:<path> or postgres://<host>/<database> (--databaseURI)");
}

BOOST_AUTO_TEST_CASE(log_files_are_kept_by_count_or_by_age) {
  BOOST_TEST(with("maxLogFiles", "20").options.log.max_files == 20u);
  BOOST_TEST(with("maxLogFiles", "14d").options.log.max_age.count() == 14);
  for (const auto* text : {"0", "-1", "d", "14h", "many"})
    BOOST_TEST(error_of("maxLogFiles", text).starts_with("'maxLogFiles' has invalid value"));
}

BOOST_AUTO_TEST_CASE(logLevel_beats_verbose_and_null_turns_log_files_off) {
  Sources sources;
  sources.flags = {flag("logLevel", "error"), flag("verbose", "true")};
  BOOST_TEST(load(sources).options.log.level == "error");
  BOOST_TEST(with("logsFolder", "null").options.log.folder == "");
  BOOST_TEST(error_of("logLevel", "loud").starts_with("'logLevel' must be one of error, warn"));
}

BOOST_AUTO_TEST_CASE(denied_keywords_have_a_key_a_value_or_both) {
  const auto loaded = with("requestKeywordDenylist", R"([{"key":"a"},{"value":1},{"key":"b","value":true}])");
  const std::vector<DeniedKeyword> expected = {{"a", std::nullopt}, {std::nullopt, Value(1)}, {"b", Value(true)}};
  BOOST_TEST((loaded.options.objects.request_keyword_denylist == expected));
  BOOST_TEST(error_of("requestKeywordDenylist", "[{}]").starts_with("'requestKeywordDenylist' must contain objects"));
}

BOOST_AUTO_TEST_CASE(the_master_key_must_differ_from_the_other_two) {
  Sources sources;
  sources.flags = {flag("appId", "a"), flag("masterKey", "m"), flag("readOnlyMasterKey", "m"),
                   flag("maintenanceKey", "m")};
  const auto errors = load(sources).errors;
  BOOST_REQUIRE(errors.size() == 2u);
  BOOST_TEST(errors[0].find("masterKey and readOnlyMasterKey should be different") != std::string::npos);
  BOOST_TEST(errors[1].find("masterKey and maintenanceKey should be different") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(secrets_are_not_repeated_in_messages) {
  Sources sources;
  sources.flags = {{"masterKey", Value(parse::object::Array{Value("very-secret")}), "conf.json"}};
  const auto errors = load(sources).errors;
  BOOST_REQUIRE(!errors.empty());
  BOOST_TEST(errors.front() == "'masterKey' has an invalid value, a text is needed (conf.json)");
}

BOOST_AUTO_TEST_CASE(open_class_creation_and_odd_application_ids_are_warned_about) {
  Sources sources;
  sources.flags = {flag("appId", "a/b"), flag("masterKey", "m")};
  const auto warnings = load(sources).warnings;
  BOOST_REQUIRE(warnings.size() == 2u);
  BOOST_TEST(warnings[0].starts_with("'allowClientClassCreation' is on"));
  BOOST_TEST(warnings[1].starts_with("'appId' contains special characters"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(option_names)

BOOST_AUTO_TEST_CASE(names_and_variables_are_unique) {
  std::vector<std::string_view> names;
  std::vector<std::string_view> variables;
  for (const OptionSpec& spec : option_table()) {
    names.push_back(spec.name);
    for (const auto variable : env_names(spec)) variables.push_back(variable);
  }
  const auto unique = [](std::vector<std::string_view> list) {
    std::sort(list.begin(), list.end());
    return std::adjacent_find(list.begin(), list.end()) == list.end();
  };
  BOOST_TEST(unique(names));
  BOOST_TEST(unique(variables));
}

BOOST_AUTO_TEST_CASE(what_only_postgresql_can_follow_is_refused_for_sqlite) {
  const auto with_database = [](const char* uri) {
    Sources sources;
    sources.flags = {flag("databaseURI", uri), flag("databaseOptions.maxPoolSize", "30"),
                     flag("databaseOptions.replicas", "postgres://a/b,postgresql://c/d?max=3")};
    return load(sources);
  };
  const Loaded good = with_database("postgres://localhost/parse");
  BOOST_TEST(good.errors.empty());
  BOOST_TEST(good.options.database.replicas == (Texts{"postgres://a/b", "postgresql://c/d?max=3"}),
             boost::test_tools::per_element());
  BOOST_TEST(good.options.database.max_pool_size.value() == 30U);
  const Loaded bad = with_database("sqlite:x.db");
  BOOST_TEST(
      bad.errors == (Texts{"'databaseOptions.replicas' needs a PostgreSQL database (databaseURI postgres://…)",
                           "'databaseOptions.maxPoolSize' needs a PostgreSQL database (databaseURI postgres://…)"}),
      boost::test_tools::per_element());
  BOOST_TEST(error_of("databaseOptions.replicas", "mysql://a/b") ==
             "'databaseOptions.replicas' must only contain URIs of the form postgres://<host>/<database> "
             "(--databaseOptions.replicas)");
}

BOOST_AUTO_TEST_CASE(every_option_is_live_or_says_what_it_needs) {
  for (const OptionSpec& spec : option_table()) {
    const bool live = spec.section != Section::kHidden;
    BOOST_TEST((live ? spec.needs.empty() : !spec.needs.empty()), spec.name);
    BOOST_TEST((spec.is_live() == (live && !spec.is_group())), spec.name);
    BOOST_TEST(!spec.help.empty(), spec.name);
  }
}

BOOST_AUTO_TEST_CASE(the_nearest_name_forgives_typing_and_case) {
  BOOST_TEST(nearest_option("masterkey") == "masterKey");
  BOOST_TEST(nearest_option("mountPatch") == "mountPath");
  BOOST_TEST(nearest_option("requestComplexity.includeDeph") == "requestComplexity.includeDepth");
  BOOST_TEST(nearest_option("zzzzzzzzzzzzzzzzzzzzzz") == "");
}

BOOST_AUTO_TEST_SUITE_END()
