#pragma once

#include "api/api_request.h"

namespace parse::api {

/// `/schemas` and `/schemas/:class`; master key only, writes not with its read-only form and not with `lockSchemas`.
/// Source: REST guide, "Schema"; parse-server SchemasRouter.
void bind_schemas(Routes& routes);

}  // namespace parse::api
