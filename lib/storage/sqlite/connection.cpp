#include "storage/sqlite/connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

#include "storage/sqlite/errors.h"
#include "storage/sqlite/functions.h"
#include "storage/sqlite/row_codec.h"

namespace parse::storage::sqlite {
namespace {

/// Virtual machine steps between two looks at the clock: some 100 us.
constexpr int kStepsBetweenChecks = 10000;
/// Counted in steps and not in time, so that a busy machine changes nothing.
constexpr int kChecksBeforeGivingUp = 30;
constexpr int kBusyMilliseconds = 10000;
constexpr std::int64_t kWalBytesKept = 64 << 20;

int open_flags(const ConnectionSettings& settings) {
  const int access =
      settings.mode == ConnectionMode::kReader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  return access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
}

}  // namespace

Connection::Connection(const ConnectionSettings& settings)
    : statement_limit_(settings.statement_limit), cached_statements_(settings.cached_statements) {
  if (sqlite3_open_v2(settings.path.c_str(), &db_, open_flags(settings), nullptr) != SQLITE_OK) {
    const std::string cause = db_ ? sqlite3_errmsg(db_) : "out of memory";
    sqlite3_close_v2(db_);
    throw Error(ErrorCode::kInternal, "Internal server error.",
                fmt::format("cannot open {}: {}", settings.path, cause));
  }
  try {
    configure(settings);
  } catch (...) {
    sqlite3_close_v2(db_);
    throw;
  }
}

Connection::~Connection() {
  by_key_.clear();
  entries_.clear();
  tokenizer_.reset();
  sqlite3_close_v2(db_);
}

void Connection::configure(const ConnectionSettings& settings) {
  // A misspelt "column" must be an error, not the string 'column'.
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_busy_timeout(db_, kBusyMilliseconds);
  if (settings.mode == ConnectionMode::kWriter) {
    execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF");
    execute(fmt::format("PRAGMA wal_autocheckpoint = {}; PRAGMA journal_size_limit = {}", settings.checkpoint_pages,
                        kWalBytesKept)
                .c_str());
  }
  execute(fmt::format("PRAGMA cache_size = -{}; PRAGMA temp_store = MEMORY", settings.cache_kib).c_str());
  register_functions(*this);
  if (statement_limit_.count() > 0) {
    start_clock();
    sqlite3_progress_handler(db_, kStepsBetweenChecks, &Connection::check_clock, this);
  }
}

int Connection::check_clock(void* self) {
  Connection& connection = *static_cast<Connection*>(self);
  connection.gave_up_ = connection.checks_left_ > 0 && --connection.checks_left_ == 0;
  return connection.gave_up_ || std::chrono::steady_clock::now() >= connection.deadline_ ? 1 : 0;
}

void Connection::give_up_early() { checks_left_ = kChecksBeforeGivingUp; }

void Connection::start_clock() {
  be_patient();
  if (statement_limit_.count() > 0) deadline_ = std::chrono::steady_clock::now() + statement_limit_;
}

void Connection::execute(const char* sql) {
  start_clock();
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw_error(sql);
}

CachedStatement* Connection::find_cached(std::string_view key) {
  start_clock();
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  if (found->second != entries_.begin()) entries_.splice(entries_.begin(), entries_, found->second);
  return entries_.front().statement.get();
}

CachedStatement& Connection::cache(std::string_view key, std::string_view sql) {
  auto statement = std::make_unique<CachedStatement>(*this, sql);
  if (entries_.size() >= cached_statements_) {
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
  entries_.push_front({std::string(key), std::move(statement)});
  by_key_.emplace(entries_.front().key, entries_.begin());
  return *entries_.front().statement;
}

Statement& Connection::prepare(std::string_view sql) {
  CachedStatement* found = find_cached(sql);
  return found ? found->statement : cache(sql, sql).statement;
}

std::int64_t Connection::run(const sql::SqlText& sql) {
  StatementUse use(prepare(sql.text()), sql.values());
  while (use->step()) {
  }
  return sqlite3_changes64(db_);
}

void Connection::throw_error(std::string_view what) {
  if (function_error_) {
    const Error error = std::move(*function_error_);
    function_error_.reset();
    throw error;
  }
  if (std::exchange(gave_up_, false)) throw GaveUp(std::string(what));
  throw_sqlite_error(db_, what);
}

const TextTokenizer& Connection::tokenizer() {
  if (!tokenizer_) tokenizer_ = std::make_unique<TextTokenizer>(db_);
  return *tokenizer_;
}

bool Connection::is_autocommit() const { return sqlite3_get_autocommit(db_) != 0; }

}  // namespace parse::storage::sqlite
