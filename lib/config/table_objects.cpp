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
