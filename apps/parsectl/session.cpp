#include "apps/parsectl/session.h"

#include <unistd.h>

#include <chrono>
#include <iostream>

#include "apps/parsectl/error_text.h"
#include "apps/parsectl/failure.h"
#include "client/http_transport.h"
#include "crypto/random.h"
#include "server/embedded_server.h"

namespace parse::ctl {
namespace {

/// Keys of a server that only this process can call.
client::Keys make_keys() { return {"parsectl", crypto::random_alphanumeric(32)}; }

std::unique_ptr<client::RestClient> open_database(const std::string& uri) {
  const client::Keys keys = make_keys();
  config::Options options;
  options.keys.app_id = keys.app_id;
  options.keys.master_key = keys.master_key;
  options.database.uri = uri;
  options.network.server_url = "http://localhost" + options.network.mount_path;
  try {
    return std::make_unique<client::RestClient>(server::embed_server(options), keys);
  } catch (const client::Unreachable&) {
    throw;
  } catch (const Error& error) {
    throw client::Unreachable(text_of(error));
  }
}

}  // namespace

const Target& Session::target() {
  if (!target_) target_ = std::make_unique<Target>(find_target(parts_.flags, parts_.environment));
  return *target_;
}

client::RestClient& Session::server() {
  if (server_) return *server_;
  const Target& place = target();
  if (place.server.empty()) {
    server_ = open_database(place.database);
  } else {
    const auto timeout = std::chrono::milliseconds(static_cast<std::int64_t>(parts_.flags.timeout_seconds * 1000));
    server_ = std::make_unique<client::RestClient>(client::connect({.server_url = place.server, .timeout = timeout}),
                                                   client::Keys{place.app_id, place.master_key});
  }
  return *server_;
}

void Session::confirm(const std::string& question) {
  if (parts_.flags.says_yes || parts_.flags.is_dry_run) return;
  if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDERR_FILENO) == 0)
    throw Failure(ExitCode::kRefused, question + " Nobody can be asked here.", "add --yes to agree");
  std::cerr << question << " [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  if (answer != "y" && answer != "Y" && answer != "yes") throw Failure(ExitCode::kRefused, "nothing was done");
}

}  // namespace parse::ctl
