#include "storage/postgres/plan_choice.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "logging/logger.h"
#include "object/json.h"
#include "storage/postgres/connection.h"

namespace parse::storage::postgres {
namespace {

constexpr std::size_t kRunsBeforeLook = 20;
constexpr std::chrono::seconds kLookPause{1};
constexpr std::chrono::milliseconds kSlow{50};
constexpr std::chrono::minutes kAfterSlow{1};

std::string_view text_of(const object::Object& step, std::string_view key) {
  const object::Value* value = step.find(key);
  const std::string* text = value ? value->get_if<std::string>() : nullptr;
  return text ? *text : std::string_view();
}

/// What a step of a plan says of the way to the rows. An index read at once or by a bitmap gives the same rows.
std::string step_name(const object::Object& step) {
  const std::string_view type = text_of(step, "Node Type");
  if (type == "Bitmap Heap Scan") return "";
  if (const std::string_view index = text_of(step, "Index Name"); !index.empty())
    return fmt::format("index {};", index);
  return fmt::format("{} {};", type, text_of(step, "Relation Name"));
}

void append_path(const object::Value& node, std::string& path) {
  if (const auto* list = node.get_if<object::Array>()) {
    for (const object::Value& element : *list) append_path(element, path);
  } else if (const auto* step = node.get_if<object::Object>()) {
    path += step_name(*step);
    for (const std::string_view below : {"Plan", "Plans"}) {
      if (const object::Value* child = step->find(below)) append_path(*child, path);
    }
  }
}

std::string access_path(const Result& explained) {
  std::string path;
  append_path(object::parse_json(explained.json(0, 0)), path);
  return path;
}

/// The values do not matter to a generic plan.
std::string execute_anyhow(const CachedStatement& statement, std::size_t values) {
  std::string sql = fmt::format("EXPLAIN (FORMAT JSON) EXECUTE {}", statement.name);
  for (std::size_t i = 0; i < values; ++i) sql += i == 0 ? "(NULL" : ",NULL";
  return values == 0 ? sql : sql + ")";
}

/// Not before PostgreSQL 12, nor behind a connection pooler that gives each transaction another session: there the
/// statement has another name.
bool can_choose(Connection& connection, const CachedStatement& statement) {
  constexpr int kFirstVersion = 120000;
  if (connection.server_version() < kFirstVersion) return false;
  return connection.query_once("SELECT 1 FROM pg_prepared_statements WHERE name = $1", {statement.name}).row_count() >
         0;
}

}  // namespace

bool PlanChoice::note_run(Clock::time_point now, Clock::duration elapsed) {
  if (wanted_ == PlanMode::kAny) return false;
  ++runs_;
  if (wanted_ == PlanMode::kGeneric && elapsed > kSlow) {
    wanted_ = PlanMode::kAuto;
    next_look_ = now + kAfterSlow;
    return false;
  }
  if (runs_ < kRunsBeforeLook || now < next_look_) return false;
  runs_ = 0;
  next_look_ = now + kLookPause;
  return true;
}

void PlanChoice::give_up() {
  wanted_ = PlanMode::kAuto;
  next_look_ = Clock::time_point::max();
}

bool are_plans_alike(Connection& connection, const CachedStatement& statement,
                     const std::vector<sql::SqlValue>& values) {
  connection.use_plan_mode(PlanMode::kCustom);
  const std::string custom = access_path(connection.query_once("EXPLAIN (FORMAT JSON) " + statement.sql, values));
  connection.use_plan_mode(PlanMode::kGeneric);
  return custom == access_path(connection.query_once(execute_anyhow(statement, values.size()), {}));
}

void reconsider_plans(Connection& connection, CachedStatement& statement, const std::vector<sql::SqlValue>& values,
                      PlanChoice::Clock::duration elapsed) {
  if (!statement.choice.note_run(PlanChoice::Clock::now(), elapsed) || connection.is_in_transaction()) return;
  try {
    if (!can_choose(connection, statement)) return statement.choice.give_up();
    statement.choice.decide(are_plans_alike(connection, statement, values));
  } catch (const Error& error) {
    statement.choice.give_up();
    logging::debug("cannot compare the plans of a statement: {}", error.cause());
  }
}

// How a connection goes from one way of planning to another.

bool Connection::has_plan_mode_of(const CachedStatement& statement) const {
  const PlanMode wanted = statement.choice.wanted();
  return wanted == PlanMode::kAny || wanted == plan_mode_ || is_in_transaction();
}

namespace {

std::string set_plan_mode(PlanMode mode) {
  constexpr std::array<std::string_view, 4> kModes = {"auto", "auto", "force_custom_plan", "force_generic_plan"};
  return fmt::format("SET plan_cache_mode = {}", kModes[static_cast<std::size_t>(mode)]);
}

}  // namespace

void Connection::use_plan_mode(PlanMode mode) {
  if (mode == plan_mode_) return;
  plan_mode_ = PlanMode::kAny;  // not known when this fails
  execute(set_plan_mode(mode));
  plan_mode_ = mode;
}

/// The change goes ahead of the statement in the same round trip.
Result Connection::run_in_plan_mode(CachedStatement& statement, const std::vector<sql::SqlValue>& values) {
  const PlanMode wanted = statement.choice.wanted();
  const std::string set = set_plan_mode(wanted);
  CachedStatement* cached = find_cached(set);
  if (cached == nullptr) cached = &cache(set, set);
  plan_mode_ = PlanMode::kAny;
  const std::vector<sql::SqlValue> none;
  std::vector<Result> results = run_pipeline({{cached, &none}, {&statement, &values}});
  plan_mode_ = wanted;
  return std::move(results.back());
}

}  // namespace parse::storage::postgres
