#include "server/stored_parts.h"

#include <utility>

#include "rest/schema_declared.h"
#include "rest/stored_webhooks.h"
#include "server/settings.h"
#include "storage/recording_adapter.h"

namespace parse::server {
namespace {

void apply_declared(rest::SchemaService& schemas, const config::SchemaOptions& options) {
  if (!options.declared) return;
  rest::apply_declared_schemas(schemas, {options.definitions, options.strict, options.delete_extra_fields,
                                         options.recreate_modified_fields, options.keep_unknown_indexes});
}

/// `opened`, or one before it that tells `stats` what it is asked.
std::unique_ptr<storage::Adapter> recorded(std::unique_ptr<storage::Adapter> opened, storage::QueryStats* stats) {
  if (stats == nullptr) return opened;
  return std::make_unique<storage::RecordingAdapter>(std::move(opened), *stats);
}

}  // namespace

StoredParts::StoredParts(const Foundations& given, std::unique_ptr<storage::Adapter> opened)
    : unrecorded_(*opened),
      storage_(recorded(std::move(opened), given.options.runtime.query_stats ? &query_stats_ : nullptr)),
      accounts_(given.options, given.logins, *storage_, given.mail.mail()),
      schemas_(*storage_, schema_cache_, given.logins.schema_settings()),
      jobs_(*storage_, schemas_, given.cloud, given.clock),
      scheduler_(*storage_, schemas_, jobs_, given.clock, {.is_shared = given.is_shared}),
      links_(given.mail, {*storage_, schemas_}, accounts_.password_reset()),
      dispatcher_({given.api, given.rest, *storage_, schemas_, accounts_.accounts(), links_.services(), given.cloud,
                   given.options.runtime.query_stats ? &query_stats_ : nullptr, &jobs_, [this] { scheduler_.wake(); },
                   given.webhooks},
                  given.routes, given.workers, cors_settings(given.options), given.clock) {
  if (given.options.database.enable_schema_hooks) schema_follower_.emplace(*storage_, schemas_);
  apply_declared(schemas_, given.options.schema);
}

std::vector<cloud::Webhook> StoredParts::webhooks() { return rest::read_webhooks(unrecorded_, *schemas_.snapshot()); }

}  // namespace parse::server
