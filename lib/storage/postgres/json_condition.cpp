#include "storage/postgres/json_condition.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/overloaded.h"
#include "object/json.h"
#include "storage/postgres/parameters.h"
#include "storage/postgres/pattern.h"

namespace parse::storage::postgres {
namespace {

using object::Array;
using object::Value;

std::string_view symbol_of(query::Comparison comparison) {
  switch (comparison) {
    case query::Comparison::kLess:
      return "<";
    case query::Comparison::kLessOrEqual:
      return "<=";
    case query::Comparison::kGreater:
      return ">";
    case query::Comparison::kGreaterOrEqual:
      return ">=";
  }
  return "==";
}

template <typename Transform>
std::string array_of(const Array& values, Transform transform) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const Value& value : values) texts.push_back(transform(value));
  return array_literal(texts);
}

bool are_scalars(const Array& values) { return std::all_of(values.begin(), values.end(), is_json_scalar); }

}  // namespace

void JsonCondition::append(const query::Constraint& constraint) {
  std::visit(overloaded{
                 [&](const query::Equal& c) { append_equal(c.value); },
                 [&](const query::NotEqual& c) { append_not([&] { append_equal(c.value); }); },
                 [&](const query::EqualIgnoringCase& c) {
                   append_some_text([&] { out_.raw("lower(e#>>'{}') = lower(").bind(c.text).raw(")"); });
                 },
                 [&](const query::Compare& c) { append_compare(c); },
                 [&](const query::In& c) { append_any_of(c.values); },
                 [&](const query::NotIn& c) { append_not([&] { append_any_of(c.values); }); },
                 [&](const query::Exists& c) {
                   if (c.exists) append_exists();
                   if (!c.exists) append_not([&] { append_exists(); });
                 },
                 [&](const query::ContainsAll& c) { append_all(c.values); },
                 [&](const query::ContainsAllStartingWith& c) { append_prefixes(c.prefixes); },
                 [&](const query::ContainedBy& c) { append_contained_by(c.values); },
                 [&](const query::Regex& c) {
                   append_some_text([&] {
                     append_pattern(
                         out_, [&] { out_.raw("(e#>>'{}')"); }, c);
                   });
                 },
                 [&](const auto&) { out_.raw("FALSE"); },
             },
             constraint);
}

void JsonCondition::append_comparable() {
  out_.raw("(SELECT ").raw(kComparableElement).raw(" FROM ");
  const std::vector<JsonStep> steps = split_json_path(path_, kind_ == Root::kMap);
  std::function<void()> from = root_;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i > 0) out_.raw(", ");
    const std::string alias = i + 1 == steps.size() ? "e" : fmt::format("s{}", i);
    append_values({[&] { append_base(from, steps[i]); }, steps[i].names}, alias, "");
    from = [this, alias] { out_.raw(alias); };
  }
  out_.raw(" WHERE jsonb_typeof(e) <> 'null' LIMIT 1)");
}

void JsonCondition::append_somewhere(const Test& test) {
  const std::vector<JsonStep> steps = split_json_path(path_, kind_ == Root::kMap);
  std::function<void()> from = root_;
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    out_.raw(i == 0 ? "EXISTS (SELECT 1 FROM " : ", ");
    append_values({[&] { append_base(from, steps[i]); }, steps[i].names}, fmt::format("s{}", i), "");
    from = [this, i] { out_.raw(fmt::format("s{}", i)); };
  }
  if (steps.size() > 1) out_.raw(" WHERE ");
  test({[&] { append_base(from, steps.back()); }, steps.back().names});
  if (steps.size() > 1) out_.raw(")");
}

void JsonCondition::append_base(const std::function<void()>& from, const JsonStep& step) {
  if (step.indexes.empty()) {
    from();
    return;
  }
  out_.raw("(");
  from();
  out_.raw(" #> ").bind(array_literal(step.indexes)).raw("::text[])");
}

void JsonCondition::append_predicate(const Place& place, const std::string& predicate) {
  place.base();
  out_.raw(" @@ ").bind(predicate).raw("::jsonpath");
}

void JsonCondition::append_values(const Place& place, std::string_view alias, std::string_view suffix) {
  out_.raw("jsonb_path_query(");
  place.base();
  out_.raw(", ").bind(place.names + std::string(suffix)).raw("::jsonpath) AS ").raw(alias);
}

/// Some list found, `l`, passes `test`.
void JsonCondition::append_some_list(const std::function<void()>& test) {
  append_somewhere([&](const Place& place) {
    out_.raw("EXISTS (SELECT 1 FROM ");
    append_values(place, "l", "");
    out_.raw(" WHERE jsonb_typeof(l) = 'array' AND ");
    test();
    out_.raw(")");
  });
}

/// Some text found, `e`, passes `test`.
void JsonCondition::append_some_text(const std::function<void()>& test) {
  append_somewhere([&](const Place& place) {
    out_.raw("EXISTS (SELECT 1 FROM ");
    append_values(place, "e", "[*]");
    out_.raw(" WHERE jsonb_typeof(e) = 'string' AND ");
    test();
    out_.raw(")");
  });
}

void JsonCondition::append_exists() {
  append_somewhere([&](const Place& place) { append_predicate(place, place.names + ".type() != \"null\""); });
}

