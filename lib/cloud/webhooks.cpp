#include "cloud/webhooks.h"

#include <fmt/format.h>

#include <algorithm>

#include "cloud/webhook_message.h"
#include "logging/logger.h"

namespace parse::cloud {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kFirstFailure = 400;
constexpr int kFirstSuccess = 200;

milliseconds time_left(milliseconds timeout, const std::optional<Deadline>& deadline) {
  if (!deadline) return timeout;
  const auto left = std::chrono::duration_cast<milliseconds>(*deadline - steady_clock::now());
  if (left.count() <= 0) throw Error(ErrorCode::kScriptFailed, "The call of a webhook came too late.");
  return std::min(timeout, left);
}

}  // namespace

Webhooks::Webhooks(WebhookSettings settings, net::HttpClient& client, Registry& registry)
    : settings_(std::move(settings)), client_(client), registry_(registry) {}

std::string Webhooks::url_of(const Invocation& invocation) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find({invocation.kind, std::string(invocation.name)});
  if (found == entries_.end())
    throw Error(ErrorCode::kScriptFailed,
                fmt::format("Invalid {}: \"{}\"", to_string(invocation.kind), invocation.name));
  return found->second.url;
}

Outcome Webhooks::run(Invocation invocation) {
  const std::string url = url_of(invocation);
  net::HttpRequest request{.method = "POST", .url = url, .headers = {{"Content-Type", "application/json"}}};
  request.timeout = time_left(settings_.timeout, invocation.deadline);
  request.max_response_bytes = settings_.max_response_bytes;
  if (settings_.key.empty())
    logging::warn("Making outgoing webhook request without webhookKey being set!");
  else
    request.headers.emplace_back("X-Parse-Webhook-Key", settings_.key);
  request.body = webhook_request(invocation);
  net::HttpResponse response;
  try {
    response = client_.send(request);
  } catch (const Error& error) {
    throw Error(ErrorCode::kScriptFailed, "The webhook could not be reached.", error.cause());
  }
  if (response.status < kFirstSuccess || response.status >= kFirstFailure)
    throw Error(ErrorCode::kScriptFailed, fmt::format("The webhook answered with status {}.", response.status));
  return webhook_outcome(invocation, response.body);
}

void Webhooks::load(std::vector<Webhook> stored) {
  const std::lock_guard lock(mutex_);
  entries_.clear();
  for (Webhook& webhook : stored)
    entries_.insert_or_assign({webhook.kind, std::move(webhook.name)}, Entry{std::move(webhook.url)});
  publish();
}

void Webhooks::add(Webhook webhook) {
  const std::lock_guard lock(mutex_);
  ++version_;
  entries_.insert_or_assign({webhook.kind, std::move(webhook.name)}, Entry{std::move(webhook.url), true});
  publish();
}

void Webhooks::remove(HookKind kind, const std::string& name) {
  const std::lock_guard lock(mutex_);
  ++version_;
  entries_.erase({kind, name});
  publish();
}

std::uint64_t Webhooks::version() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

void Webhooks::follow(std::vector<Webhook> stored, std::uint64_t version) {
  const std::lock_guard lock(mutex_);
  if (version != version_) return;
  Entries entries;
  for (Webhook& webhook : stored) {
    Key key{webhook.kind, std::move(webhook.name)};
    const auto known = entries_.find(key);
    const bool is_newer = known == entries_.end() || known->second.url != webhook.url || known->second.is_newer;
    entries.insert_or_assign(std::move(key), Entry{std::move(webhook.url), is_newer});
  }
  if (entries == entries_) return;
  entries_ = std::move(entries);
  publish();
}

void Webhooks::publish() {
  HookTable older;
  HookTable newer;
  for (const auto& [key, entry] : entries_)
    (entry.is_newer ? newer : older).set(key.first, key.second, Hook{.runner = this});
  registry_.set_webhooks(std::move(older), std::move(newer));
}

}  // namespace parse::cloud
