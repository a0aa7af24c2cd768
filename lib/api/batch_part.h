#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/api_request.h"

namespace parse::api {

constexpr std::string_view kBatchPath = "/batch";

/// One request of a batch.
struct BatchPart {
  http::Method method = http::Method::kGet;
  /// Behind the mount, without needless segments.
  std::string path;
  http::QueryPairs query;
  object::Object body;
};

/// Reads and admits the parts of `POST /batch`. Errors: see bind_batch.
std::vector<BatchPart> read_batch(const ApiRequest& request);

/// The part as a request of the caller of the batch, on the transaction when there is one.
ApiRequest request_of(ApiRequest& outer, const BatchPart& part, storage::Transaction* transaction);

}  // namespace parse::api
