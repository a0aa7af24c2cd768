#include "api/batch.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <span>
#include <stdexcept>
#include <thread>
#include <utility>

#include "api/batch_creates.h"
#include "api/batch_part.h"
#include "api/dispatcher.h"
#include "api/json_response.h"
#include "api/parallel.h"
#include "base/worker_pool.h"
#include "http/text.h"
#include "object/json.h"
#include "rest/write.h"

namespace parse::api {
namespace {

using object::Object;
using object::Value;

/// How often a transaction that lost a write conflict is run again. One of those that meet always gets through, so this
/// is about how many may meet.
constexpr int kTransactionRetries = 20;
/// The pause before another try grows from about the first to about the last of these.
constexpr std::chrono::milliseconds kFirstPause{2};
constexpr std::chrono::milliseconds kLongestPause{100};

http::Response run_part(ApiRequest& outer, const BatchPart& part, storage::Transaction* transaction) {
  ApiRequest request = request_of(outer, part, transaction);
  return outer.dispatcher.serve_part(request);
}

bool failed(const http::Response& response) { return response.status >= 400; }

bool is_write_conflict(const http::Response& response) {
  return object::parse_json(response.body).as<Object>().at("code") ==
         Value(static_cast<int>(ErrorCode::kInvalidLinkedSession));
}

std::string to_body(const std::vector<http::Response>& responses) {
  std::string body;
  object::JsonWriter writer(body);
  writer.begin_array();
  for (const http::Response& response : responses) {
    writer.begin_object();
    writer.key(failed(response) ? "error" : "success");
    writer.encoded_json(response.body.empty() ? "{}" : response.body);
    writer.end_object();
  }
  writer.end_array();
  return body;
}

std::vector<http::Response> run_independently(ApiRequest& request, const std::vector<BatchPart>& parts) {
  std::vector<http::Response> responses(parts.size());
  const std::vector<BatchRun> runs = runs_of(request, parts);
  for_each_in_parallel(request.dispatcher.pool(), runs.size(), [&](std::size_t i) {
    const BatchRun& run = runs[i];
    if (run.parts.size() > 1) {
      create_together(request, run, std::span(responses).subspan(run.first, run.parts.size()));
    } else {
      responses[run.first] = run_part(request, run.parts.front(), nullptr);
    }
  });
  return responses;
}

/// A part that cannot succeed fails the transaction as a whole, which has no code of its own.
void prepare_part(const rest::Context& context, const BatchPart& part, const std::string& class_name) {
  try {
    const bool creates = part.method == http::Method::kPost;
    (creates ? rest::prepare_create : rest::prepare_update)(context, class_name, part.body);
  } catch (const Error& error) {
    throw std::runtime_error("transaction refused: " + error.message());
  }
}

/// A transaction holds the writer, so classes and fields are made before it begins, and only objects can be part of it.
void prepare_transaction(ApiRequest& request, const std::vector<BatchPart>& parts) {
  constexpr std::string_view kClasses = "/classes/";
  for (const BatchPart& part : parts) {
    const bool is_write = part.method == http::Method::kPost || part.method == http::Method::kPut;
    const bool is_object = http::iequals(std::string_view(part.path).substr(0, kClasses.size()), kClasses);
    if (!is_object && part.method != http::Method::kGet) {
      throw Error(ErrorCode::kInvalidJson, "only objects can be written in a transaction");
    }
    if (!is_object || !is_write) continue;
    const std::string class_name =
        part.path.substr(kClasses.size(), part.path.find('/', kClasses.size()) - kClasses.size());
    prepare_part(request.context, part, class_name);
  }
}

/// One try; nullopt asks for another one after a write conflict. Throws when a part failed: nothing is kept then.
std::optional<std::vector<http::Response>> try_as_transaction(ApiRequest& request,
                                                              const std::vector<BatchPart>& parts) {
  std::vector<http::Response> responses;
  try {
    const auto transaction = request.services.storage.begin();
    for (const BatchPart& part : parts) {
      responses.push_back(run_part(request, part, transaction.get()));
      if (!failed(responses.back())) continue;
      if (is_write_conflict(responses.back())) return std::nullopt;
      throw std::runtime_error("transaction rolled back: " + responses.back().body);
    }
    transaction->commit();
    // Other requests may have looked at what was there before the commit.
    request.services.accounts.forget_all();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInvalidLinkedSession) return std::nullopt;
    throw;
  }
  return responses;
}

/// Somewhere between half of the pause and one and a half, so that those who met do not meet again.
void pause_before(int attempt) {
  thread_local std::minstd_rand random(std::random_device{}());
  const auto pause = std::min(kLongestPause, kFirstPause * (1 << std::min(attempt, 10)));
  const BlockingSection waiting;
  std::this_thread::sleep_for(pause / 2 + std::chrono::milliseconds(random() % (pause.count() + 1)));
}

std::vector<http::Response> run_as_transaction(ApiRequest& request, const std::vector<BatchPart>& parts) {
  prepare_transaction(request, parts);
  for (int attempt = 0; attempt <= kTransactionRetries; ++attempt) {
    if (auto responses = try_as_transaction(request, parts)) return std::move(*responses);
    pause_before(attempt);
  }
  throw Error(ErrorCode::kTimeout, "The transaction met other writes again and again; try it later.");
}

http::Response serve_batch(ApiRequest& request) {
  const std::vector<BatchPart> parts = read_batch(request);
  const Value* transaction = request.body.find("transaction");
  const bool* wanted = transaction ? transaction->get_if<bool>() : nullptr;
  const bool as_transaction = wanted != nullptr && *wanted;
  return json_response(
      200, to_body(as_transaction ? run_as_transaction(request, parts) : run_independently(request, parts)));
}

}  // namespace

void bind_batch(Routes& routes) { routes.add(http::Method::kPost, kBatchPath, serve_batch); }

}  // namespace parse::api
