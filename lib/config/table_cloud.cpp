#include "config/option_tables.h"

namespace parse::config {
namespace {

using object::Value;

std::size_t count_of(const Value& value) { return static_cast<std::size_t>(value.as<std::int64_t>()); }

constexpr OptionSpec kCloud[] = {
    {"cloud", "PARSE_SERVER_CLOUD CLOUD_CODE_MAIN", kString, "",
     "Main module of the Cloud Code, for example ./cloud/main.js; needs Node.js and the npm package parse",
     [](Options& o, const Value& v) { o.cloud.main = v.as<std::string>(); }},
    {"cloudOptions", "PARSE_SERVER_CLOUD_OPTIONS", kString, "",
     "JavaScript module whose members are functions for options, such as verifyUserEmails; needs 'cloud'",
     [](Options& o, const Value& v) { o.cloud.functions = v.as<std::string>(); }},
    {"cloudNode", "PARSE_SERVER_CLOUD_NODE", kString, "node", "The Node.js program that runs Cloud Code",
     [](Options& o, const Value& v) { o.cloud.node = v.as<std::string>(); }},
    {"cloudWorkers",
     "PARSE_SERVER_CLOUD_WORKERS",
     kInteger,
     "1",
     "Node.js processes that run Cloud Code",
     [](Options& o, const Value& v) { o.cloud.processes = count_of(v); },
     {1, 64}},
    {"cloudCallTimeout",
     "PARSE_SERVER_CLOUD_CALL_TIMEOUT",
     kInteger,
     "60",
     "Seconds after which a function or trigger that has not answered fails with 141",
     [](Options& o, const Value& v) { o.cloud.call_timeout = std::chrono::seconds(v.as<std::int64_t>()); },
     {1, 86400}},
    {"cloudStallTimeout",
     "PARSE_SERVER_CLOUD_STALL_TIMEOUT",
     kInteger,
     "10",
     "Seconds after which a Node.js process whose event loop stands still is ended and started anew",
     [](Options& o, const Value& v) { o.cloud.stall_timeout = std::chrono::seconds(v.as<std::int64_t>()); },
     {2, 86400}},
    {"cloudMemoryLimit",
     "PARSE_SERVER_CLOUD_MEMORY_LIMIT",
     kInteger,
     "0",
     "Megabytes of JavaScript objects at which a Node.js process ends and is started anew; 0 means Node's own limit",
     [](Options& o, const Value& v) { o.cloud.memory_limit = count_of(v); },
     {0, 1048576}},
    {"cloudMaxDepth",
     "PARSE_SERVER_CLOUD_MAX_DEPTH",
     kInteger,
     "16",
     "How deep functions and triggers may call each other",
     [](Options& o, const Value& v) { o.cloud.max_depth = static_cast<int>(v.as<std::int64_t>()); },
     {1, 64}},
    {"cloudWatch", "PARSE_SERVER_CLOUD_WATCH", kBool, "false", "Load Cloud Code anew when one of its files changes",
     [](Options& o, const Value& v) { o.cloud.watch = v.as<bool>(); }},
    {"cloudDenyPrivateNetwork", "PARSE_SERVER_CLOUD_DENY_PRIVATE_NETWORK", kBool, "false",
     "Parse.Cloud.httpRequest refuses private, loopback and link-local addresses",
     [](Options& o, const Value& v) { o.cloud.deny_private_network = v.as<bool>(); }},
    {.name = "webhookKey",
     .env = "PARSE_SERVER_WEBHOOK_KEY",
     .type = kString,
     .default_text = "",
     .help = "Secret sent to webhooks as X-Parse-Webhook-Key",
     .apply = [](Options& o, const Value& v) { o.cloud.webhook_key = v.as<std::string>(); },
     .secrecy = kMasked},
    {"webhookTimeout",
     "PARSE_SERVER_WEBHOOK_TIMEOUT",
     kInteger,
     "30",
     "Seconds after which a webhook that has not answered fails with 141",
     [](Options& o, const Value& v) { o.cloud.webhook_timeout = std::chrono::seconds(v.as<std::int64_t>()); },
     {1, 3600}},
    {"directAccess", "PARSE_SERVER_DIRECT_ACCESS", kBool, "true",
     "Requests of Cloud Code reach the server without HTTP",
     [](Options& o, const Value& v) { o.cloud.direct_access = v.as<bool>(); }},
};

}  // namespace

void add_cloud_options(std::vector<OptionSpec>& table) { add_section(table, Section::kCloud, kCloud); }

}  // namespace parse::config
