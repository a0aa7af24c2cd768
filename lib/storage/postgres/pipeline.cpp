#include <libpq-fe.h>

#include <algorithm>
#include <optional>

#include "storage/postgres/connection.h"
#include "storage/postgres/parameters.h"

namespace parse::storage::postgres {
namespace {

constexpr int kBinary = 1;

bool has_succeeded(const pg_result* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

}  // namespace

std::vector<Result> Connection::run_pipeline(const std::vector<PipelineItem>& items) {
  if (items.size() == 1) {
    std::vector<Result> results;
    results.push_back(query(*items.front().statement, *items.front().values));
    return results;
  }
  if (PQenterPipelineMode(handle()) == 0) throw_postgres_error(handle(), nullptr, "pipeline");
  bool is_sent = true;
  for (const PipelineItem& item : items) {
    const Parameters parameters(*item.values);
    is_sent =
        is_sent && PQsendQueryPrepared(handle(), item.statement->name.c_str(), parameters.count(), parameters.values(),
                                       parameters.lengths(), parameters.formats(), kBinary) != 0;
  }
  if (!is_sent || PQpipelineSync(handle()) == 0) throw_postgres_error(handle(), nullptr, "pipeline");
  return read_pipeline(items);
}

/// Reads up to the end of the pipeline, also past a failure, so that the connection is ready for the next statement.
std::vector<Result> Connection::read_pipeline(const std::vector<PipelineItem>& items) {
  std::vector<Result> results;
  std::optional<Result> failed;
  std::string_view failed_sql;
  for (std::size_t nulls = 0; PQstatus(handle()) == CONNECTION_OK && nulls <= 2 * items.size();) {
    pg_result* next = PQgetResult(handle());
    if (next == nullptr) {
      ++nulls;
      continue;
    }
    Result result(next);
    if (PQresultStatus(next) == PGRES_PIPELINE_SYNC) break;
    if (has_succeeded(next)) {
      results.push_back(std::move(result));
    } else if (!failed) {
      failed_sql = items[std::min(results.size(), items.size() - 1)].statement->sql;
      failed = std::move(result);
    }
  }
  if (PQstatus(handle()) == CONNECTION_OK) PQexitPipelineMode(handle());
  if (failed) throw_postgres_error(handle(), failed->handle(), failed_sql);
  if (results.size() != items.size()) throw_postgres_error(handle(), nullptr, "pipeline");
  return results;
}

}  // namespace parse::storage::postgres
