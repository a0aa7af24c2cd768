#include "config/option_tables.h"
#include "config/read_value.h"

namespace parse::config {
namespace {

using object::Value;

// `verbose` stands before `logLevel`, which wins when both are set: options are applied in the order of the table.
constexpr OptionSpec kLogging[] = {
    {"verbose", "VERBOSE", kBool, "false", "Log every request; the same as --logLevel verbose",
     [](Options& o, const Value& v) { o.log.level = v.as<bool>() ? "verbose" : o.log.level; }},
    {"logLevel", "PARSE_SERVER_LOG_LEVEL", kString, "info", "error, warn, info, debug, verbose, silly or silent",
     [](Options& o, const Value& v) { o.log.level = log_level(v); }},
    {"logsFolder", "PARSE_SERVER_LOGS_FOLDER LOGS_FOLDER", kString, "./logs", "Folder of log files; null for none",
     [](Options& o, const Value& v) { o.log.folder = logs_folder(v); }},
    {"maxLogFiles", "PARSE_SERVER_MAX_LOG_FILES", kIntegerOrString, "",
     "How many log files to keep: a count, or an age such as 14d; all when not set",
     [](Options& o, const Value& v) {
       const LogRetention retention = log_retention(v);
       o.log.max_files = retention.files;
       o.log.max_age = retention.age;
     }},
    {"jsonLogs", "JSON_LOGS", kBool, "false", "Log JSON lines to the console",
     [](Options& o, const Value& v) { o.log.json = v.as<bool>(); }},
    {"silent", "SILENT", kBool, "false", "Nothing on the console",
     [](Options& o, const Value& v) { o.log.silent = v.as<bool>(); }},
    {"logLevels", "PARSE_SERVER_LOG_LEVELS", kGroup, "", "The options below as one JSON object"},
    {"logLevels.signupUsernameTaken", "PARSE_SERVER_LOG_LEVELS_SIGNUP_USERNAME_TAKEN", kString, "info",
     "Level at which a signup with a name already taken is logged",
     [](Options& o, const Value& v) { o.log.signup_username_taken = log_level(v); }},
    {"logLevels.cloudFunctionSuccess", "PARSE_SERVER_LOG_LEVELS_CLOUD_FUNCTION_SUCCESS", kString, "info",
     "Level at which a cloud function that ended well is logged",
     [](Options& o, const Value& v) { o.log.cloud_function_success = log_level(v); }},
    {"logLevels.cloudFunctionError", "PARSE_SERVER_LOG_LEVELS_CLOUD_FUNCTION_ERROR", kString, "error",
     "Level at which a cloud function that failed is logged",
     [](Options& o, const Value& v) { o.log.cloud_function_error = log_level(v); }},
    {"logLevels.triggerAfter", "PARSE_SERVER_LOG_LEVELS_TRIGGER_AFTER", kString, "info",
     "Level at which a trigger that runs after something is logged",
     [](Options& o, const Value& v) { o.log.trigger_after = log_level(v); }},
    {"logLevels.triggerBeforeSuccess", "PARSE_SERVER_LOG_LEVELS_TRIGGER_BEFORE_SUCCESS", kString, "info",
     "Level at which a trigger that runs before something and lets it pass is logged",
     [](Options& o, const Value& v) { o.log.trigger_before_success = log_level(v); }},
    {"logLevels.triggerBeforeError", "PARSE_SERVER_LOG_LEVELS_TRIGGER_BEFORE_ERROR", kString, "error",
     "Level at which a trigger that failed is logged",
     [](Options& o, const Value& v) { o.log.trigger_before_error = log_level(v); }},
};

constexpr OptionSpec kProcess[] = {
    {"config", "PARSE_SERVER_CONFIG", kString, "", "Configuration file (TOML)",
     [](Options& o, const Value& v) { o.runtime.config_file = v.as<std::string>(); }},
    {"dataFolder", "PARSE_SERVER_DATA_FOLDER", kString, "./data",
     "Folder of the embedded database and of generated keys",
     [](Options& o, const Value& v) { o.runtime.data_folder = v.as<std::string>(); }},
    {"queryStats", "PARSE_SERVER_QUERY_STATS", kBool, "true",
     "Record which queries are asked and what they cost, for GET /queryStats and parsectl index suggest",
     [](Options& o, const Value& v) { o.runtime.query_stats = v.as<bool>(); }},
    {"workers",
     "PARSE_SERVER_WORKERS",
     kInteger,
     "0",
     "Requests that run at the same time; 0 means one for each core",
     [](Options& o, const Value& v) { o.runtime.workers = static_cast<std::size_t>(v.as<std::int64_t>()); },
     {0, 1024}},
    {"ioThreads",
     "PARSE_SERVER_IO_THREADS",
     kInteger,
     "0",
     "Threads that serve connections; 0 lets the server choose",
     [](Options& o, const Value& v) { o.runtime.io_threads = static_cast<std::size_t>(v.as<std::int64_t>()); },
     {0, 256}},
};

}  // namespace

void add_process_options(std::vector<OptionSpec>& table) {
  add_section(table, Section::kLogging, kLogging);
  add_section(table, Section::kProcess, kProcess);
}

}  // namespace parse::config
