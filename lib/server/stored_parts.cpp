#include "server/stored_parts.h"

#include <utility>

#include "rest/schema_declared.h"
#include "server/settings.h"

namespace parse::server {
namespace {

void apply_declared(rest::SchemaService& schemas, const config::SchemaOptions& options) {
  if (!options.declared) return;
  rest::apply_declared_schemas(schemas, {options.definitions, options.strict, options.delete_extra_fields,
                                         options.recreate_modified_fields, options.keep_unknown_indexes});
}

}  // namespace

StoredParts::StoredParts(const Foundations& given, std::unique_ptr<storage::Adapter> opened)
    : storage_(std::move(opened)),
      accounts_(given.options, given.logins, *storage_, given.mail.mail()),
      schemas_(*storage_, schema_cache_, given.logins.schema_settings()),
      links_(given.mail, {*storage_, schemas_}, accounts_.password_reset()),
      dispatcher_({given.api, given.rest, *storage_, schemas_, accounts_.accounts(), links_.services()}, given.routes,
                  given.workers, cors_settings(given.options), given.clock) {
  if (given.options.database.enable_schema_hooks) schema_follower_.emplace(*storage_, schemas_);
  apply_declared(schemas_, given.options.schema);
}

}  // namespace parse::server
