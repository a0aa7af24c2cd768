#include "storage/postgres/functions_sql.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

namespace parse::storage::postgres {
namespace {

struct Function {
  std::string_view name;
  std::string_view definition;
};

// Names, arguments and results as the Node server calls them. Arrays keep their order.
constexpr std::array kFunctions = {
    Function{"json_object_set_key",
             R"(json_object_set_key("json" jsonb, key_to_set text, value_to_set anyelement) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT AS $body$
  SELECT "json" || jsonb_build_object(key_to_set, to_jsonb(value_to_set))
$body$)"},
    Function{"array_add",
             R"(array_add("array" jsonb, "values" jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT AS $body$
  SELECT "array" || "values"
$body$)"},
    Function{"array_add_unique",
             R"(array_add_unique("array" jsonb, "values" jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT AS $body$
  SELECT "array" || coalesce(
    (SELECT jsonb_agg(first.item ORDER BY first.place)
     FROM (SELECT added.item, min(added.place) AS place
           FROM jsonb_array_elements("values") WITH ORDINALITY AS added(item, place) GROUP BY added.item) AS first
     WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements("array") AS had(item) WHERE had.item = first.item)),
    '[]'::jsonb)
$body$)"},
    Function{"array_remove",
             R"(array_remove("array" jsonb, "values" jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT AS $body$
  SELECT coalesce(
    (SELECT jsonb_agg(had.item ORDER BY had.place)
     FROM jsonb_array_elements("array") WITH ORDINALITY AS had(item, place)
     WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements("values") AS gone(item) WHERE gone.item = had.item)),
    '[]'::jsonb)
$body$)"},
    Function{"array_contains",
             R"(array_contains("array" jsonb, "values" jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT AS $body$
  SELECT EXISTS (SELECT 1 FROM jsonb_array_elements("array") AS had(item)
                 JOIN jsonb_array_elements("values") AS wanted(item) ON wanted.item = had.item)
$body$)"},
    Function{"array_contains_all",
             R"(array_contains_all("array" jsonb, "values" jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT AS $body$
  SELECT jsonb_array_length("values") > 0 AND NOT EXISTS (
    SELECT 1 FROM jsonb_array_elements_text("values") AS wanted(item)
    WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements_text("array") AS had(item)
                      WHERE had.item IS NOT DISTINCT FROM wanted.item))
$body$)"},
    Function{"array_contains_all_regex",
             R"(array_contains_all_regex("array" jsonb, "values" jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT AS $body$
  SELECT jsonb_array_length("values") > 0 AND NOT EXISTS (
    SELECT 1 FROM jsonb_array_elements_text("values") AS wanted(pattern)
    WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements_text("array") AS had(item)
                      WHERE had.item LIKE wanted.pattern))
$body$)"},
    // How long records are kept is in the records; the Node server waits for another span, its option `ttl`.
    Function{"idempotency_delete_expired_records",
             R"(idempotency_delete_expired_records() RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  DELETE FROM "_Idempotency" WHERE expire < now() - interval '60 seconds';
END
$body$)"},
};

std::set<std::string, std::less<>> existing_functions(Connection& connection) {
  std::set<std::string, std::less<>> names;
  const Result rows = connection.query(sql::SqlText(sql::Values::kNumbered)
                                           .raw("SELECT proname::text FROM pg_proc WHERE pg_function_is_visible(oid)"
                                                " AND pronamespace <> 'pg_catalog'::regnamespace"));
  for (int row = 0; row < rows.row_count(); ++row) names.emplace(rows.bytes(row, 0));
  return names;
}

}  // namespace

void create_functions(Connection& connection) {
  const auto names = existing_functions(connection);
  for (const Function& function : kFunctions) {
    if (!names.contains(function.name)) connection.execute("CREATE FUNCTION " + std::string(function.definition));
  }
}

}  // namespace parse::storage::postgres
