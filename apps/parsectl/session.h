#pragma once

#include <memory>
#include <string>

#include "apps/parsectl/output.h"
#include "apps/parsectl/settings.h"
#include "client/rest_client.h"

namespace parse::ctl {

/// What one run of a command has: how it was called, where it prints, and the server, which is reached when it is first
/// asked for.
class Session {
 public:
  struct Parts {
    const GlobalFlags& flags;
    const config::Environment& environment;
    Output& output;
    std::string version;
  };
  explicit Session(Parts parts) : parts_(std::move(parts)) {}

  Output& output() { return parts_.output; }
  const GlobalFlags& flags() const { return parts_.flags; }
  bool is_dry_run() const { return parts_.flags.is_dry_run; }
  const std::string& version() const { return parts_.version; }
  const config::Environment& environment() const { return parts_.environment; }

  /// Where to work; see find_target.
  const Target& target();
  /// The REST API there: of the server, or of one inside this process on the database. Throws Failure kUsage,
  /// client::Unreachable.
  client::RestClient& server();
  /// Asks before something is lost: --yes agrees; a terminal is asked; otherwise Failure kRefused names --yes.
  void confirm(const std::string& question);

 private:
  Parts parts_;
  std::unique_ptr<Target> target_;
  std::unique_ptr<client::RestClient> server_;
};

}  // namespace parse::ctl
