#include "config/option_tables.h"
#include "config/read_group.h"
#include "config/read_value.h"

namespace parse::config {
namespace {

using object::Value;

constexpr OptionSpec kLimits[] = {
    {"maxUploadSize",
     "PARSE_SERVER_MAX_UPLOAD_SIZE",
     kSize,
     "20mb",
     "Largest request body",
     [](Options& o, const Value& v) { o.network.max_upload_size = static_cast<std::size_t>(v.as<std::int64_t>()); },
     {1}},
    {"requestComplexity", "PARSE_SERVER_REQUEST_COMPLEXITY", kGroup, "",
     "The options below as one JSON object; they do not limit the master key, and -1 turns a limit off"},
    {"requestComplexity.batchRequestLimit", "PARSE_SERVER_REQUEST_COMPLEXITY_BATCH_REQUEST_LIMIT", kInteger, "100",
     "Requests in one batch", [](Options& o, const Value& v) { o.complexity.batch_request_limit = limit_or_none(v); }},
    {"requestComplexity.includeDepth", "PARSE_SERVER_REQUEST_COMPLEXITY_INCLUDE_DEPTH", kInteger, "10",
     "Pointers followed one behind the other by include",
     [](Options& o, const Value& v) { o.complexity.include_depth = limit_or_none(v); }},
    {"requestComplexity.includeCount", "PARSE_SERVER_REQUEST_COMPLEXITY_INCLUDE_COUNT", kInteger, "100",
     "Paths in one include", [](Options& o, const Value& v) { o.complexity.include_count = limit_or_none(v); }},
    {"requestComplexity.queryDepth", "PARSE_SERVER_REQUEST_COMPLEXITY_QUERY_DEPTH", kInteger, "10",
     "Nesting of $or, $and and $nor", [](Options& o, const Value& v) { o.complexity.query_depth = limit_or_none(v); }},
    {"requestComplexity.subqueryDepth", "PARSE_SERVER_REQUEST_COMPLEXITY_SUBQUERY_DEPTH", kInteger, "10",
     "Nesting of $inQuery, $notInQuery, $select and $dontSelect",
     [](Options& o, const Value& v) { o.complexity.subquery_depth = limit_or_none(v); }},
    {"requestComplexity.subqueryLimit", "PARSE_SERVER_REQUEST_COMPLEXITY_SUBQUERY_LIMIT", kInteger, "-1",
     "Objects one sub-query may find",
     [](Options& o, const Value& v) { o.complexity.subquery_limit = limit_or_none(v); }},
    {"requestComplexity.allowRegex", "PARSE_SERVER_REQUEST_COMPLEXITY_ALLOW_REGEX", kBool, "true",
     "Queries may use $regex", [](Options& o, const Value& v) { o.complexity.allow_regex = v.as<bool>(); }},
    {"requestKeywordDenylist", "PARSE_SERVER_REQUEST_KEYWORD_DENYLIST", kJsonList,
     R"([{"key":"_bsontype","value":"Code"},{"key":"constructor"},{"key":"__proto__"}])",
     "Keys and values (regular expressions) that request data must not contain",
     [](Options& o, const Value& v) { o.objects.request_keyword_denylist = denied_keywords(v); }},
    {"idempotencyOptions", "PARSE_SERVER_EXPERIMENTAL_IDEMPOTENCY_OPTIONS", kGroup, "",
     "The options below as one JSON object"},
    {"idempotencyOptions.paths", "PARSE_SERVER_EXPERIMENTAL_IDEMPOTENCY_PATHS", kList, "[]",
     "Routes (regular expressions) on which a repeated X-Parse-Request-Id is refused",
     [](Options& o, const Value& v) { o.idempotency.paths = regex_list(v); }},
    {"idempotencyOptions.ttl",
     "PARSE_SERVER_EXPERIMENTAL_IDEMPOTENCY_TTL",
     kInteger,
     "300",
     "Seconds a request id is remembered",
     [](Options& o, const Value& v) { o.idempotency.ttl = std::chrono::seconds(v.as<std::int64_t>()); },
     {1, 31'536'000}},
};

}  // namespace

void add_limit_options(std::vector<OptionSpec>& table) { add_section(table, Section::kLimits, kLimits); }

}  // namespace parse::config
