#include "config/option_tables.h"
#include "config/read_group.h"

namespace parse::config {
namespace {

using object::Value;
using namespace std::chrono_literals;

constexpr OptionSpec kRateLimits[] = {
    {"rateLimit", "PARSE_SERVER_RATE_LIMIT", kJsonOrText, "[]",
     "How often requests may come: a JSON array of objects, each with the keys below",
     [](Options& o, const Value& v) { o.rate_limits.limits = rate_limits(v); }},
    {"rateLimit.requestPath", "PARSE_SERVER_RATE_LIMIT_REQUEST_PATH", kString, "",
     "Path below the mount path, with parameters: /classes/:className, /functions/*path",
     [](Options& o, const Value& v) { o.rate_limits.single.request_path = path_pattern(v); }},
    {"rateLimit.requestTimeWindow", "PARSE_SERVER_RATE_LIMIT_REQUEST_TIME_WINDOW", kInteger, "",
     "Milliseconds in which requests are counted",
     [](Options& o, const Value& v) { o.rate_limits.single.time_window = duration(v, 1ms); }, kRateLimitWindow},
    {"rateLimit.requestCount",
     "PARSE_SERVER_RATE_LIMIT_REQUEST_COUNT",
     kInteger,
     "",
     "Requests answered in that time",
     [](Options& o, const Value& v) { o.rate_limits.single.request_count = v.as<std::int64_t>(); },
     {1}},
    {"rateLimit.errorResponseMessage", "PARSE_SERVER_RATE_LIMIT_ERROR_RESPONSE_MESSAGE", kString, "Too many requests.",
     "Message of the refusal",
     [](Options& o, const Value& v) { o.rate_limits.single.error_response_message = v.as<std::string>(); }},
    {"rateLimit.requestMethods", "PARSE_SERVER_RATE_LIMIT_REQUEST_METHODS", kList, "",
     "Methods that are counted, or one regular expression; every method when not set",
     [](Options& o, const Value& v) { o.rate_limits.single.request_methods = regex_list(v); }},
    {"rateLimit.includeMasterKey", "PARSE_SERVER_RATE_LIMIT_INCLUDE_MASTER_KEY", kBool, "false",
     "Count requests with the master key too",
     [](Options& o, const Value& v) { o.rate_limits.single.include_master_key = v.as<bool>(); }},
    {"rateLimit.includeInternalRequests", "PARSE_SERVER_RATE_LIMIT_INCLUDE_INTERNAL_REQUESTS", kBool, "false",
     "Count requests from the server's own machine (127.0.0.1, ::1) too",
     [](Options& o, const Value& v) { o.rate_limits.single.include_internal_requests = v.as<bool>(); }},
    {"rateLimit.zone", "PARSE_SERVER_RATE_LIMIT_ZONE", kString, "ip",
     "Whose requests are counted together: ip, user, session or global",
     [](Options& o, const Value& v) { o.rate_limits.single.zone = rate_limit_zone(v); }},
    {"routeAllowList", "PARSE_SERVER_ROUTE_ALLOW_LIST", kList, "",
     "Paths (regular expressions, without a leading slash) that need no master key; every path when not set",
     [](Options& o, const Value& v) { o.rate_limits.route_allow_list = regex_list(v); }},
};

constexpr OptionSpec kChecks[] = {
    {"security", "PARSE_SERVER_SECURITY", kGroup, "", "The options below as one JSON object"},
    {"security.enableCheck", "PARSE_SERVER_SECURITY_ENABLE_CHECK", kBool, "false",
     "Answer GET /security with a report on weak settings",
     [](Options& o, const Value& v) { o.security.enable_check = v.as<bool>(); }},
    {"security.enableCheckLog", "PARSE_SERVER_SECURITY_ENABLE_CHECK_LOG", kBool, "false",
     "Write that report to the log at the start",
     [](Options& o, const Value& v) { o.security.enable_check_log = v.as<bool>(); }},
};

}  // namespace

void add_guard_options(std::vector<OptionSpec>& table) {
  add_section(table, Section::kGuards, kRateLimits);
  add_section(table, Section::kGuards, kChecks);
}

}  // namespace parse::config
