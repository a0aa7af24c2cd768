#include <fmt/format.h>

#include "apps/parsectl/checkup.h"
#include "apps/parsectl/index_suggestion.h"
#include "apps/parsectl/lookup.h"
#include "object/json.h"

namespace parse::ctl {
namespace {

using client::Answer;
using object::Array;
using object::Object;
using object::Value;

/// Queries asked less often are somebody looking around.
constexpr std::int64_t kLeastQueries = 10;

/// The list in an answer, by itself or as `results`.
std::optional<Array> list_in(const Answer& answer) {
  if (answer.status != 200) return std::nullopt;
  auto value = object::try_parse_json(answer.body);
  if (!value) return std::nullopt;
  const Object* map = value->get_if<Object>();
  const Value* results = map ? map->find("results") : nullptr;
  const Array* list = (results ? results : &*value)->get_if<Array>();
  return list ? std::optional(*list) : std::nullopt;
}

std::string problem_of(const IndexSuggestion& suggestion) {
  std::string text = fmt::format("{} queries of {} had no index on {} and took {:.0f} ms", suggestion.count,
                                 suggestion.class_name, suggestion.fields_text(), suggestion.total_ms);
  if (suggestion.examined_per_query) text += fmt::format(", each reading {:.0f} rows", *suggestion.examined_per_query);
  return text;
}

}  // namespace

void check_hooks(client::RestClient& server, std::optional<bool> has_key, Checkup& checkup) {
  std::size_t hooks = 0;
  for (const char* path : {"/hooks/functions", "/hooks/triggers"}) {
    if (const auto list = list_in(server.send({.path = path}))) hooks += list->size();
  }
  if (hooks == 0) return;
  if (!has_key) {
    checkup.skipped.push_back(
        fmt::format("whether {} webhooks get a key: the server does not tell its webhookKey, --config does", hooks));
    return;
  }
  checkup.add(
      !*has_key,
      {"webhookKey",
       fmt::format("{} webhooks are called without a key: they cannot tell this server from anybody else", hooks),
       "set webhookKey, and let the hooks compare the header X-Parse-Webhook-Key with it"});
}

void check_missing_indexes(client::RestClient& server, Checkup& checkup) {
  const auto shapes = list_in(server.send({.path = "/queryStats"}));
  const auto schemas = list_in(server.send({.path = "/schemas"}));
  if (!shapes || !schemas) {
    checkup.skipped.emplace_back("missing indexes: the server does not record what it is asked (option queryStats)");
    return;
  }
  ++checkup.checks;
  for (const IndexSuggestion& suggestion : suggest_indexes(*shapes, *schemas, kLeastQueries))
    checkup.findings.push_back({"indexes", problem_of(suggestion), "make it: parsectl index suggest --create"});
}

}  // namespace parse::ctl
