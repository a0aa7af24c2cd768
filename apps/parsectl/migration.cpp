#include "apps/parsectl/migration.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>

#include "apps/parsectl/error_text.h"
#include "apps/parsectl/failure.h"
#include "apps/parsectl/interruption.h"
#include "apps/parsectl/migration_plan.h"
#include "apps/parsectl/migration_report.h"
#include "apps/parsectl/progress_line.h"
#include "crypto/digest.h"
#include "storage/unavailable.h"
#include "transfer/class_copy.h"
#include "transfer/rest_target.h"
#include "transfer/stop.h"
#include "transfer/storage_target.h"

namespace parse::ctl {
namespace {

namespace fs = std::filesystem;
using object::Object;
using transfer::Counts;

transfer::OnConflict conflict_rule(const std::string& name) {
  if (name == "skip") return transfer::OnConflict::kSkip;
  return name == "replace" ? transfer::OnConflict::kReplace : transfer::OnConflict::kFail;
}

/// Two places, and what says how to work on them.
struct Places {
  Target from;
  Target to;
};

Places find_places(Session& session, const MigrateFlags& flags) {
  const GlobalFlags& global = session.flags();
  for (const std::string* given :
       {&global.server, &global.database, &global.profile, &global.app_id, &global.master_key}) {
    if (!given->empty())
      throw Failure(ExitCode::kUsage, "migrate has two ends, so --server, --database and --profile say nothing here",
                    "use --from and --to");
  }
  Places places{find_end(flags.from, "from", session), find_end(flags.to, "to", session)};
  if (is_same_place(places.from, places.to))
    throw Failure(ExitCode::kRefused, fmt::format("{} cannot be migrated onto itself", name_of(places.from)),
                  "name another place with --to");
  return places;
}

/// One run of the command.
class MigrationRun {
 public:
  MigrationRun(Session& session, const MigrateFlags& flags, const Places& places)
      : session_(session),
        flags_(flags),
        from_(places.from, MigrationEnd::Missing::kRefuse, session),
        from_schema_(from_.schema()->read()),
        question_{.schema = from_schema_,
                  .is_from_server = from_.is_server(),
                  .is_to_server = !places.to.server.empty(),
                  .has_maintenance_key = !maintenance_key().empty(),
                  .classes = flags.classes},
        plan_(plan_migration(question_)),
        to_(places.to, missing_rule(), session),
        rejects_(flags.rejects.empty() ? file_name(".rejects") : flags.rejects),
        progress_(session.flags().is_quiet) {}

  void run() {
    for (const std::string& remark : migration_remarks(question_)) session_.output().remark(remark);
    if (flags_.only_verifies) return guard([&] { verify_only(); });
    const auto changes = missing_changes();
    if (session_.is_dry_run()) return report_plan(changes);
    confirm_lost_passwords();
    open_state();
    guard([&] { migrate(); });
    state_->forget();
    report();
  }

 private:
  std::string maintenance_key() const {
    if (!flags_.maintenance_key.empty()) return flags_.maintenance_key;
    const auto found = session_.environment().find("PARSECTL_TO_MAINTENANCE_KEY");
    return found == session_.environment().end() ? "" : found->second;
  }

  MigrationEnd::Missing missing_rule() const {
    if (flags_.only_verifies) return MigrationEnd::Missing::kRefuse;
    return session_.is_dry_run() ? MigrationEnd::Missing::kLeave : MigrationEnd::Missing::kMake;
  }

  /// Of this folder; another one for other places.
  std::string file_name(std::string_view ending) const {
    const std::string digest = crypto::digest(crypto::Hash::kSha256, from_.name() + "\n" + to_.name());
    return fmt::format("migrate-{}{}", crypto::to_hex(digest.substr(0, 4)), ending);
  }

  std::vector<schema::Change> missing_changes() {
    try {
      return transfer::missing_in(to_.is_absent() ? schema::Schema() : to_.schema()->read(), plan_.wanted);
    } catch (const client::Refusal&) {
      throw;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kInvalidSchemaOperation) throw;
      throw Failure(ExitCode::kConflict, fmt::format("{} has it otherwise: {}", to_.name(), error.message()),
                    "nothing was done; make both alike first, or leave the class out with --classes");
    }
  }

