#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

#include "object/json.h"
#include "query/matcher.h"
#include "storage/postgres/postgres_adapter.h"
#include "tests/support/needs_postgres.h"

namespace parse::storage::postgres {
namespace {

using object::Array;
using object::Object;
using object::Value;
using schema::FieldKind;

constexpr int kObjects = 100;
constexpr int kConstraints = 1500;

/// Makes objects and constraints out of so few values that they often meet.
class Generator {
 public:
  Value scalar() {
    static const Array kScalars = {"a", "b", "ab", "",    "B",  "a.b\n",  "grün", 1,   2,   2.5,
                                   -1,  0,   true, false, 1e21, "\"\\q'", "{a",   "0", "1", 1e-7};
    return pick(kScalars);
  }
  Value typed() {
    static const Array kTyped = {object::Date{1500000000000},
                                 object::Date{1600000000000},
                                 object::Pointer{"Q", "q1"},
                                 object::Pointer{"Q", "q2"},
                                 object::Pointer{"R", "q1"},
                                 object::File{"a.txt", {}},
                                 object::Bytes{"YQ=="},
                                 object::GeoPoint{1, 2.5},
                                 Object{{"__type", "Object"}, {"className", "Q"}, {"objectId", "q1"}, {"x", 1}}};
    return pick(kTyped);
  }
  Value value(int depth) {
    const int kind = number(10);
    if (kind < 5 || depth == 0) return scalar();
    if (kind == 5) return typed();
    if (kind == 6) return nullptr;
    return kind < 9 ? Value(list(depth - 1)) : Value(map(depth - 1));
  }
  Array list(int depth) {
    Array made;
    for (int i = number(4); i > 0; --i) made.push_back(number(3) == 0 ? Value(map(depth)) : value(depth));
    return made;
  }
  Object map(int depth) {
    Object made;
    for (const char* key : {"k", "l", "0"}) {
      if (number(2) == 0) made.set(key, value(depth));
    }
    return made;
  }

  Object thing(int i) {
    Object made{{"objectId", "o" + std::to_string(i)}};
    if (number(8) != 0) made.set("list", list(2));
    if (number(8) != 0) made.set("map", map(3));
    for (const char* key : {"s", "n", "b", "d", "p"}) set_scalar(made, key);
    return made;
  }

  query::FieldCondition condition() {
    static const Array kPaths = {"list",    "list.0",    "list.k",    "list.k.l",  "list.1.k", "list.l.0",
                                 "map",     "map.k",     "map.k.l",   "map.k.0",   "map.0",    "map.l.k",
                                 "map.l.0", "map.l.0.k", "map.0.k.1", "map.k.k.k", "s",        "n",
                                 "b",       "d",         "p",         "s.k"};
    return {pick(kPaths).as<std::string>(), constraint()};
  }

 private:
  int number(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  const Value& pick(const Array& values) {
    return values[static_cast<std::size_t>(number(static_cast<int>(values.size())))];
  }

  void set_scalar(Object& made, const std::string& key) {
    if (number(5) == 0) return;
    if (key == "s") made.set(key, pick({"a", "b", "ab", "", "B", "a.b\n", "grün"}));
    if (key == "n") made.set(key, pick({1, 2, 2.5, -1, 1e21}));
    if (key == "b") made.set(key, number(2) == 0);
    if (key == "d") made.set(key, object::Date{number(2) == 0 ? 1500000000000 : 1600000000000});
    if (key == "p") made.set(key, object::Pointer{"Q", number(2) == 0 ? "q1" : "q2"});
  }

  Value operand() {
    const int kind = number(10);
    if (kind < 5) return scalar();
    if (kind < 7) return typed();
    return kind == 7 ? Value() : value(2);
  }
  Array operands() {
    Array made;
    for (int i = number(4); i > 0; --i) made.push_back(operand());
    return made;
  }

  query::Constraint constraint() {
    switch (number(12)) {
      case 0:
      case 1:
        return query::Equal{operand()};
      case 2:
        return query::NotEqual{operand()};
      case 3:
        return query::In{operands()};
      case 4:
        return query::NotIn{operands()};
      case 5:
        return query::Exists{number(2) == 0};
      case 6:
        return query::ContainsAll{operands()};
      case 7:
        return query::ContainedBy{operands()};
      case 8:
        return query::ContainsAllStartingWith{{number(2) == 0 ? "a" : "", "\"\\"}};
      case 9:
        return query::Regex{number(2) == 0 ? "^\\Qa\\E" : "b$", ""};
      case 10:
        return query::EqualIgnoringCase{number(2) == 0 ? "b" : "AB"};
      default:
        return query::Compare{static_cast<query::Comparison>(number(4)), number(4) == 0 ? typed() : scalar()};
    }
  }

  std::mt19937 random_{20261122};
};

schema::Field field(std::string name, FieldKind kind, std::string target = {}) {
  schema::Field made;
  made.name = std::move(name);
  made.type = {kind, std::move(target)};
  return made;
}

struct Things {
  Things() {
    PostgresSettings settings;
    settings.uri = database.uri();
    adapter = open_postgres(settings);
    schema::ClassSchema made;
    made.name = "Thing";
    made.fields = {field("objectId", FieldKind::kString), field("createdAt", FieldKind::kDate),
                   field("updatedAt", FieldKind::kDate),  field("ACL", FieldKind::kAcl),
                   field("list", FieldKind::kArray),      field("map", FieldKind::kObject),
                   field("s", FieldKind::kString),        field("n", FieldKind::kNumber),
                   field("b", FieldKind::kBoolean),       field("d", FieldKind::kDate),
                   field("p", FieldKind::kPointer, "Q")};
    adapter->create_class(made);
    schema.set(made);
  }
  Array find(query::Where where) {
    query::Find find;
    find.class_name = "Thing";
    find.where = std::move(where);
    object::ValueBuilder rows;
    rows.begin_array();
    adapter->find(schema, find, rows);
    rows.end_array();
    return rows.take().as<Array>();
  }

