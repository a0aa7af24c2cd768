#pragma once

#include "api/api_request.h"

namespace parse::api {

/// `GET /queryStats`: what queries asked of the storage since the start, by shape, the dearest first:
/// `{"results":[{"className","operation","where","order","count","totalMs","maxMs","rows"},…]}`; see query/shape.h.
/// `DELETE /queryStats` begins anew. Master key only; not its read-only form for the latter. 119 when option
/// `queryStats` is off. The Node server has no such endpoint.
void bind_query_stats(Routes& routes);

}  // namespace parse::api
