#pragma once

#include <boost/test/unit_test.hpp>

#include "base/error.h"
#include "object/json.h"
#include "query/where_parser.h"

/// What the suites of lib/query share.
namespace parse::query::test {

inline schema::Field field(std::string name, schema::FieldKind kind, std::string target = {}) {
  return {std::move(name), {kind, std::move(target)}, false, {}};
}

/// One class `Game` with a field of each kind, and `Team`.
inline schema::Schema make_schema() {
  using enum schema::FieldKind;
  schema::ClassSchema game;
  game.name = "Game";
  game.fields = {field("objectId", kString),
                 field("createdAt", kDate),
                 field("updatedAt", kDate),
                 field("ACL", kAcl),
                 field("name", kString),
                 field("score", kNumber),
                 field("live", kBoolean),
                 field("started", kDate),
                 field("data", kObject),
                 field("tags", kArray),
                 field("place", kGeoPoint),
                 field("area", kPolygon),
                 field("cover", kFile),
                 field("blob", kBytes),
                 field("owner", kPointer, "Team"),
                 field("teams", kRelation, "Team")};
  schema::ClassSchema team;
  team.name = "Team";
  team.fields = {field("objectId", kString), field("founded", kDate), field("city", kString)};
  schema::Schema schema;
  schema.set(std::move(game));
  schema.set(std::move(team));
  return schema;
}

inline const schema::Schema kSchema = make_schema();
/// 2020-01-01T00:00:00Z
inline constexpr Milliseconds kNow = 1577836800000;

inline WhereContext context(bool is_master = false) {
  WhereContext context{kSchema, "Game"};
  context.is_master = is_master;
  context.now = kNow;
  return context;
}

inline Where where_of(std::string_view json, bool is_master = false) {
  return parse_where(object::parse_json(json), context(is_master));
}

/// The one constraint of a `where` that has one field condition.
template <typename T>
T only(const Where& where) {
  BOOST_REQUIRE_EQUAL(where.conditions.size(), 1U);
  const auto* condition = std::get_if<FieldCondition>(&where.conditions.front());
  BOOST_REQUIRE(condition != nullptr);
  const T* constraint = std::get_if<T>(&condition->constraint);
  BOOST_REQUIRE(constraint != nullptr);
  return *constraint;
}

/// Runs `action` and checks the code and message of the Error it must throw.
template <typename Action>
void check_error(Action action, ErrorCode code, std::string_view message) {
  try {
    action();
  } catch (const Error& error) {
    BOOST_CHECK_EQUAL(static_cast<int>(error.code()), static_cast<int>(code));
    BOOST_CHECK_EQUAL(error.message(), message);
    return;
  }
  BOOST_ERROR("no error, but expected: " << message);
}

}  // namespace parse::query::test