  test::PostgresDatabase database;
  std::unique_ptr<Adapter> adapter;
  schema::Schema schema;
};

std::string id_of(const Value& row) { return row.as<Object>().at("objectId").as<std::string>(); }

std::string text_of(const query::FieldCondition& condition) {
  const auto with = [&](std::string_view name, const Value& value) {
    return condition.path + " " + std::string(name) + " " + object::to_json(value);
  };
  if (const auto* c = std::get_if<query::Equal>(&condition.constraint)) return with("$eq", c->value);
  if (const auto* c = std::get_if<query::NotEqual>(&condition.constraint)) return with("$ne", c->value);
  if (const auto* c = std::get_if<query::In>(&condition.constraint)) return with("$in", c->values);
  if (const auto* c = std::get_if<query::NotIn>(&condition.constraint)) return with("$nin", c->values);
  if (const auto* c = std::get_if<query::ContainsAll>(&condition.constraint)) return with("$all", c->values);
  if (const auto* c = std::get_if<query::ContainedBy>(&condition.constraint)) return with("$containedBy", c->values);
  if (const auto* c = std::get_if<query::Compare>(&condition.constraint)) return with("compares with", c->value);
  return condition.path + " #" + std::to_string(condition.constraint.index());
}

/// What a column of one plain type is not asked like: it has no elements, and compares in its own order.
bool is_about_json(const query::FieldCondition& condition) {
  return condition.path.starts_with("list") || condition.path.starts_with("map");
}
bool is_about_equality(const query::Constraint& constraint) {
  return std::holds_alternative<query::Equal>(constraint) || std::holds_alternative<query::NotEqual>(constraint) ||
         std::holds_alternative<query::Exists>(constraint);
}

/// A text equals a pointer's id to a column, and nothing to the matcher.
bool is_bare_id(const query::FieldCondition& condition) {
  return (condition.path == "p" || condition.path == "d") &&
         !std::holds_alternative<query::Exists>(condition.constraint);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(matcher_agreement, *boost::unit_test::precondition(test::needs_postgres))

BOOST_AUTO_TEST_CASE(random_constraints_find_what_the_matcher_finds) {
  Things things;
  Generator generator;
  for (int i = 0; i < kObjects; ++i) {
    Object thing = generator.thing(i);
    thing.set("createdAt", object::Date{i});
    thing.set("updatedAt", object::Date{i});
    things.adapter->create(things.schema, "Thing", thing);
  }
  const Array all = things.find({});
  BOOST_REQUIRE_EQUAL(all.size(), static_cast<std::size_t>(kObjects));
  query::RegexCache regexes;
  int found = 0;
  for (int i = 0; i < kConstraints; ++i) {
    query::FieldCondition condition = generator.condition();
    if (!is_about_json(condition) && (!is_about_equality(condition.constraint) || is_bare_id(condition))) continue;
    query::Where where;
    where.conditions.emplace_back(condition);
    std::set<std::string> wanted;
    for (const Value& row : all) {
      if (query::matches(where, row.as<Object>(), regexes)) wanted.insert(id_of(row));
    }
    std::set<std::string> got;
    for (const Value& row : things.find(where)) got.insert(id_of(row));
    BOOST_CHECK_MESSAGE(got == wanted, text_of(condition) << ": " << got.size() << " instead of " << wanted.size());
    if (!wanted.empty() && wanted.size() < all.size()) ++found;
  }
  BOOST_CHECK_GT(found, kConstraints / 5);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace parse::storage::postgres
