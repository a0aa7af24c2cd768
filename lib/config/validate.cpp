#include "config/validate.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "config/validate_accounts.h"

namespace parse::config {
namespace {

void check_keys(const KeyOptions& keys, std::vector<std::string>& errors) {
  if (keys.app_id.empty() != keys.master_key.empty()) {
    const bool no_key = keys.master_key.empty();
    errors.push_back(fmt::format("'{}' is required when '{}' is set", no_key ? "masterKey" : "appId",
                                 no_key ? "appId" : "masterKey"));
  }
  if (keys.master_key.empty()) {
    // Made-up keys are random, so they differ from whatever else is set.
    return;
  }
  if (keys.master_key == keys.read_only_master_key)
    errors.emplace_back(
        "'readOnlyMasterKey' must not equal 'masterKey': masterKey and readOnlyMasterKey should be different");
  if (keys.master_key == keys.maintenance_key)
    errors.emplace_back(
        "'maintenanceKey' must not equal 'masterKey': masterKey and maintenanceKey should be different");
}

void check_network(const NetworkOptions& network, std::vector<std::string>& errors) {
  if (network.tls_cert.empty() != network.tls_key.empty()) {
    const bool no_key = network.tls_key.empty();
    errors.push_back(
        fmt::format("'{}' is required when '{}' is set", no_key ? "tlsKey" : "tlsCert", no_key ? "tlsCert" : "tlsKey"));
  }
  if (network.host.empty()) errors.emplace_back("'host' must not be empty");
}

void check_folders(const RuntimeOptions& runtime, std::vector<std::string>& errors) {
  if (runtime.data_folder.empty()) errors.emplace_back("'dataFolder' must not be empty");
}

/// Options that only a database on another machine can follow.
void check_database(const DatabaseOptions& database, std::vector<std::string>& errors) {
  if (!database.uri.starts_with("sqlite:")) return;
  constexpr std::string_view kText = "'databaseOptions.{}' needs a PostgreSQL database (databaseURI postgres://…)";
  if (!database.replicas.empty()) errors.push_back(fmt::format(kText, "replicas"));
  if (database.max_pool_size) errors.push_back(fmt::format(kText, "maxPoolSize"));
}

void add_warnings(const Options& options, std::vector<std::string>& warnings) {
  if (options.objects.allow_client_class_creation)
    warnings.emplace_back(
        "'allowClientClassCreation' is on: clients may create classes; set it to false before going public");
  if (options.keys.app_id.find_first_of("!#$%'()*+&/:;=?@[]{}^,|<>") != std::string::npos)
    warnings.emplace_back("'appId' contains special characters, which can cause trouble in URLs");
  const auto& max_limit = options.objects.max_limit;
  if (max_limit && *max_limit < options.objects.default_limit)
    warnings.push_back(fmt::format("'maxLimit' ({}) is smaller than 'defaultLimit' ({}), so it is the default as well",
                                   *max_limit, options.objects.default_limit));
}

/// With keys and a database elsewhere the folder is not needed.
bool uses_data_folder(const Options& options) {
  return options.keys.app_id.empty() || options.database.uri.starts_with("sqlite:" + options.runtime.data_folder + "/");
}

/// What is wrong with the folder, or with the one it would be created in; empty when nothing is.
std::string data_folder_problem(const Options& options) {
  if (!uses_data_folder(options)) return "";
  std::error_code ignored;
  std::filesystem::path path = std::filesystem::absolute(options.runtime.data_folder, ignored);
  const bool there = std::filesystem::exists(path, ignored);
  while (!std::filesystem::exists(path, ignored) && path.has_relative_path()) path = path.parent_path();
  if (!std::filesystem::is_directory(path, ignored)) return there ? "is no folder:" : "cannot create the folder";
  if (access(path.c_str(), W_OK | X_OK) != 0) return there ? "cannot write to the folder" : "cannot create the folder";
  return "";
}

void check_readable(std::string_view name, const std::string& path, std::vector<std::string>& errors) {
  if (path.empty()) return;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored) || !std::ifstream(path))
    errors.push_back(fmt::format("'{}' cannot read the file {}", name, path));
}

}  // namespace

void validate(Loaded& loaded) {
  check_keys(loaded.options.keys, loaded.errors);
  check_network(loaded.options.network, loaded.errors);
  check_folders(loaded.options.runtime, loaded.errors);
  check_database(loaded.options.database, loaded.errors);
  check_accounts(loaded);
  add_warnings(loaded.options, loaded.warnings);
}

std::vector<std::string> check_environment(const Options& options) {
  std::vector<std::string> errors;
  check_readable("tlsCert", options.network.tls_cert, errors);
  check_readable("tlsKey", options.network.tls_key, errors);
  if (const std::string problem = data_folder_problem(options); !problem.empty())
    errors.push_back(fmt::format("'dataFolder' {} {}", problem, options.runtime.data_folder));
  return errors;
}

void create_data_folder(const Options& options) {
  if (!uses_data_folder(options)) return;
  const std::string& folder = options.runtime.data_folder;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw Error(ErrorCode::kInvalidValue,
                fmt::format("'dataFolder' cannot create the folder {}: {}", folder, error.message()));
}

}  // namespace parse::config
