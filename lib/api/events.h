#pragma once

#include "api/api_request.h"

namespace parse::api {

/// `POST /events/:name` and `/events/AppOpened`: accepted, written to the log at level `verbose`, answered `{}`.
/// Source: REST guide, "Analytics".
void bind_events(Routes& routes);

}  // namespace parse::api
