#include <fmt/format.h>

#include <cmath>

#include "apps/parsectl/commands.h"
#include "apps/parsectl/index_name.h"
#include "apps/parsectl/index_suggestion.h"

namespace parse::ctl {
namespace {

using object::Array;
using object::Object;
using object::Value;

struct SuggestFlags {
  std::int64_t least_count = 2;
  bool creates = false;
};

Object row_of(const IndexSuggestion& suggestion) {
  Object row{{"class", suggestion.class_name},     {"index", default_index_name(suggestion.key_object())},
             {"fields", suggestion.fields_text()}, {"key", suggestion.key_object()},
             {"queries", suggestion.count},        {"totalMs", suggestion.total_ms}};
  if (suggestion.examined_per_query)
    row.append("examinedPerQuery", std::round(*suggestion.examined_per_query * 10) / 10);
  row.append("shapes", suggestion.shapes);
  return row;
}

void create(Session& session, const IndexSuggestion& suggestion) {
  const std::string place = suggestion.class_name + " (" + suggestion.fields_text() + ")";
  if (session.is_dry_run()) return session.output().remark("would make an index on " + place);
  session.output().remark("making an index on " + place);
  session.server().put(
      "/schemas/" + client::segment(suggestion.class_name),
      Object{{"indexes", Object{{default_index_name(suggestion.key_object()), suggestion.key_object()}}}});
}

void suggest(Session& session, const SuggestFlags& flags) {
  const Value shapes = session.server().get("/queryStats");
  const Value schemas = session.server().get("/schemas");
  const auto suggestions = suggest_indexes(shapes.as<Object>().at("results").as<Array>(),
                                           schemas.as<Object>().at("results").as<Array>(), flags.least_count);
  Array rows;
  for (const IndexSuggestion& suggestion : suggestions) rows.emplace_back(row_of(suggestion));
  session.output().rows({"class", "fields", "index", "queries", "totalMs", "examinedPerQuery"}, rows);
  if (suggestions.empty()) session.output().remark("every query that was asked has its index");
  if (!flags.creates) return;
  for (const IndexSuggestion& suggestion : suggestions) create(session, suggestion);
}

}  // namespace

void add_index_suggest_command(Commands& commands, CLI::App& group) {
  const auto flags = std::make_shared<SuggestFlags>();
  CLI::App& made = commands.add(group, "suggest", "Say which indexes would serve the queries that the server was asked",
                                [flags](Session& session) { suggest(session, *flags); });
  made.add_option("--min-count", flags->least_count, "Leave out queries asked fewer times [2]")->type_name("N");
  made.add_flag("--create", flags->creates, "Make them, beside running writes where the database can");
  made.footer(
      "The server records what it is asked since its start, without values (GET /queryStats).\n"
      "examinedPerQuery: the rows that a query read on average, where the database tells; SQLite tells it of\n"
      "full scans. Queries that read hardly more rows than they gave need no index.\n\n"
      "Examples:\n  parsectl index suggest\n  parsectl index suggest --min-count 100 --create");
}

}  // namespace parse::ctl