  /// What a server tells of a user takes the place of all that the database has.
  void confirm_lost_passwords() {
    const bool has_users = std::find(plan_.tables.begin(), plan_.tables.end(), "_User") != plan_.tables.end();
    if (from_.is_server() && !to_.is_server() && flags_.on_conflict == "replace" && has_users)
      session_.confirm(fmt::format("Users in {} that are replaced lose their passwords.", to_.name()));
  }

  void open_state() {
    const std::string path = flags_.state.empty() ? file_name(".state") : flags_.state;
    if (flags_.restarts) fs::remove(path);
    try {
      state_ = std::make_unique<transfer::ImportState>(
          path, transfer::ImportState::Identity{from_.name(), to_.name(), "migration"});
    } catch (const Error& error) {
      const bool is_taken = error.code() == ErrorCode::kDuplicateRequest || error.code() == ErrorCode::kInvalidValue;
      throw Failure(is_taken ? ExitCode::kConflict : ExitCode::kFailed, error.message(),
                    "wait until it has ended, or name another file with --state");
    }
    if (state_->is_resumed()) {
      rejects_.go_on_at(state_->rejects_length);
      session_.output().remark(fmt::format(
          "Going on where the migration before was cut short, as {} remembers (--restart begins anew).", path));
      return;
    }
    guard([&] { refuse_full_target(); });
    if (fs::is_regular_file(rejects_.path())) fs::remove(rejects_.path());
    state_->save();
  }

  void refuse_full_target() {
    if (!flags_.on_conflict.empty()) return;
    const auto target = to_.source();
    for (const std::string& table : plan_.tables) {
      const std::int64_t count = count_in(*target, table);
      if (count == 0) continue;
      state_->forget();
      throw Failure(ExitCode::kConflict,
                    fmt::format("{} has objects already: {} of {}", to_.name(), with_commas(count), table),
                    "add --on-conflict skip to leave what exists, or replace to put the rows in its place");
    }
  }

  static std::int64_t count_in(transfer::Source& side, const std::string& table) {
    return transfer::may_have(side, table) ? side.count(table) : 0;
  }

  std::unique_ptr<transfer::Target> open_target() {
    if (to_.is_server()) return std::make_unique<transfer::RestTarget>(to_.server(), maintenance_key());
    return std::make_unique<transfer::StorageTarget>(to_.storage(), transfer::Completion::kNone);
  }

  void migrate() {
    const auto schema = to_.schema();
    schema->make(plan_.wanted, transfer::Phase::kBeforeData);
    const auto source = from_.source();
    const auto target = open_target();
    for (const std::string& table : plan_.tables) copy(*source, *target, table);
    progress_.clear();
    schema->make(plan_.wanted, transfer::Phase::kAfterData);
    verify();
  }

  void copy(transfer::Source& source, transfer::Target& target, const std::string& table) {
    using std::chrono::system_clock;
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch());
    const bool is_exact = !from_.is_server() && !to_.is_server();
    transfer::copy_class({.source = source,
                          .target = target,
                          .state = *state_,
                          .rejects = rejects_,
                          .is_stopped = interruption_.is_asked(),
                          .on_progress = [&](const Counts& counts) { progress_.show(table, counts.read); }},
                         {.on_conflict = conflict_rule(flags_.on_conflict),
                          .is_exact = is_exact,
                          .keeps_hashes = question_.has_maintenance_key,
                          .now = now.count()},
                         table);
  }

  void verify() {
    const auto from = from_.source();
    const auto to = to_.source();
    for (const std::string& table : plan_.tables) {
      MigrationRow row;
      row.comparison = transfer::compare_class(
          {.from = *from,
           .to = *to,
           .is_stopped = interruption_.is_asked(),
           .on_progress = [&](std::uint64_t count) { progress_.show("comparing " + table, count); }},
          plan_.view, table);
      if (state_) row.counts = state_->of_file(table, "").counts;
      rows_.push_back(std::move(row));
    }
    progress_.clear();
  }

  void verify_only() {
    verify();
    print_migration(session_.output(), rows_);
    name_differences(session_.output(), rows_);
    fail_when_differing();
  }

