#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "cloud/registry.h"
#include "net/http_client.h"

namespace parse::cloud {

/// A function or trigger behind an address.
struct Webhook {
  HookKind kind = HookKind::kFunction;
  /// Of the function, or the class.
  std::string name;
  std::string url;

  friend bool operator==(const Webhook&, const Webhook&) = default;
};

struct WebhookSettings {
  /// Sent as X-Parse-Webhook-Key; empty: nothing is sent, and each call leaves a warning in the log.
  std::string key;
  /// For a whole call.
  std::chrono::milliseconds timeout{30'000};
  /// A larger answer is a failure.
  std::size_t max_response_bytes = std::size_t{10} * 1024 * 1024;
};

/// The webhooks of the app as hooks: calls them, and keeps the Registry in step with what is stored. Of a function or
/// trigger that the code has too, the code's is called when the webhook was stored before this server started, and the
/// webhook when it was registered, or given another URL, since; when it is removed, the code's is called again.
/// Any thread. Source: parse-server HooksController wrapToHTTPRequest, addHookToTriggers.
class Webhooks final : public Runner {
 public:
  /// Both must outlive it.
  Webhooks(WebhookSettings settings, net::HttpClient& client, Registry& registry);

  /// See webhook_message.h for what is sent and what answers mean. Throws Error kScriptFailed (141) when there is no
  /// answer with a status below 400 in time, or what the webhook answered.
  Outcome run(Invocation invocation) override;

  /// In place of all: what was stored when the server started.
  void load(std::vector<Webhook> stored);
  /// One that was registered just now.
  void add(Webhook webhook);
  void remove(HookKind kind, const std::string& name);
  /// Changes with every `add` and `remove`.
  std::uint64_t version() const;
  /// In place of all: what is stored, as read after `version` was asked for. Does nothing when this server has changed
  /// something meanwhile: what was read may be older.
  void follow(std::vector<Webhook> stored, std::uint64_t version);

 private:
  using Key = std::pair<HookKind, std::string>;
  struct Entry {
    std::string url;
    /// Registered after the code was loaded.
    bool is_newer = false;

    friend bool operator==(const Entry&, const Entry&) = default;
  };
  using Entries = std::map<Key, Entry>;

  void publish();  // needs mutex_
  std::string url_of(const Invocation& invocation) const;

  const WebhookSettings settings_;
  net::HttpClient& client_;
  Registry& registry_;
  mutable std::mutex mutex_;  // guards the two below
  Entries entries_;
  std::uint64_t version_ = 0;
};

}  // namespace parse::cloud
