#include "storage/sqlite/functions.h"

#include <sqlite3.h>

#include <cmath>
#include <string>

#include "base/error.h"
#include "base/overloaded.h"
#include "object/json.h"
#include "query/geo.h"
#include "query/path_values.h"
#include "storage/sqlite/acl_text.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/errors.h"
#include "storage/sqlite/text_search.h"

namespace parse::storage::sqlite {
namespace {

using object::Value;

constexpr const char* kTestType = "parse-value-test";

std::string_view text_of(sqlite3_value* value) {
  const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

bool is_null(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; }

/// Runs `body` and turns an exception into the failure of the statement; the connection keeps the Error itself.
template <typename Body>
void guarded(sqlite3_context* context, Body&& body) {
  auto& connection = *static_cast<Connection*>(sqlite3_user_data(context));
  try {
    body(connection);
  } catch (const Error& error) {
    connection.keep_function_error(error);
    sqlite3_result_error(context, error.what(), -1);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

void result_text(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void acl_allows(sqlite3_context* context, int, sqlite3_value** arguments) {
  sqlite3_result_int(context, acl_text_intersects(text_of(arguments[0]), text_of(arguments[1])) ? 1 : 0);
}

void regex_matches(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0])) return;
  guarded(context, [&](Connection& connection) {
    const auto& regex = connection.regexes().get(text_of(arguments[1]), text_of(arguments[2]));
    sqlite3_result_int(context, regex.matches(text_of(arguments[0])) ? 1 : 0);
  });
}

void result_match(sqlite3_context* context, Connection& connection, Value root, sqlite3_value* test) {
  const auto* value_test = static_cast<const ValueTest*>(sqlite3_value_pointer(test, kTestType));
  if (value_test == nullptr) throw Error(ErrorCode::kInternal, "Internal server error.", "value test is missing");
  sqlite3_result_int(context, value_test->matches(std::move(root), connection.regexes()) ? 1 : 0);
}

void value_matches(sqlite3_context* context, int, sqlite3_value** arguments) {
  guarded(context, [&](Connection& connection) {
    Value root;
    if (!is_null(arguments[0])) root = object::parse_json(text_of(arguments[0]));
    result_match(context, connection, std::move(root), arguments[1]);
  });
}

void acl_list_matches(sqlite3_context* context, int, sqlite3_value** arguments) {
  guarded(context, [&](Connection& connection) {
    Value root;
    if (!is_null(arguments[0])) {
      object::Array entries;
      for (std::string& entry : read_acl_text(text_of(arguments[0]))) entries.emplace_back(std::move(entry));
      root = std::move(entries);
    }
    result_match(context, connection, std::move(root), arguments[1]);
  });
}

void result_value(sqlite3_context* context, const Value& value) {
  std::visit(overloaded{
                 [&](std::nullptr_t) { sqlite3_result_null(context); },
                 [&](bool v) { sqlite3_result_int(context, v ? 1 : 0); },
                 [&](std::int64_t v) { sqlite3_result_int64(context, v); },
                 [&](double v) { sqlite3_result_double(context, v); },
                 [&](const std::string& v) { result_text(context, v); },
                 [&](object::Date v) { sqlite3_result_int64(context, v.time); },
                 [&](const Box<object::Pointer>& v) { result_text(context, v->object_id); },
                 [&](const Box<object::File>& v) { result_text(context, v->name); },
                 [&](const auto&) { result_text(context, object::to_json(value)); },
             },
             value.variant());
}

void value_at_path(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0])) return;
  guarded(context, [&](Connection&) {
    object::Object root;
    root.append("root", object::parse_json(text_of(arguments[0])));
    const auto found = query::values_at(root, "root." + std::string(text_of(arguments[1])));
    if (!found.empty()) result_value(context, *found.front());
  });
}

object::GeoPoint point_of(sqlite3_value** arguments) {
  return {sqlite3_value_double(arguments[0]), sqlite3_value_double(arguments[1])};
}

void geo_distance(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0])) return;
  sqlite3_result_double(context, query::radians_between(point_of(arguments), point_of(arguments + 2)));
}

bool polygon_holds(const Value& polygon, const object::GeoPoint& point) {
  const auto* loop = polygon.get_if<object::Polygon>();
  return loop != nullptr && query::polygon_contains(loop->points, point);
}

void geo_in_polygon(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0]) || is_null(arguments[2])) return;
  guarded(context, [&](Connection&) {
    // A polygon that is the same for all rows is parsed once.
    auto* kept = static_cast<Value*>(sqlite3_get_auxdata(context, 2));
    if (kept != nullptr) return sqlite3_result_int(context, polygon_holds(*kept, point_of(arguments)));
    auto parsed = std::make_unique<Value>(object::parse_json(text_of(arguments[2])));
    sqlite3_result_int(context, polygon_holds(*parsed, point_of(arguments)));
    sqlite3_set_auxdata(context, 2, parsed.release(), [](void* value) { delete static_cast<Value*>(value); });
  });
}

/// The parsed $text term, kept while the statement runs.
const TextQuery& text_query(sqlite3_context* context, Connection& connection, sqlite3_value* term) {
  auto* kept = static_cast<TextQuery*>(sqlite3_get_auxdata(context, 1));
  if (kept != nullptr) return *kept;
  auto parsed = std::make_unique<TextQuery>(parse_text_query(text_of(term), connection.tokenizer()));
  TextQuery& query = *parsed;
  sqlite3_set_auxdata(context, 1, parsed.release(), [](void* value) { delete static_cast<TextQuery*>(value); });
  return query;
}

void text_matches_function(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0])) return;
  guarded(context, [&](Connection& connection) {
    const Tokens document = connection.tokenizer().tokens(text_of(arguments[0]));
    sqlite3_result_int(context, matches_text(text_query(context, connection, arguments[1]), document) ? 1 : 0);
  });
}

void text_score_function(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0])) return;
  guarded(context, [&](Connection& connection) {
    const Tokens document = connection.tokenizer().tokens(text_of(arguments[0]));
    sqlite3_result_double(context, text_score(text_query(context, connection, arguments[1]), document));
  });
}

using Function = void (*)(sqlite3_context*, int, sqlite3_value**);

void add(Connection& connection, const char* name, int arguments, Function function) {
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  if (sqlite3_create_function_v2(connection.handle(), name, arguments, flags, &connection, function, nullptr, nullptr,
                                 nullptr) != SQLITE_OK)
    throw_sqlite_error(connection.handle(), name);
}

}  // namespace

void register_functions(Connection& connection) {
  add(connection, "acl_allows", 2, acl_allows);
  add(connection, "regex_matches", 3, regex_matches);
  add(connection, "value_matches", 2, value_matches);
  add(connection, "acl_list_matches", 2, acl_list_matches);
  add(connection, "value_at_path", 2, value_at_path);
  add(connection, "geo_distance", 4, geo_distance);
  add(connection, "geo_in_polygon", 3, geo_in_polygon);
  add(connection, "text_matches", 2, text_matches_function);
  add(connection, "text_score", 2, text_score_function);
}

sql::SqlValue opaque_test(ValueTest test) {
  return sql::Opaque{std::make_shared<const ValueTest>(std::move(test)), kTestType};
}

}  // namespace parse::storage::sqlite