  void fail_when_differing() {
    const std::size_t differing = count_differing(rows_);
    if (differing == 0) return;
    throw Failure(
        ExitCode::kConflict,
        fmt::format("{} of {} classes and relations differ between {} and {}", differing, rows_.size(), from_.name(),
                    to_.name()),
        "--output json names the first few ids of each; 'migrate --on-conflict replace' copies the rows again");
  }

  void report() {
    Output& output = session_.output();
    print_migration(output, rows_);
    for (const std::string& sentence : rejects_.first()) output.remark("rejected " + sentence);
    name_differences(output, rows_);
    Counts sum;
    for (const MigrationRow& row : rows_) sum += row.counts;
    output.remark(fmt::format("{} rows stored, {} replaced, {} skipped, {} rejected", with_commas(sum.stored),
                              with_commas(sum.replaced), with_commas(sum.skipped), with_commas(sum.rejected)));
    if (sum.rejected > 0)
      throw Failure(ExitCode::kPartly,
                    fmt::format("{} of {} rows were rejected", with_commas(sum.rejected), with_commas(sum.read)),
                    fmt::format("{} has their classes, ids and reasons", rejects_.path()));
    // What was there before may differ, and was to stay.
    if (flags_.on_conflict.empty()) fail_when_differing();
  }

  void report_plan(const std::vector<schema::Change>& changes) {
    const auto from = from_.source();
    const auto to = to_.is_absent() ? nullptr : to_.source();
    object::Array rows;
    for (const std::string& table : plan_.tables)
      rows.emplace_back(
          Object{{"class", table}, {"from", count_in(*from, table)}, {"to", to ? count_in(*to, table) : 0}});
    session_.output().rows({"class", "from", "to"}, rows);
    for (const schema::Change& change : changes) session_.output().remark(schema::to_text(change));
    session_.output().remark("Dry run: nothing was changed.");
  }

  /// Runs `work`; what ends it is said with the way to go on.
  template <typename Work>
  void guard(const Work& work) {
    try {
      work();
    } catch (const transfer::Interrupted&) {
      fail(ExitCode::kInterrupted, "interrupted");
    } catch (const client::Unreachable& error) {
      fail(ExitCode::kUnreachable, error.message());
    } catch (const client::Refusal& refusal) {
      fail_by(refusal);
    } catch (const storage::Unavailable& error) {
      fail(ExitCode::kUnreachable, text_of(error));
    } catch (const Error& error) {
      const bool is_conflict = error.code() == ErrorCode::kDuplicateValue;
      fail(is_conflict ? ExitCode::kConflict : ExitCode::kFailed, text_of(error));
    }
  }

  [[noreturn]] void fail_by(const client::Refusal& refusal) {
    const bool is_forbidden = refusal.code() == ErrorCode::kOperationForbidden;
    if (is_forbidden || refusal.status() == 401 || refusal.status() == 403)
      fail(ExitCode::kRefused, refusal.message(), "check its keys, and that it was started with allowCustomObjectId");
    fail(ExitCode::kFailed, fmt::format("{} (code {})", refusal.message(), static_cast<int>(refusal.code())));
  }

  [[noreturn]] void fail(ExitCode code, const std::string& message, const std::string& fix = {}) {
    progress_.clear();
    if (!state_) throw Failure(code, message, fix);
    const std::string again = fmt::format("run the same command again to go on; {} remembers where", state_->path());
    throw Failure(code, message, fix.empty() ? again : fix + "; then " + again);
  }

  Session& session_;
  const MigrateFlags& flags_;
  MigrationEnd from_;
  const schema::Schema from_schema_;
  const PlanQuestion question_;
  const MigrationPlan plan_;
  MigrationEnd to_;
  transfer::Rejects rejects_;
  ProgressLine progress_;
  Interruption interruption_;
  std::unique_ptr<transfer::ImportState> state_;
  std::vector<MigrationRow> rows_;
};

}  // namespace

void run_migration(Session& session, const MigrateFlags& flags) {
  MigrationRun(session, flags, find_places(session, flags)).run();
}

}  // namespace parse::ctl
