#include "storage/postgres/connection.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>

#include "storage/postgres/parameters.h"

namespace parse::storage::postgres {
namespace {

constexpr int kBinary = 1;

bool is_success(const pg_result* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_SINGLE_TUPLE;
}

/// What no further try can mend: the names, the password, the database, or the certificate are wrong.
bool is_permanent(std::string_view text) {
  constexpr std::array<std::string_view, 9> kPermanent = {
      "authentication failed", "does not exist", "no pg_hba.conf entry", "certificate", "invalid", "SSL was required",
      "no password",           "root.crt",       "does not support SSL"};
  return std::ranges::any_of(kPermanent,
                             [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

std::string_view one_line(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

void Connection::Finish::operator()(pg_conn* connection) const { PQfinish(connection); }

Connection::Connection(const ConnectionSettings& settings) : cached_statements_(settings.cached_statements) {
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : settings.parameters) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  handle_.reset(PQconnectdbParams(names.data(), values.data(), 0));
  if (PQstatus(handle()) != CONNECTION_OK) {
    const std::string text(one_line(PQerrorMessage(handle())));
    if (is_permanent(text)) throw Error(ErrorCode::kInternal, "The database refuses the connection.", text);
    throw Disconnected(text);
  }
  PQsetNoticeProcessor(
      handle(), [](void*, const char*) {}, nullptr);
  configure(settings);
}

Connection::~Connection() = default;

/// In one round trip. A backslash in a literal is a backslash, whatever the database was told. Compiling queries to
/// machine code pays for minutes of work, not for milliseconds.
void Connection::configure(const ConnectionSettings& settings) {
  execute(
      fmt::format("SET statement_timeout = {}; SET idle_in_transaction_session_timeout = {}; SET jit = off; "
                  "SET standard_conforming_strings = on",
                  settings.statement_limit.count(), settings.transaction_idle_limit.count()));
}

void Connection::execute(const std::string& sql) {
  const Result result(PQexec(handle(), sql.c_str()));
  if (!is_success(result.handle()) && PQresultStatus(result.handle()) != PGRES_EMPTY_QUERY)
    throw_postgres_error(handle(), result.handle(), sql);
}

Result Connection::query(const sql::SqlText& sql) {
  CachedStatement* cached = find_cached(sql.text());
  if (cached == nullptr) cached = &cache(sql.text(), sql.text());
  return query(*cached, sql.values());
}

CachedStatement* Connection::find_cached(std::string_view key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return entries_.front().statement.get();
}

CachedStatement& Connection::cache(std::string_view key, std::string_view sql) {
  if (entries_.size() >= cached_statements_) forget_least_used();
  auto statement = std::make_unique<CachedStatement>();
  statement->name = fmt::format("p{}", next_name_++);
  statement->sql = sql;
  prepare(*statement);
  entries_.push_front({std::string(key), std::move(statement)});
  by_key_.emplace(entries_.front().key, entries_.begin());
  return *entries_.front().statement;
}

void Connection::prepare(const CachedStatement& statement) {
  const Result result(PQprepare(handle(), statement.name.c_str(), statement.sql.c_str(), 0, nullptr));
  if (!is_success(result.handle())) throw_postgres_error(handle(), result.handle(), statement.sql);
}

void Connection::forget_least_used() {
  const std::string name = entries_.back().statement->name;
  by_key_.erase(entries_.back().key);
  entries_.pop_back();
  execute("DEALLOCATE " + name);
}

void Connection::forget_statements() {
  by_key_.clear();
  entries_.clear();
  execute("DEALLOCATE ALL");
}

/// A statement that no longer fits is prepared again, once, when no transaction stands in the way.
template <typename Run>
auto Connection::with_fresh_statement(const CachedStatement& statement, Run&& run) {
  try {
    return run();
  } catch (const StaleStatement&) {
    if (is_in_transaction()) throw;
  }
  PQclear(PQexec(handle(), ("DEALLOCATE " + statement.name).c_str()));
  prepare(statement);
  return run();
}

Result Connection::query(CachedStatement& statement, const std::vector<sql::SqlValue>& values) {
  return with_fresh_statement(statement, [&] {
    return has_plan_mode_of(statement) ? run_prepared(statement, values) : run_in_plan_mode(statement, values);
  });
}

Result Connection::run_prepared(const CachedStatement& statement, const std::vector<sql::SqlValue>& values) {
  const Parameters parameters(values);
  Result result(PQexecPrepared(handle(), statement.name.c_str(), parameters.count(), parameters.values(),
                               parameters.lengths(), parameters.formats(), kBinary));
  if (!is_success(result.handle())) throw_postgres_error(handle(), result.handle(), statement.sql);
  return result;
}

Result Connection::query_once(const std::string& sql, const std::vector<sql::SqlValue>& values) {
  const Parameters parameters(values);
  Result result(PQexecParams(handle(), sql.c_str(), parameters.count(), nullptr, parameters.values(),
                             parameters.lengths(), parameters.formats(), kBinary));
  if (!is_success(result.handle())) throw_postgres_error(handle(), result.handle(), sql);
  return result;
}

void Connection::for_each_row(CachedStatement& statement, const std::vector<sql::SqlValue>& values,
                              const std::function<bool(const Result&)>& take) {
  if (!has_plan_mode_of(statement)) use_plan_mode(statement.choice.wanted());
  with_fresh_statement(statement, [&] {
    const Parameters parameters(values);
    if (PQsendQueryPrepared(handle(), statement.name.c_str(), parameters.count(), parameters.values(),
                            parameters.lengths(), parameters.formats(), kBinary) == 0)
      throw_postgres_error(handle(), nullptr, statement.sql);
    PQsetSingleRowMode(handle());
    try {
      bool wants_more = true;
      while (pg_result* next = PQgetResult(handle())) {
        const Result result(next);
        if (!is_success(next)) throw_postgres_error(handle(), next, statement.sql);
        if (wants_more && result.row_count() > 0 && !take(result)) {
          wants_more = false;
          stop_rows();
        }
        if (!wants_more) break;
      }
    } catch (...) {
      stop_rows();
      throw;
    }
    while (pg_result* left = PQgetResult(handle())) PQclear(left);
  });
}

void Connection::cancel() {
  std::array<char, 256> ignored{};
  if (PGcancel* request = PQgetCancel(handle())) {
    PQcancel(request, ignored.data(), static_cast<int>(ignored.size()));
    PQfreeCancel(request);
  }
}

/// Tells the server to send no more, and reads what is on its way.
void Connection::stop_rows() {
  cancel();
  while (pg_result* left = PQgetResult(handle())) PQclear(left);
}

bool Connection::is_usable() {
  // A server that goes says so first; the end of the stream comes only with the next bytes.
  pollfd socket{PQsocket(handle()), POLLIN, 0};
  while (PQstatus(handle()) == CONNECTION_OK && poll(&socket, 1, 0) > 0) {
    if (PQconsumeInput(handle()) == 0) break;
  }
  return is_reusable();
}

bool Connection::is_reusable() const {
  return PQstatus(handle()) == CONNECTION_OK && PQtransactionStatus(handle()) == PQTRANS_IDLE;
}

bool Connection::is_in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(handle());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

int Connection::server_version() const { return PQserverVersion(handle()); }

}  // namespace parse::storage::postgres
