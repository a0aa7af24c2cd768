#include "apps/parsectl/migration_end.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>

#include "apps/parsectl/failure.h"
#include "client/http_transport.h"

namespace parse::ctl {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFile = "sqlite:";

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::string variable(const Session& session, const std::string& name) {
  const auto found = session.environment().find(name);
  return found == session.environment().end() ? "" : found->second;
}

bool is_server_url(const std::string& uri) { return uri.starts_with("http://") || uri.starts_with("https://"); }
bool is_database_uri(const std::string& uri) {
  return uri.starts_with(kFile) || uri.starts_with("postgres://") || uri.starts_with("postgresql://");
}

/// The profile alone decides: PARSECTL_SERVER and its kin are about another command's server.
Target of_profile(const std::string& name, const EndFlags& flags, const Session& session) {
  config::Environment environment;
  for (const char* kept : {"PARSECTL_PROFILES", "XDG_CONFIG_HOME", "HOME"}) {
    if (const std::string value = variable(session, kept); !value.empty()) environment[kept] = value;
  }
  GlobalFlags global;
  global.profile = name;
  global.app_id = flags.app_id;
  global.master_key = flags.master_key;
  return find_target(global, environment);
}

struct UrlParts {
  std::string scheme;
  std::string user;
  /// Host and port.
  std::string host;
  std::string path;
};

UrlParts split(const std::string& url) {
  UrlParts parts;
  const std::size_t begin = url.find("://");
  if (begin == std::string::npos) {
    parts.path = url;
    return parts;
  }
  parts.scheme = url.substr(0, begin);
  const std::size_t slash = std::min(url.find('/', begin + 3), url.size());
  std::string authority = url.substr(begin + 3, slash - begin - 3);
  if (const std::size_t at = authority.rfind('@'); at != std::string::npos) {
    parts.user = authority.substr(0, at);
    authority = authority.substr(at + 1);
  }
  parts.host = authority;
  parts.path = url.substr(slash);
  return parts;
}

/// What remains of a URL when everything is gone that does not change the place.
std::string plain_place(const std::string& url) {
  UrlParts parts = split(url);
  std::transform(parts.host.begin(), parts.host.end(), parts.host.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  const bool is_web = parts.scheme.starts_with("http");
  const std::string port = is_web ? (parts.scheme == "https" ? ":443" : ":80") : ":5432";
  if (parts.host.ends_with(port)) parts.host.resize(parts.host.size() - port.size());
  for (const std::string local : {"localhost", "[::1]"}) {
    if (parts.host == local || parts.host.starts_with(local + ":"))
      parts.host = "127.0.0.1" + parts.host.substr(local.size());
  }
  parts.path = parts.path.substr(0, parts.path.find('?'));
  while (parts.path.ends_with('/')) parts.path.pop_back();
  return fmt::format("{} {}{}", is_web ? parts.scheme : "database", parts.host, parts.path);
}

bool is_file(const Target& place) { return place.database.starts_with(kFile); }
fs::path file_of(const Target& place) { return place.database.substr(kFile.size()); }

}  // namespace

Target find_end(const EndFlags& flags, const std::string& side, Session& session) {
  const std::string prefix = "PARSECTL_" + upper(side);
  const auto choose = [&](const std::string& given, const std::string& name) {
    return given.empty() ? variable(session, name) : given;
  };
  const EndFlags end{choose(flags.uri, prefix), choose(flags.app_id, prefix + "_APP_ID"),
                     choose(flags.master_key, prefix + "_MASTER_KEY")};
  if (end.uri.empty())
    throw Failure(ExitCode::kUsage, fmt::format("nothing says where to migrate {}", side),
                  fmt::format("add --{} with a database URI, a server URL or profile:NAME, or set {}", side, prefix));
  constexpr std::string_view kProfile = "profile:";
  if (end.uri.starts_with(kProfile)) return of_profile(end.uri.substr(kProfile.size()), end, session);
  if (is_database_uri(end.uri)) return {"", "", "", end.uri};
  if (!is_server_url(end.uri))
    throw Failure(ExitCode::kUsage, fmt::format("--{}: '{}' is no place to migrate {}", side, end.uri, side),
                  "use sqlite:FILE, postgres://…, http(s)://… of a server, or profile:NAME");
  if (end.app_id.empty() || end.master_key.empty())
    throw Failure(ExitCode::kUsage, fmt::format("the application id or the master key of {} is missing", end.uri),
                  fmt::format("set {0}_APP_ID and {0}_MASTER_KEY, or add --{1}-appId and --{1}-masterKey, or use "
                              "profile:NAME",
                              prefix, side));
  return {end.uri, end.app_id, end.master_key, ""};
}

std::string name_of(const Target& place) {
  if (!place.server.empty()) return place.server;
  const UrlParts parts = split(place.database);
  if (parts.scheme.empty()) return std::string(kFile) + fs::absolute(file_of(place)).lexically_normal().string();
  const std::string user = parts.user.substr(0, parts.user.find(':'));
  return fmt::format("{}://{}{}{}{}", parts.scheme, user, user.empty() ? "" : "@", parts.host,
                     parts.path.substr(0, parts.path.find('?')));
}

bool is_same_place(const Target& one, const Target& other) {
  if (one.server.empty() != other.server.empty()) return false;
  if (!one.server.empty()) return plain_place(one.server) == plain_place(other.server);
  if (is_file(one) != is_file(other)) return false;
  if (!is_file(one)) return plain_place(one.database) == plain_place(other.database);
  std::error_code ignored;
  return fs::equivalent(file_of(one), file_of(other), ignored) ||
         fs::weakly_canonical(file_of(one)) == fs::weakly_canonical(file_of(other));
}

MigrationEnd::MigrationEnd(Target place, Missing missing, Session& session) : name_(name_of(place)) {
  if (!place.server.empty()) {
    const auto timeout = std::chrono::milliseconds(static_cast<std::int64_t>(session.flags().timeout_seconds * 1000));
    server_ = std::make_unique<client::RestClient>(client::connect({.server_url = place.server, .timeout = timeout}),
                                                   client::Keys{place.app_id, place.master_key});
    return;
  }
  if (missing == Missing::kLeave && is_file(place) && !fs::exists(file_of(place))) return;
  storage_ = open_storage(place.database, missing == Missing::kMake ? WhenMissing::kMake : WhenMissing::kRefuse);
}

std::unique_ptr<transfer::SchemaEnd> MigrationEnd::schema() {
  return server_ ? transfer::schema_end(*server_) : transfer::schema_end(*storage_);
}

std::unique_ptr<transfer::Source> MigrationEnd::source() {
  if (server_) return std::make_unique<transfer::RestSource>(*server_);
  return std::make_unique<transfer::StorageSource>(*storage_);
}

}  // namespace parse::ctl
