#include "config/option_tables.h"
#include "config/read_value.h"

namespace parse::config {
namespace {

using object::Value;

constexpr OptionSpec kStorage[] = {
    {"databaseURI", "PARSE_SERVER_DATABASE_URI DATABASE_URI MONGOLAB_URI", kString, "",
     "Database: sqlite:<path> or a plain path; <dataFolder>/parse.db when not set",
     [](Options& o, const Value& v) { o.database.uri = database_uri(v); }},
    {"databaseOptions", "PARSE_SERVER_DATABASE_OPTIONS", kGroup, "", "The options below as one JSON object"},
    {"databaseOptions.allowPublicExplain", "PARSE_SERVER_DATABASE_ALLOW_PUBLIC_EXPLAIN", kBool, "false",
     "Allow explain without the master key",
     [](Options& o, const Value& v) { o.database.allow_public_explain = v.as<bool>(); }},
    {"databaseOptions.maxTimeMS",
     "PARSE_SERVER_DATABASE_MAX_TIME_MS",
     kInteger,
     "",
     "Milliseconds one query may take; no limit when not set",
     [](Options& o, const Value& v) { o.database.max_time = std::chrono::milliseconds(v.as<std::int64_t>()); },
     {0, 86'400'000}},
    {"databaseOptions.createIndexAuthDataUniqueness", "PARSE_SERVER_DATABASE_CREATE_INDEX_AUTH_DATA_UNIQUENESS", kBool,
     "true", "Create the unique indexes on the ids of third-party logins",
     [](Options& o, const Value& v) { o.user_indexes.auth_data_uniqueness = v.as<bool>(); }},
    {"databaseOptions.createIndexRoleName", "PARSE_SERVER_DATABASE_CREATE_INDEX_ROLE_NAME", kBool, "true",
     "Create the unique index on the names of roles",
     [](Options& o, const Value& v) { o.user_indexes.role_name = v.as<bool>(); }},
    {"databaseOptions.createIndexUserEmail", "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_EMAIL", kBool, "true",
     "Create the unique index on e-mail addresses",
     [](Options& o, const Value& v) { o.user_indexes.email = v.as<bool>(); }},
    {"databaseOptions.createIndexUserEmailCaseInsensitive",
     "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_EMAIL_CASE_INSENSITIVE", kBool, "true",
     "Create the index on e-mail addresses without case",
     [](Options& o, const Value& v) { o.user_indexes.email_case_insensitive = v.as<bool>(); }},
    {"databaseOptions.createIndexUserEmailVerifyToken", "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_EMAIL_VERIFY_TOKEN",
     kBool, "true", "Create the index on the tokens of e-mail verification",
     [](Options& o, const Value& v) { o.user_indexes.email_verify_token = v.as<bool>(); }},
    {"databaseOptions.createIndexUserPasswordResetToken",
     "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_PASSWORD_RESET_TOKEN", kBool, "true",
     "Create the index on the tokens of password resets",
     [](Options& o, const Value& v) { o.user_indexes.password_reset_token = v.as<bool>(); }},
    {"databaseOptions.createIndexUserUsername", "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_USERNAME", kBool, "true",
     "Create the unique index on usernames",
     [](Options& o, const Value& v) { o.user_indexes.username = v.as<bool>(); }},
    {"databaseOptions.createIndexUserUsernameCaseInsensitive",
     "PARSE_SERVER_DATABASE_CREATE_INDEX_USER_USERNAME_CASE_INSENSITIVE", kBool, "true",
     "Create the index on usernames without case",
     [](Options& o, const Value& v) { o.user_indexes.username_case_insensitive = v.as<bool>(); }},
    {"cacheTTL",
     "PARSE_SERVER_CACHE_TTL",
     kInteger,
     "5000",
     "Milliseconds that sessions, roles and the like stay in the cache in memory",
     [](Options& o, const Value& v) { o.cache.ttl = std::chrono::milliseconds(v.as<std::int64_t>()); },
     {1, 86'400'000}},
    {"cacheMaxSize",
     "PARSE_SERVER_CACHE_MAX_SIZE",
     kInteger,
     "10000",
     "Entries in that cache",
     [](Options& o, const Value& v) { o.cache.max_size = static_cast<std::size_t>(v.as<std::int64_t>()); },
     {1, 100'000'000}},
};

constexpr OptionSpec kObjects[] = {
    {"allowClientClassCreation", "PARSE_SERVER_ALLOW_CLIENT_CLASS_CREATION", kBool, "true",
     "Clients may create classes by saving objects; turn it off before going public",
     [](Options& o, const Value& v) { o.objects.allow_client_class_creation = v.as<bool>(); }},
    {"allowCustomObjectId", "PARSE_SERVER_ALLOW_CUSTOM_OBJECT_ID", kBool, "false", "Clients may choose the objectId",
     [](Options& o, const Value& v) { o.objects.allow_custom_object_id = v.as<bool>(); }},
    {"objectIdSize",
     "PARSE_SERVER_OBJECT_ID_SIZE",
     kInteger,
     "10",
     "Length of new object ids",
     [](Options& o, const Value& v) { o.objects.object_id_size = static_cast<std::size_t>(v.as<std::int64_t>()); },
     {1, 128}},
    {"defaultLimit",
     "PARSE_SERVER_DEFAULT_LIMIT",
     kInteger,
     "100",
     "Objects returned when a query names no limit",
     [](Options& o, const Value& v) { o.objects.default_limit = v.as<std::int64_t>(); },
     {1}},
    {"maxLimit",
     "PARSE_SERVER_MAX_LIMIT",
     kInteger,
     "",
     "Largest limit a query may ask for",
     [](Options& o, const Value& v) { o.objects.max_limit = v.as<std::int64_t>(); },
     {1}},
    {"enableSanitizedErrorResponse", "PARSE_SERVER_ENABLE_SANITIZED_ERROR_RESPONSE", kBool, "true",
     "Answer refused requests with 'Permission denied' only; the reason goes to the log",
     [](Options& o, const Value& v) { o.objects.enable_sanitized_error_response = v.as<bool>(); }},
    {"allowAggregationForReadOnlyMasterKey", "PARSE_SERVER_ALLOW_AGGREGATION_FOR_READ_ONLY_MASTER_KEY", kBool, "true",
     "The read-only master key may run aggregate pipelines",
     [](Options& o, const Value& v) { o.objects.allow_aggregation_for_read_only_master_key = v.as<bool>(); }},
    {"query", "PARSE_SERVER_QUERY", kGroup, "", "The options below as one JSON object"},
    {"query.aggregationRawValues", "PARSE_SERVER_QUERY_AGGREGATION_RAW_VALUES", kBool, "false",
     "Aggregate pipelines take and give values as the database stores them",
     [](Options& o, const Value& v) { o.query.aggregation_raw_values = v.as<bool>(); }},
    {"query.aggregationRawFieldNames", "PARSE_SERVER_QUERY_AGGREGATION_RAW_FIELD_NAMES", kBool, "false",
     "Aggregate pipelines use the field names of the database",
     [](Options& o, const Value& v) { o.query.aggregation_raw_field_names = v.as<bool>(); }},
    {"installation", "PARSE_SERVER_INSTALLATION", kGroup, "", "The options below as one JSON object"},
    {"installation.duplicateDeviceTokenAction", "PARSE_SERVER_INSTALLATION_DUPLICATE_DEVICE_TOKEN_ACTION", kString,
     "delete",
     "What happens to another installation with the same device token: delete, or update (it loses the token)",
     [](Options& o, const Value& v) {
       o.installations.update_duplicates = chosen(v, {"delete", "update"}) == 1;
     }},
    {"installation.duplicateDeviceTokenMergePriority",
     "PARSE_SERVER_INSTALLATION_DUPLICATE_DEVICE_TOKEN_MERGE_PRIORITY", kString, "deviceToken",
     "Which row survives when two become one: the one with the deviceToken or the installationId",
     [](Options& o, const Value& v) {
       o.installations.installation_id_wins = chosen(v, {"deviceToken", "installationId"}) == 1;
     }},
    {"installation.duplicateDeviceTokenActionEnforceAuth",
     "PARSE_SERVER_INSTALLATION_DUPLICATE_DEVICE_TOKEN_ACTION_ENFORCE_AUTH", kBool, "false",
     "Other installations are changed only when the client may change them",
     [](Options& o, const Value& v) { o.installations.enforce_auth = v.as<bool>(); }},
};

constexpr OptionSpec kSchema[] = {
    {"schema", "PARSE_SERVER_SCHEMA", kGroup, "", "The options below as one JSON object"},
    {"schema.definitions", "PARSE_SERVER_SCHEMA_DEFINITIONS", kJsonList, "[]",
     "Classes to create or change at the start",
     [](Options& o, const Value& v) { o.schema.definitions = schema_definitions(v); }},
    {"schema.strict", "PARSE_SERVER_SCHEMA_STRICT", kBool, "false", "Stop the start when a schema cannot be applied",
     [](Options& o, const Value& v) { o.schema.strict = v.as<bool>(); }},
    {"schema.deleteExtraFields", "PARSE_SERVER_SCHEMA_DELETE_EXTRA_FIELDS", kBool, "false",
     "Remove fields, with their data, that the definitions do not name",
     [](Options& o, const Value& v) { o.schema.delete_extra_fields = v.as<bool>(); }},
    {"schema.recreateModifiedFields", "PARSE_SERVER_SCHEMA_RECREATE_MODIFIED_FIELDS", kBool, "false",
     "Remove and create again, without data, fields whose type has changed",
     [](Options& o, const Value& v) { o.schema.recreate_modified_fields = v.as<bool>(); }},
    {"schema.lockSchemas", "PARSE_SERVER_SCHEMA_LOCK_SCHEMAS", kBool, "false", "Refuse schema changes over the API",
     [](Options& o, const Value& v) { o.schema.lock_schemas = v.as<bool>(); }},
    {"schema.keepUnknownIndexes", "PARSE_SERVER_SCHEMA_KEEP_UNKNOWN_INDEXES", kBool, "false",
     "Keep indexes that the definitions do not name",
     [](Options& o, const Value& v) { o.schema.keep_unknown_indexes = v.as<bool>(); }},
};

}  // namespace

void add_object_options(std::vector<OptionSpec>& table) {
  add_section(table, Section::kStorage, kStorage);
  add_section(table, Section::kObjects, kObjects);
  add_section(table, Section::kSchema, kSchema);
}

}  // namespace parse::config
