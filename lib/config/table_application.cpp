#include "config/option_tables.h"
#include "config/read_value.h"

namespace parse::config {
namespace {

using object::Value;

constexpr OptionSpec kApplication[] = {
    {"appId", "PARSE_SERVER_APPLICATION_ID APP_ID", kString, "",
     "Application id that clients send; without appId and masterKey both are made up and kept in dataFolder",
     [](Options& o, const Value& v) { o.keys.app_id = v.as<std::string>(); }},
    {"masterKey",
     "PARSE_SERVER_MASTER_KEY MASTER_KEY",
     kString,
     "",
     "Key that may do everything; keep it secret",
     [](Options& o, const Value& v) { o.keys.master_key = v.as<std::string>(); },
     {},
     kMasked},
    {"masterKeyIps", "PARSE_SERVER_MASTER_KEY_IPS", kList, "127.0.0.1,::1",
     "Addresses and CIDR blocks that may use the master key",
     [](Options& o, const Value& v) { o.keys.master_key_ips = ip_list(v); }},
    {"readOnlyMasterKey",
     "PARSE_SERVER_READ_ONLY_MASTER_KEY",
     kString,
     "",
     "Key that may read everything",
     [](Options& o, const Value& v) { o.keys.read_only_master_key = v.as<std::string>(); },
     {},
     kMasked},
    {"readOnlyMasterKeyIps", "PARSE_SERVER_READ_ONLY_MASTER_KEY_IPS", kList, "0.0.0.0/0,::0",
     "Addresses and CIDR blocks that may use the read-only master key",
     [](Options& o, const Value& v) { o.keys.read_only_master_key_ips = ip_list(v); }},
    {"maintenanceKey",
     "PARSE_SERVER_MAINTENANCE_KEY",
     kString,
     "",
     "Key that may also edit internal fields",
     [](Options& o, const Value& v) { o.keys.maintenance_key = v.as<std::string>(); },
     {},
     kMasked},
    {"maintenanceKeyIps", "PARSE_SERVER_MAINTENANCE_KEY_IPS", kList, "127.0.0.1,::1",
     "Addresses and CIDR blocks that may use the maintenance key",
     [](Options& o, const Value& v) { o.keys.maintenance_key_ips = ip_list(v); }},
    {"clientKey",
     "PARSE_SERVER_CLIENT_KEY",
     kString,
     "",
     "Key of iOS, Android and PHP clients; once one of the client keys is set, requests must carry one of them",
     [](Options& o, const Value& v) { o.keys.client_key = v.as<std::string>(); },
     {},
     kMasked},
    {"javascriptKey",
     "PARSE_SERVER_JAVASCRIPT_KEY",
     kString,
     "",
     "Key of JavaScript clients",
     [](Options& o, const Value& v) { o.keys.javascript_key = v.as<std::string>(); },
     {},
     kMasked},
    {"restAPIKey",
     "PARSE_SERVER_REST_API_KEY",
     kString,
     "",
     "Key of REST clients",
     [](Options& o, const Value& v) { o.keys.rest_api_key = v.as<std::string>(); },
     {},
     kMasked},
    {"dotNetKey",
     "PARSE_SERVER_DOT_NET_KEY",
     kString,
     "",
     "Key of .NET and Unity clients",
     [](Options& o, const Value& v) { o.keys.dot_net_key = v.as<std::string>(); },
     {},
     kMasked},
};

constexpr OptionSpec kNetwork[] = {
    {"host", "PARSE_SERVER_HOST", kString, "0.0.0.0", "Address to listen on",
     [](Options& o, const Value& v) { o.network.host = v.as<std::string>(); }},
    {"port",
     "PORT",
     kInteger,
     "1337",
     "Port to listen on; 0 lets the system choose one",
     [](Options& o, const Value& v) { o.network.port = static_cast<std::uint16_t>(v.as<std::int64_t>()); },
     {0, 65535}},
    {"mountPath", "PARSE_SERVER_MOUNT_PATH PARSE_MOUNT", kString, "/parse", "URL prefix of the API",
     [](Options& o, const Value& v) { o.network.mount_path = mount_path(v); }},
    {"serverURL", "PARSE_SERVER_URL SERVER_URL", kString, "",
     "URL by which the server reaches itself; http://localhost:<port><mountPath> when not set",
     [](Options& o, const Value& v) { o.network.server_url = http_url(v); }},
    {"publicServerURL", "PARSE_PUBLIC_SERVER_URL", kString, "", "URL by which clients reach the server",
     [](Options& o, const Value& v) { o.network.public_server_url = http_url(v); }},
    {"trustProxy", "PARSE_SERVER_TRUST_PROXY", kJsonOrText, "[]",
     "Whose X-Forwarded-For to believe: true, a number of hops, or addresses",
     [](Options& o, const Value& v) { o.network.trust_proxy = trust_proxy(v); }},
    {"allowOrigin", "PARSE_SERVER_ALLOW_ORIGIN", kList, "", "CORS origins; every origin when not set",
     [](Options& o, const Value& v) { o.network.allow_origin = header_list(v); }},
    {"allowHeaders", "PARSE_SERVER_ALLOW_HEADERS", kList, "", "CORS request headers beside the built-in ones",
     [](Options& o, const Value& v) { o.network.allow_headers = header_list(v); }},
    {"tlsCert", "PARSE_SERVER_TLS_CERT", kString, "", "Certificate chain (PEM file); with tlsKey, serve HTTPS",
     [](Options& o, const Value& v) { o.network.tls_cert = v.as<std::string>(); }},
    {"tlsKey", "PARSE_SERVER_TLS_KEY", kString, "", "Private key of the certificate (PEM file)",
     [](Options& o, const Value& v) { o.network.tls_key = v.as<std::string>(); }},
};

}  // namespace

void add_application_options(std::vector<OptionSpec>& table) {
  add_section(table, Section::kApplication, kApplication);
}

void add_network_options(std::vector<OptionSpec>& table) { add_section(table, Section::kNetwork, kNetwork); }

}  // namespace parse::config
