#include "config/option_tables.h"

namespace parse::config {
namespace {

constexpr OptionSpec kCloudCode[] = {
    {"masterKeyTtl", "PARSE_SERVER_MASTER_KEY_TTL", kInteger, "", "cache seconds for function key"},
    {"schema.afterMigration", "PARSE_SERVER_SCHEMA_AFTER_MIGRATION", kString, "",
     "function called around the migration"},
    {"schema.beforeMigration", "PARSE_SERVER_SCHEMA_BEFORE_MIGRATION", kString, "",
     "function called around the migration"},
    {"pages.customRoutes", "PARSE_SERVER_PAGES_CUSTOM_ROUTES", kJsonList, "[]", "extra page routes"},
    {"pages.customRoutes.handler", "PARSE_SERVER_PAGES_ROUTE_HANDLER", kString, "", "function that decides"},
    {"pages.customRoutes.method", "PARSE_SERVER_PAGES_ROUTE_METHOD", kString, "", "HTTP method of the page"},
    {"pages.customRoutes.path", "PARSE_SERVER_PAGES_ROUTE_PATH", kString, "", "path of the page"},
    {"security.checkGroups", "PARSE_SERVER_SECURITY_CHECK_GROUPS", kJsonList, "", "checks beside the built-in ones"},
};

constexpr OptionSpec kFiles[] = {
    {.name = "encryptionKey",
     .env = "PARSE_SERVER_ENCRYPTION_KEY",
     .type = kString,
     .default_text = "",
     .help = "file encryption key for adapters that use it",
     .secrecy = kMasked},
    {"fileDownload", "PARSE_SERVER_FILE_DOWNLOAD_OPTIONS", kGroup, "", "who may download"},
    {.name = "fileKey",
     .env = "PARSE_SERVER_FILE_KEY FILE_KEY",
     .type = kString,
     .default_text = "",
     .help = "legacy hosted-file prefix; also GridFS encryption key today",
     .secrecy = kMasked},
    {"filesAdapter", "PARSE_SERVER_FILES_ADAPTER", kJsonOrText, "", "file storage"},
    {"fileUpload", "PARSE_SERVER_FILE_UPLOAD_OPTIONS", kGroup, "", "who may upload what"},
    {"preserveFileName", "PARSE_SERVER_PRESERVE_FILE_NAME", kBool, "false", "no random prefix on files"},
    {"fileUpload.allowedFileUrlDomains", "PARSE_SERVER_FILE_UPLOAD_ALLOWED_FILE_URL_DOMAINS", kList, R"(["*"])",
     "hosts allowed in File.url"},
    {"fileUpload.enableForAnonymousUser", "PARSE_SERVER_FILE_UPLOAD_ENABLE_FOR_ANONYMOUS_USER", kBool, "false",
     "allow anonymous users"},
    {"fileUpload.enableForAuthenticatedUser", "PARSE_SERVER_FILE_UPLOAD_ENABLE_FOR_AUTHENTICATED_USER", kBool, "true",
     "allow logged-in users"},
    {"fileUpload.enableForPublic", "PARSE_SERVER_FILE_UPLOAD_ENABLE_FOR_PUBLIC", kBool, "false", "allow everyone"},
    {"fileUpload.fileExtensions", "PARSE_SERVER_FILE_UPLOAD_FILE_EXTENSIONS", kList, "",
     "allowed extensions, regex list"},
    {"fileDownload.enableForAnonymousUser", "PARSE_SERVER_FILE_DOWNLOAD_ENABLE_FOR_ANONYMOUS_USER", kBool, "true",
     "allow anonymous users"},
    {"fileDownload.enableForAuthenticatedUser", "PARSE_SERVER_FILE_DOWNLOAD_ENABLE_FOR_AUTHENTICATED_USER", kBool,
     "true", "allow logged-in users"},
    {"fileDownload.enableForPublic", "PARSE_SERVER_FILE_DOWNLOAD_ENABLE_FOR_PUBLIC", kBool, "true", "allow everyone"},
};

constexpr OptionSpec kPush[] = {
    {.name = "push",
     .env = "PARSE_SERVER_PUSH",
     .type = kJson,
     .default_text = "",
     .help = "push providers per platform or adapter",
     .secrecy = kMasked},
    {"scheduledPush", "PARSE_SERVER_SCHEDULED_PUSH", kBool, "false", "keep push_time pushes as scheduled"},
};

constexpr OptionSpec kLiveQuery[] = {
    {"liveQuery", "PARSE_SERVER_LIVE_QUERY", kGroup, "", "classes that publish"},
    {"liveQueryServerOptions", "PARSE_SERVER_LIVE_QUERY_SERVER_OPTIONS", kGroup, "", "start socket server with these"},
    {"startLiveQueryServer", "PARSE_SERVER_START_LIVE_QUERY_SERVER", kBool, "", "socket server on the same port"},
    {"liveQuery.classNames", "PARSE_SERVER_LIVEQUERY_CLASSNAMES", kList, "", "classes that publish (regex)"},
    {"liveQuery.pubSubAdapter", "PARSE_SERVER_LIVEQUERY_PUB_SUB_ADAPTER", kJsonOrText, "",
     "replacement of the event channel"},
    {.name = "liveQuery.redisOptions",
     .env = "PARSE_SERVER_LIVEQUERY_REDIS_OPTIONS",
     .type = kJson,
     .default_text = "",
     .help = "Redis client options",
     .secrecy = kMasked},
    {.name = "liveQuery.redisURL",
     .env = "PARSE_SERVER_LIVEQUERY_REDIS_URL",
     .type = kString,
     .default_text = "",
     .help = "address of Redis for events between servers",
     .secrecy = kMasked},
    {"liveQuery.regexTimeout", "PARSE_SERVER_LIVEQUERY_REGEX_TIMEOUT", kInteger, "100",
     "milliseconds for one regular expression"},
    {"liveQuery.wssAdapter", "PARSE_SERVER_LIVEQUERY_WSS_ADAPTER", kJsonOrText, "",
     "replacement of the WebSocket server"},
    {"liveQueryServerOptions.appId", "PARSE_LIVE_QUERY_SERVER_APP_ID", kString, "", "application id"},
    {"liveQueryServerOptions.cacheTimeout", "PARSE_LIVE_QUERY_SERVER_CACHE_TIMEOUT", kInteger, "",
     "session auth cache ms; 2016 default 30 days, now 5 s"},
    {.name = "liveQueryServerOptions.keyPairs",
     .env = "PARSE_LIVE_QUERY_SERVER_KEY_PAIRS",
     .type = kJson,
     .default_text = "",
     .help = "keys accepted on connect",
     .secrecy = kMasked},
    {"liveQueryServerOptions.logLevel", "PARSE_LIVE_QUERY_SERVER_LOG_LEVEL", kString, "", "log level"},
    {.name = "liveQueryServerOptions.masterKey",
     .env = "PARSE_LIVE_QUERY_SERVER_MASTER_KEY",
     .type = kString,
     .default_text = "",
     .help = "master key",
     .secrecy = kMasked},
    {"liveQueryServerOptions.port", "PARSE_LIVE_QUERY_SERVER_PORT", kInteger, "1337", "listen port"},
    {"liveQueryServerOptions.pubSubAdapter", "PARSE_LIVE_QUERY_SERVER_PUB_SUB_ADAPTER", kJsonOrText, "",
     "replacement of the event channel"},
    {.name = "liveQueryServerOptions.redisOptions",
     .env = "PARSE_LIVE_QUERY_SERVER_REDIS_OPTIONS",
     .type = kJson,
     .default_text = "",
     .help = "Redis client options",
     .secrecy = kMasked},
    {.name = "liveQueryServerOptions.redisURL",
     .env = "PARSE_LIVE_QUERY_SERVER_REDIS_URL",
     .type = kString,
     .default_text = "",
     .help = "address of Redis for events between servers",
     .secrecy = kMasked},
    {"liveQueryServerOptions.serverURL", "PARSE_LIVE_QUERY_SERVER_SERVER_URL", kString, "",
     "address of the REST server"},
    {"liveQueryServerOptions.websocketTimeout", "PARSE_LIVE_QUERY_SERVER_WEBSOCKET_TIMEOUT", kInteger, "",
     "ping interval ms, 10 s"},
    {"liveQueryServerOptions.wssAdapter", "PARSE_LIVE_QUERY_SERVER_WSS_ADAPTER", kJsonOrText, "",
     "replacement of the WebSocket server"},
};

constexpr OptionSpec kGraphQl[] = {
    {"graphQLPath", "PARSE_SERVER_GRAPHQL_PATH", kString, "/graphql", "GraphQL mount"},
    {"graphQLPublicIntrospection", "PARSE_SERVER_GRAPHQL_PUBLIC_INTROSPECTION", kBool, "false",
     "introspection without MK"},
    {"graphQLSchema", "PARSE_SERVER_GRAPH_QLSCHEMA", kString, "", "custom schema file"},
    {"mountGraphQL", "PARSE_SERVER_MOUNT_GRAPHQL", kBool, "false", "enable GraphQL"},
    {"mountPlayground", "PARSE_SERVER_MOUNT_PLAYGROUND", kBool, "false", "deprecated GraphQL UI"},
    {"playgroundPath", "PARSE_SERVER_PLAYGROUND_PATH", kString, "/playground", "deprecated name of protectedFields"},
    {"requestComplexity.graphQLDepth", "PARSE_SERVER_REQUEST_COMPLEXITY_GRAPHQL_DEPTH", kInteger, "-1",
     "selection depth"},
    {"requestComplexity.graphQLFields", "PARSE_SERVER_REQUEST_COMPLEXITY_GRAPHQL_FIELDS", kInteger, "-1",
     "selection count"},
};

constexpr OptionSpec kCache[] = {
    {"cacheAdapter", "PARSE_SERVER_CACHE_ADAPTER", kJsonOrText, "", "cache implementation (Redis)"},
    {.name = "rateLimit.redisUrl",
     .env = "PARSE_SERVER_RATE_LIMIT_REDIS_URL",
     .type = kString,
     .default_text = "",
     .help = "shared counters",
     .secrecy = kMasked},
};

constexpr OptionSpec kAdapters[] = {
    {"analyticsAdapter", "PARSE_SERVER_ANALYTICS_ADAPTER", kJsonOrText, "", "receives /events"},
    {"databaseAdapter", "PARSE_SERVER_DATABASE_ADAPTER", kJsonOrText, "", "custom storage adapter"},
    {"loggerAdapter", "PARSE_SERVER_LOGGER_ADAPTER", kJsonOrText, "", "replacement of the log"},
};

constexpr OptionSpec kPurchase[] = {
    {"enableProductPurchaseLegacyApi", "PARSE_SERVER_ENABLE_PRODUCT_PURCHASE_LEGACY_API", kBool, "true",
     "IAP receipt endpoint"},
};

// Off by default here: without requests of its own the server cannot check anything.
constexpr OptionSpec kOutgoingHttp[] = {
    {"verifyServerUrl", "PARSE_SERVER_VERIFY_SERVER_URL", kBool, "false",
     "after the start, warn when serverURL does not lead to this server"},
};

constexpr OptionSpec kFunctions[] = {
    {.name = "passwordPolicy.validatorCallback",
     .env = "PARSE_SERVER_PASSWORD_POLICY_VALIDATOR_CALLBACK",
     .type = kString,
     .default_text = "",
     .help = "function that decides; a member of the module that 'cloudOptions' names",
     .needs = "is a function: make it a member of the module that 'cloudOptions' names",
     .never = true},
};

constexpr OptionSpec kNodeHost[] = {
    {.name = "cluster",
     .env = "PARSE_SERVER_CLUSTER",
     .type = kIntegerOrBool,
     .default_text = "",
     .help = "number of processes (or true)",
     .needs = "does not apply: one process uses every core (see 'workers')",
     .never = true},
    {.name = "enableExpressErrorHandler",
     .env = "PARSE_SERVER_ENABLE_EXPRESS_ERROR_HANDLER",
     .type = kBool,
     .default_text = "false",
     .help = "pass errors to host app",
     .needs = "belongs to an Express host application and does not apply to this server",
     .never = true},
    {.name = "middleware",
     .env = "PARSE_SERVER_MIDDLEWARE",
     .type = kString,
     .default_text = "",
     .help = "extra Express middleware (host only)",
     .needs = "belongs to an Express host application and does not apply to this server",
     .never = true},
    {.name = "requestContextMiddleware",
     .env = "PARSE_SERVER_REQUEST_CONTEXT_MIDDLEWARE",
     .type = kString,
     .default_text = "",
     .help = "function of the host application",
     .needs = "belongs to an Express host application and does not apply to this server",
     .never = true},
    {.name = "serverCloseComplete",
     .env = "PARSE_SERVER_SERVER_CLOSE_COMPLETE",
     .type = kString,
     .default_text = "",
     .help = "shutdown callback (host only)",
     .needs = "is a callback of a Node host application and does not apply to this server",
     .never = true},
};

}  // namespace

void add_later_options(std::vector<OptionSpec>& table) {
  add_missing(table, "Cloud Code", kCloudCode);
  add_missing(table, "file storage", kFiles);
  add_missing(table, "push notifications", kPush);
  add_missing(table, "LiveQuery", kLiveQuery);
  add_missing(table, "GraphQL", kGraphQl);
  add_missing(table, "a shared cache", kCache);
  add_missing(table, "adapters written in JavaScript", kAdapters);
  add_missing(table, "purchase receipts", kPurchase);
  add_missing(table, "outgoing HTTP requests", kOutgoingHttp);
  add_missing(table, "", kFunctions);
  add_missing(table, "", kNodeHost);
}

}  // namespace parse::config
