#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "object/value.h"

/// Texts that conditions on jsonb columns are made of.
namespace parse::storage::postgres {

/// A dotted path cut into what PostgreSQL follows in one go: first `indexes`, the operand of `#>`, when there are any,
/// then `names`, a jsonpath in lax mode. Lax mode goes through lists as the matcher does; only `#>` can tell the
/// element of a list from the member of an object that is called "0".
struct JsonStep {
  std::vector<std::string> indexes;
  std::string names = "$";
};
/// Never empty. `root_is_map`: what the path begins at is no list.
std::vector<JsonStep> split_json_path(std::string_view path, bool root_is_map);

/// Text, number or boolean: what a jsonpath compares by itself.
bool is_json_scalar(const object::Value& value);
/// The form in which equal values are the same jsonb: pointers and included objects by class and id, files by name.
/// kCanonicalElement makes the same of a jsonb.
std::string canonical_json(const object::Value& value);
/// What every list that holds the values contains (`@>`): exact when all are scalars.
std::string containment_json(const object::Array& values);

/// SQL: the canonical form of the jsonb `e`.
inline constexpr std::string_view kCanonicalElement =
    "CASE WHEN e->>'__type' IN ('Pointer', 'Object') AND jsonb_typeof(e->'className') = 'string'"
    " AND jsonb_typeof(e->'objectId') = 'string' THEN"
    " jsonb_build_object('__type', 'Pointer', 'className', e->'className', 'objectId', e->'objectId')"
    " WHEN e->>'__type' = 'File' THEN jsonb_build_object('__type', 'File', 'name', e->'name') ELSE e END";
/// SQL: the jsonb `e` as something that orders and compares with columns: pointers by id, files by name, dates by time.
inline constexpr std::string_view kComparableElement =
    "CASE e->>'__type' WHEN 'Pointer' THEN e->'objectId' WHEN 'File' THEN e->'name' WHEN 'Date' THEN e->'iso'"
    " ELSE e END";

}  // namespace parse::storage::postgres
