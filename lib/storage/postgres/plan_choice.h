#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "storage/sql/sql_text.h"

namespace parse::storage::postgres {

class Connection;
struct CachedStatement;

/// Where the plan of a prepared statement comes from.
enum class PlanMode {
  kAny,      // whatever is set: for statements that have one plan only
  kAuto,     // as PostgreSQL decides, by estimates in which the time of planning counts for little
  kCustom,   // made anew for the values
  kGeneric,  // made once, for all values
};

/// Whether a statement that runs often may go by its generic plan. It may when planning for its values leads to the
/// same access paths, for then the rows that it reads are the same and planning, often a third of its time, is for
/// nothing. Asked again every second of use, as new indexes and statistics change plans.
class PlanChoice {
 public:
  using Clock = std::chrono::steady_clock;

  explicit PlanChoice(PlanMode wanted = PlanMode::kAuto) : wanted_(wanted) {}
  PlanMode wanted() const { return wanted_; }

  /// A run took `elapsed`. True when the plans should be compared now. A slow run by the generic plan ends its use for
  /// a minute: values may be so rare or so frequent that they need a plan of their own.
  bool note_run(Clock::time_point now, Clock::duration elapsed);
  void decide(bool are_alike) { wanted_ = are_alike ? PlanMode::kGeneric : PlanMode::kAuto; }
  /// PostgreSQL cannot tell, so it decides, for good.
  void give_up();

 private:
  PlanMode wanted_;
  std::size_t runs_ = 0;
  Clock::time_point next_look_;
};

/// True when PostgreSQL reads tables and indexes in the same way for these values as for any. Leaves the connection on
/// generic plans.
bool are_plans_alike(Connection& connection, const CachedStatement& statement,
                     const std::vector<sql::SqlValue>& values);

/// Notes a run and, when it is time, compares the plans and decides. Throws nothing: the run is over.
void reconsider_plans(Connection& connection, CachedStatement& statement, const std::vector<sql::SqlValue>& values,
                      PlanChoice::Clock::duration elapsed);

}  // namespace parse::storage::postgres
