#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "cloud/schedule.h"
#include "rest/job_runner.h"

namespace parse::rest {

/// Begins what the rows of _JobSchedule say. Of several servers on one database exactly one begins a run: it moves the
/// row's `lastRun` from what it read to the time of that run (ms since 1970) in the transaction that makes the row of
/// the run, and the others find it moved. One thread.
class JobSchedules {
 public:
  /// All must outlive it.
  JobSchedules(storage::Adapter& storage, SchemaService& schemas, JobRunner& runner);

  /// Begins every run that is due. Returns when the next one will be, as far as the rows tell now; nullopt: never.
  /// Jobs that this server does not have are left to others; what cannot be read is logged once and left alone. Errors:
  /// those of reading.
  std::optional<Milliseconds> run_due(Milliseconds now);

 private:
  struct Row;
  std::vector<Row> read_rows();
  bool claim(storage::Operations& storage, const Row& row, Milliseconds due);
  void run(const Row& row, Milliseconds due);
  void complain(const Row& row, const std::string& reason);

  storage::Adapter& storage_;
  SchemaService& schemas_;
  JobRunner& runner_;
  /// What was complained of: id of the row -> reason.
  std::map<std::string, std::string> complaints_;
};

}  // namespace parse::rest