/// NULL, from a missing value, counts as "does not hold".
void JsonCondition::append_not(const std::function<void()>& condition) {
  out_.raw("(");
  condition();
  out_.raw(") IS NOT TRUE");
}

void JsonCondition::append_equal(const Value& value) {
  if (value.is_null()) {
    append_not([&] { append_exists(); });
  } else if (is_whole() && kind_ == Root::kList && is_json_scalar(value)) {
    root_();
    out_.raw(" @> ").bind(containment_json({value})).raw("::jsonb");
  } else if (is_json_scalar(value)) {
    append_somewhere(
        [&](const Place& place) { append_predicate(place, place.names + " == " + object::to_json(value)); });
  } else if (is_whole() && kind_ == Root::kMap && value.is<object::Object>()) {
    root_();
    out_.raw(" = ").bind(object::to_json(value)).raw("::jsonb");
  } else {
    append_any_element({value});
  }
}

void JsonCondition::append_any_of(const Array& values) {
  Array wanted;
  std::copy_if(values.begin(), values.end(), std::back_inserter(wanted), [](const Value& v) { return !v.is_null(); });
  const bool has_null = wanted.size() < values.size();
  out_.raw("(");
  if (has_null) append_equal(nullptr);
  if (has_null && !wanted.empty()) out_.raw(" OR ");
  if (!wanted.empty()) append_any_element(wanted);
  out_.raw(values.empty() ? "FALSE)" : ")");
}

/// `@>` with what each value leaves in a list: exact for scalars, and what an index can answer for all.
void JsonCondition::append_any_element(const Array& values) {
  const bool has_index_form = is_whole() && kind_ == Root::kList &&
                              std::none_of(values.begin(), values.end(), [](const Value& v) { return v.is<Array>(); });
  if (has_index_form) {
    out_.raw("(");
    root_();
    out_.raw(" @> ANY(").bind(array_of(values, [](const Value& value) { return containment_json({value}); }));
    out_.raw("::jsonb[])");
    if (!are_scalars(values)) out_.raw(" AND ");
  }
  if (!has_index_form || !are_scalars(values)) {
    append_somewhere([&](const Place& place) {
      are_scalars(values) ? append_any_scalar(place, values) : append_any_same(place, values);
    });
  }
  if (has_index_form) out_.raw(")");
}

void JsonCondition::append_any_scalar(const Place& place, const Array& values) {
  out_.raw("jsonb_path_match(");
  place.base();
  out_.raw(", ").bind(place.names + " == $v[*]").raw("::jsonpath, ");
  out_.bind("{\"v\":" + object::to_json(values) + "}").raw("::jsonb, true)");
}

void JsonCondition::append_any_same(const Place& place, const Array& values) {
  out_.raw("ARRAY(SELECT ").raw(kCanonicalElement).raw(" FROM ");
  append_values(place, "e", "[*]");
  // A list found may be the value itself, and not only hold it.
  if (std::any_of(values.begin(), values.end(), [](const Value& value) { return value.is<Array>(); })) {
    out_.raw(" UNION ALL SELECT e FROM ");
    append_values(place, "e", "");
  }
  out_.raw(") && ").bind(array_of(values, canonical_json)).raw("::jsonb[]");
}

void JsonCondition::append_compare(const query::Compare& compare) {
  const std::string_view symbol = symbol_of(compare.comparison);
  if (is_json_scalar(compare.value)) {
    append_somewhere([&](const Place& place) {
      append_predicate(place, fmt::format("{} {} {}", place.names, symbol, object::to_json(compare.value)));
    });
  } else if (const auto* date = compare.value.get_if<object::Date>()) {
    append_somewhere([&](const Place& place) {
      append_predicate(place,
                       fmt::format("exists({} ? (@.type() == \"object\" && @.__type == \"Date\" && @.iso {} \"{}\"))",
                                   place.names, symbol, to_iso_date(date->time)));
    });
  } else {
    out_.raw("FALSE");
  }
}

void JsonCondition::append_all(const Array& values) {
  if (values.empty()) {
    out_.raw("FALSE");
    return;
  }
  if (is_whole() && kind_ == Root::kList) {
    root_();
    out_.raw(" @> ").bind(containment_json(values)).raw("::jsonb");
    if (are_scalars(values)) return;
    out_.raw(" AND ");
  }
  append_some_list([&] {
    out_.raw("ARRAY(SELECT ").raw(kCanonicalElement).raw(" FROM jsonb_path_query(l, '$[*]') AS e) @> ");
    out_.bind(array_of(values, canonical_json)).raw("::jsonb[]");
  });
}

void JsonCondition::append_prefixes(const std::vector<std::string>& prefixes) {
  std::vector<std::string> predicates;
  predicates.reserve(prefixes.size());
  for (const std::string& prefix : prefixes) predicates.push_back("$ starts with " + object::to_json(prefix));
  append_some_list([&] { out_.raw("l @@ ALL(").bind(array_literal(predicates)).raw("::jsonpath[])"); });
}

void JsonCondition::append_contained_by(const Array& values) {
  append_some_list([&] {
    out_.raw("ARRAY(SELECT ").raw(kCanonicalElement).raw(" FROM jsonb_path_query(l, '$[*]') AS e) <@ ");
    out_.bind(array_of(values, canonical_json)).raw("::jsonb[]");
  });
}

}  // namespace parse::storage::postgres
