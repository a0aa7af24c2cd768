#include "api/batch_creates.h"

#include <utility>

#include "api/dispatcher.h"
#include "api/json_response.h"
#include "rest/write.h"
#include "rest/write_many.h"

namespace parse::api {
namespace {

/// Other requests wait while a run is stored, so a long one is cut.
constexpr std::size_t kMostTogether = 100;

/// The class of an object that a part creates; empty when it does something else.
std::string class_created(const ApiRequest& request, const BatchPart& part) {
  constexpr std::string_view kClasses = "/classes/";
  if (part.method != http::Method::kPost) return {};
  const std::string path = request.dispatcher.known_path(part.method, part.path);
  if (!path.starts_with(kClasses)) return {};
  std::string class_name = path.substr(kClasses.size());
  return rest::can_create_together(request.context, class_name) ? class_name : std::string();
}

/// The creates of a run that got as far as storage, and whose responses they are.
struct Pending {
  std::vector<std::size_t> places;
  std::vector<rest::PendingCreate> creates;
};

Pending begin_creates(ApiRequest& outer, const BatchRun& run, std::span<http::Response> responses) {
  Pending pending;
  for (std::size_t i = 0; i < run.parts.size(); ++i) {
    ApiRequest request = request_of(outer, run.parts[i], nullptr);
    responses[i] = outer.dispatcher.serve_part(request, [&](ApiRequest& part) {
      pending.creates.push_back(rest::begin_create(part.context, run.class_name, std::move(part.body)));
      pending.places.push_back(i);
      return http::Response();
    });
  }
  return pending;
}

}  // namespace

std::vector<BatchRun> runs_of(const ApiRequest& request, const std::vector<BatchPart>& parts) {
  std::vector<BatchRun> runs;
  const std::span<const BatchPart> all(parts);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string class_name = class_created(request, parts[i]);
    if (!class_name.empty() && !runs.empty() && runs.back().class_name == class_name &&
        runs.back().parts.size() < kMostTogether) {
      runs.back().parts = all.subspan(runs.back().first, runs.back().parts.size() + 1);
    } else {
      runs.push_back({i, all.subspan(i, 1), std::move(class_name)});
    }
  }
  return runs;
}

void create_together(ApiRequest& outer, const BatchRun& run, std::span<http::Response> responses) {
  Pending pending = begin_creates(outer, run, responses);
  const rest::Context& context = outer.context;
  bool are_stored = false;
  const http::Response outcome = Dispatcher::guarded([&] {
    are_stored = rest::store_together(context, run.class_name, pending.creates);
    return http::Response();
  });
  if (outcome.status >= 400) {
    for (const std::size_t place : pending.places) responses[place] = outcome;
    return;
  }
  for (std::size_t i = 0; i < pending.creates.size(); ++i) {
    responses[pending.places[i]] = Dispatcher::guarded([&] {
      if (!are_stored) rest::store_created(context, run.class_name, pending.creates[i]);
      const auto written = rest::end_create(context, run.class_name, std::move(pending.creates[i]));
      return json_response(201, rest::write_response_json(written.response));
    });
  }
}

}  // namespace parse::api
