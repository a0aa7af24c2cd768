#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "client/rest_client.h"
#include "config/load.h"

/// The checks of `parsectl doctor`.
namespace parse::ctl {

/// One mistake, and how to mend it.
struct Finding {
  /// What was looked at: "masterKeyIps", "clock".
  std::string check;
  std::string problem;
  std::string fix;

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// What was found so far.
struct Checkup {
  std::vector<Finding> findings = {};
  /// How many checks were really made.
  int checks = 0;
  /// What could not be looked at, and why.
  std::vector<std::string> skipped = {};

  /// Counts a check, and keeps its finding when it failed and is new.
  void add(bool failed, const Finding& finding);
};

/// The options of parse-server as they were loaded, without asking anybody: mistakes, missing keys, addresses of the
/// master key, class creation, indexes that are switched off, files and folders.
void check_configuration(const config::Loaded& loaded, Checkup& checkup);

/// A server to look at.
struct Patient {
  /// What the URL is called in findings: "serverURL", "--server".
  std::string name;
  std::string url;
  /// Without them only what everybody may see is checked.
  client::Keys keys = {};
  std::chrono::milliseconds timeout{30000};
  /// Whether it has a webhookKey; absent: nobody knows.
  std::optional<bool> has_webhook_key = std::nullopt;
};

/// Whether it answers, with the keys too; its clock, the weak settings that it reports itself, and what it holds.
void check_server(const Patient& patient, Checkup& checkup);

/// Who may upload what, in settings that later_settings gave.
void check_uploads(const std::vector<config::Setting>& settings, Checkup& checkup);

/// Webhooks of a server that are called without a key.
void check_hooks(client::RestClient& server, std::optional<bool> has_key, Checkup& checkup);
/// Indexes that the queries it was asked would need.
void check_missing_indexes(client::RestClient& server, Checkup& checkup);

}  // namespace parse::ctl
