#pragma once

#include <memory>
#include <optional>

#include "api/dispatcher.h"
#include "rest/job_runner.h"
#include "rest/schema_follower.h"
#include "schema/schema_cache.h"
#include "server/account_parts.h"
#include "server/job_scheduler.h"
#include "server/mail_parts.h"
#include "storage/query_stats.h"

namespace parse::server {

/// What the parts on the database are built from; all of it outlives them.
struct Foundations {
  const config::Options& options;
  const api::Settings& api;
  const rest::Settings& rest;
  const MailParts& mail;
  LoginParts& logins;
  const api::Routes& routes;
  WorkerPool& workers;
  const cloud::Registry& cloud;
  std::function<Milliseconds()> clock;
  /// Other servers may use the same database.
  bool is_shared = false;
  /// nullptr: webhooks are stored, and nobody here calls them.
  cloud::Webhooks* webhooks = nullptr;
};

/// Everything that needs an open database, up to the dispatcher. In order of construction; destruction is the reverse.
class StoredParts {
 public:
  /// Brings the schema to what this version and the `schema` option want. Throws Error saying what cannot be done,
  /// storage::Unavailable when the database went away meanwhile.
  StoredParts(const Foundations& given, std::unique_ptr<storage::Adapter> opened);

  storage::Adapter& storage() { return *storage_; }
  api::Dispatcher& dispatcher() { return dispatcher_; }
  rest::JobRunner& jobs() { return jobs_; }
  JobScheduler& scheduler() { return scheduler_; }
  /// The webhooks that are stored; see rest::read_webhooks.
  std::vector<cloud::Webhook> webhooks();

 private:
  storage::QueryStats query_stats_;
  /// Inside storage_: what the server asks for by itself is not recorded.
  storage::Adapter& unrecorded_;
  const std::unique_ptr<storage::Adapter> storage_;
  AccountParts accounts_;
  schema::SchemaCache schema_cache_;
  rest::SchemaService schemas_;
  std::optional<rest::SchemaFollower> schema_follower_;
  rest::JobRunner jobs_;
  JobScheduler scheduler_;
  LinkParts links_;
  api::Dispatcher dispatcher_;
};

}  // namespace parse::server
