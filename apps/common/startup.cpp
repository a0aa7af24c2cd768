#include "apps/common/startup.h"

#include <fmt/format.h>

#include <ostream>

#include "logging/logger.h"
#include "logging/redact.h"

namespace parse::apps {

void start_logging(const config::Options& options) {
  const config::KeyOptions& keys = options.keys;
  for (const auto* key : {&keys.master_key, &keys.read_only_master_key, &keys.maintenance_key, &keys.client_key,
                          &keys.javascript_key, &keys.rest_api_key, &keys.dot_net_key})
    logging::add_secret(*key);
  logging::LogSettings settings;
  settings.level = logging::parse_level(options.log.level).value_or(logging::Level::kInfo);
  settings.silent = options.log.silent;
  settings.json = options.log.json;
  settings.folder = options.log.folder;
  settings.max_files = options.log.max_files;
  settings.max_age = options.log.max_age;
  logging::configure(std::move(settings));
}

std::string listen_url(const config::Options& options, std::uint16_t port) {
  const config::NetworkOptions& network = options.network;
  std::string host = network.host;
  if (host == "0.0.0.0" || host == "::")
    host = "localhost";
  else if (host.find(':') != std::string::npos)
    host = "[" + host + "]";
  return fmt::format("{}://{}:{}{}", network.tls_cert.empty() ? "http" : "https", host, port,
                     network.mount_path == "/" ? "" : network.mount_path);
}

void announce(const Start& start, const GeneratedKeys& keys, std::uint16_t port, const CliOutput& output) {
  const config::Options& options = start.options;
  const std::string url = listen_url(options, port);
  logging::info("parse-server {} is ready at {}, data in {}", start.version, url, options.database.uri);
  for (const std::string& warning : start.warnings) logging::warn("{}", warning);
  // Not through the log, which would mask the keys.
  if (keys.in_use && !options.log.silent) output.out << first_steps(options, keys, url) << std::flush;
}

}  // namespace parse::apps
